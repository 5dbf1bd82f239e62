"""What a build goes on from: the tables of an earlier one, where only the lake has grown since.

History is worked out from the whole lake, and of a night's exports most of it knows nothing. So a
build starts as a copy of the newest built database and makes anew what new files, rates and
decisions may have changed; the models say what that is (`dbt_project/macros/continued.sql`). The
result is that of a build of everything, row for row. Where anything but the lake has changed, or
the lake has lost something, everything is made anew.
"""

import hashlib
import json
import logging
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

import duckdb

from approvals import __version__
from approvals.configuration import Configuration
from approvals.contracts import BUILT_NAME, CANDIDATE_NAME
from approvals.decisions import GENESIS, Journal
from approvals.inputs import journal_read, lake_manifests
from approvals.parsed_project import project_key
from approvals.settings import Settings

logger = logging.getLogger(__name__)

LONGEST_CHAIN: Final = 7
"""So many builds go on from each other; then one makes everything anew, without the space that
replaced rows have left."""
MEGABYTE: Final = 1_000_000
COMPARED: Final = (
    "int_sources_sequenced",
    "int_rates_dated",
    "int_approvals_quarantined",
    "int_duplicates_dated",
    "int_duplicates_decided",
)
"""The tables by whose change the models see what to make anew: macro `before`."""
FILES: Final = "select file_sha256 from staging.stg_lake__files"


@dataclass(frozen=True, slots=True)
class Built:
    """A database that was built to its end: of what, by what."""

    made_by: str
    """A hash of models, reference tables and engine."""
    chain: int
    """How many builds go on from each other up to this one; 0: it made everything anew."""
    goes_on_from: str | None
    """The run id of the build before it in the chain."""
    entry_number: int
    """The newest decision in it; 0 where there was none."""
    entry_hash: str
    manifests: dict[str, str]
    """file_sha256 → hash of its manifest, of every file in it."""


@dataclass(frozen=True, slots=True)
class Basis:
    """The build that another one goes on from."""

    run_id: str
    chain: int


def start_from_earlier(
    settings: Settings, configuration: Configuration, database: Path
) -> Basis | None:
    """Make the database of a build a copy of the newest one that it may go on from.

    Returns:
        That build; None where there is none, and no file is left then.
    """
    made_by = _made_by(configuration)
    for path in sorted(settings.builds.glob(f"*/{BUILT_NAME}"), reverse=True):
        folder, built = path.parent, read_built(path.parent)
        reason = next(_obstacles(settings, folder, built, made_by), None)
        if built and not reason and built.chain >= LONGEST_CHAIN:
            logger.info("makes everything anew: %s builds went on from each other", LONGEST_CHAIN)
            return None
        reason = reason or _copied(folder, database)
        if built and not reason:
            logger.info("goes on from build %s", folder.name)
            return Basis(folder.name, built.chain)
        logger.info("does not go on from build %s: %s", folder.name, reason)
    return None


def remember_built(
    settings: Settings,
    configuration: Configuration,
    database: Path,
    basis: Basis | None,
    held: Mapping[str, str],
) -> None:
    """Write beside a database that was built to its end what it was built of, and by what.

    Nothing is written, and no build goes on from this one, where the lake lost or changed a file
    while it was built. `held` is what `lake_manifests` said before.
    """
    with duckdb.connect(str(database), read_only=True) as connection:
        files = [sha256 for (sha256,) in connection.execute(FILES).fetchall()]
    holds = lake_manifests(settings.lake)
    if any(
        sha256 not in holds or holds[sha256] != held.get(sha256, holds[sha256]) for sha256 in files
    ):
        logger.warning("the lake lost or changed a file meanwhile: no build goes on from this one")
        return
    built = Built(
        made_by=_made_by(configuration),
        chain=basis.chain + 1 if basis else 0,
        goes_on_from=basis.run_id if basis else None,
        **journal_read(database),
        manifests={sha256: holds[sha256] for sha256 in sorted(files)},
    )
    path = database.with_name(BUILT_NAME)
    with path.with_suffix(".partial").open("w", encoding="utf-8") as file:
        json.dump(asdict(built), file)
        file.flush()
        os.fsync(file.fileno())
    path.with_suffix(".partial").replace(path)


def read_built(folder: Path) -> Built | None:
    """Return what the build in a folder was built of; None if that is not to be read here."""
    try:
        return Built(**json.loads((folder / BUILT_NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):  # removed, cut, or written by another version
        return None


def _obstacles(
    settings: Settings, folder: Path, built: Built | None, made_by: str
) -> Iterator[str]:
    """Yield why a build cannot go on from the one in a folder; nothing if it can."""
    if built is None:
        yield f"its {BUILT_NAME} cannot be read by this version"
        return
    if built.made_by != made_by:
        yield "models, reference tables, program or engine are others now"
    database = folder / CANDIDATE_NAME
    if not _is_as_left(database):
        yield "its database is gone or was changed since"
    if database.stat().st_size < settings.go_on_from_mb * MEGABYTE:
        yield f"it has less than {settings.go_on_from_mb} MB: everything anew is as quick"
    holds = lake_manifests(settings.lake)
    for sha256, manifest_hash in built.manifests.items():
        if holds.get(sha256) != manifest_hash:
            yield f"the lake does not hold file {sha256[:12]} as it did"
    entries, _ = Journal(settings.lake).read()
    if built.entry_hash not in {GENESIS, *(entry.entry_hash for entry in entries)}:
        yield f"the journal does not hold decision {built.entry_number} as it did"


def _is_as_left(database: Path) -> bool:
    """Whether nobody wrote to a database after its build and its audit, which writes to it too."""
    if not database.exists() or database.with_name(f"{database.name}.wal").exists():
        return False
    marks = (database.with_name(BUILT_NAME), database.with_name("quality") / "results.json")
    last = max(mark.stat().st_mtime_ns for mark in marks if mark.exists())
    return database.stat().st_mtime_ns <= last


def _copied(folder: Path, database: Path) -> str | None:
    """Copy the database of a folder; return why that cannot be done, and then leave no file."""
    source = folder / CANDIDATE_NAME
    try:
        before = source.stat()
        shutil.copyfile(source, database)
        if source.stat().st_mtime_ns == before.st_mtime_ns and _is_as_left(source):
            _set_aside(database)
            return None
        reason = "its audit wrote to it meanwhile"
    except (OSError, duckdb.Error) as error:
        reason = str(error)
    for left in database.parent.glob(f"{database.name}*"):
        left.unlink()
    return reason


def _made_by(configuration: Configuration) -> str:
    kept = [field.name for field in fields(Built)]
    engine = (duckdb.__version__, __version__)
    parts = (project_key(), configuration.sha256, configuration.rate_set, *engine, *kept)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _set_aside(database: Path) -> None:
    """Keep, in a schema of their own, the tables that the models compare with the new ones.

    What the audit found of the build before goes: the tables of `quality` are made anew.
    """
    with duckdb.connect(str(database)) as connection:
        connection.execute("drop schema if exists quality cascade")
        connection.execute("drop schema if exists before cascade; create schema before")
        for name in COMPARED:
            connection.execute(f"create table before.{name} as from intermediate.{name}")
