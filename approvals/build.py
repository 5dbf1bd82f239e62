"""The build stage: dbt turns the lake into a candidate database, in this process.

Every run builds into a fresh file of its own, so that a build that dies half-way leaves nothing
that anybody reads. dbt sees the project as a folder of links in which the run's effective seeds
stand in the place of the example ones: a path outside its project would make dbt write its
artefacts over the seeds. Nothing here publishes or audits.
"""

import hashlib
import json
import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from approvals.configuration import Configuration
from approvals.contracts import CANDIDATE_NAME
from approvals.errors import BuildFailedError
from approvals.runs import checked_run_id
from approvals.settings import PROJECT_ROOT, Settings

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult
    from dbt.contracts.graph.manifest import Manifest

logger = logging.getLogger(__name__)

DBT_PROJECT = PROJECT_ROOT / "dbt_project"
LINKED = ("dbt_project.yml", "profiles.yml", "macros", "models", "tests")
QUIET = (
    *("--log-level", "none", "--log-level-file", "info", "--no-use-colors"),
    *("--no-send-anonymous-usage-stats", "--no-version-check", "--no-partial-parse"),
)
NIGHTLY = ("--exclude-resource-type", "unit_test", "--exclude", "tag:inner")
"""Unit tests, and the key tests of what lies inside the marts, belong to `make test`: they are
half of the nodes, and what they would find shows in the tests of the marts too."""
_environment_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A database that has been built and not yet audited."""

    run_id: str
    folder: Path
    """Holds the database, the linked project, `target/` (dbt's artefacts) and `logs/`."""
    database: Path
    warnings: tuple[str, ...]
    """dbt tests of severity warn that found something, one sentence each."""


def build_candidate(
    settings: Settings,
    configuration: Configuration,
    run_id: str,
    known_at: date | None = None,
) -> Candidate:
    """Build every model into the run's own database and run the data tests of the marts.

    The database is closed when this returns. A second call with the same run id starts afresh.

    Args:
        settings: where lake and builds lie; threads and memory for DuckDB.
        configuration: the effective configuration, whose seeds are built in.
        run_id: the name of the run's folder below `<home>/build/`.
        known_at: build as known at the end of that day (UTC); None for as known now.

    Raises:
        BuildFailedError: the lake holds no file, a model could not be built or a data test of
            severity error failed; the message names the first node and where dbt's log lies.
    """
    folder = settings.builds / checked_run_id(run_id)
    _check_lake(settings.lake)
    for stale in (*folder.glob(f"{CANDIDATE_NAME}*"), folder / "project", folder / "target"):
        shutil.rmtree(stale) if stale.is_dir() else stale.unlink(missing_ok=True)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _link_project(folder / "project", configuration)
    variables = [] if known_at is None else ["--vars", json.dumps({"known_at": str(known_at)})]
    cache = (
        settings.home.resolve() / "cache" / f"dbt-{_parse_key(settings, configuration, variables)}"
    )
    manifest = _cached_manifest(cache)
    result = run_dbt(settings, folder, ["build", *NIGHTLY, *variables], manifest)
    _raise_if_failed(result, folder)
    if manifest is None:
        _keep(folder / "target" / "partial_parse.msgpack", cache)
    database = folder / CANDIDATE_NAME
    database.chmod(0o600)  # its quarantine quotes cells
    logger.info("built %s", database)
    return Candidate(run_id, folder, database, _warnings(result))


def run_dbt(
    settings: Settings, folder: Path, arguments: list[str], manifest: "Manifest | None" = None
) -> "dbtRunnerResult":
    """Run one dbt command on the project linked below a run's folder and return dbt's result.

    With a manifest, dbt does not parse the project.

    One at a time in a process: dbt is told where things lie through the environment, which is
    as before when this returns.
    """
    from dbt.cli.main import dbtRunner

    project = str(folder / "project")
    places = [
        *("--project-dir", project, "--profiles-dir", project),
        *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
    ]
    with _environment(
        APPROVALS_DATABASE=str(folder / CANDIDATE_NAME),
        APPROVALS_LAKE=_sql_path(settings.lake),
        APPROVALS_MEMORY_LIMIT=settings.memory_limit,
        APPROVALS_THREADS=str(settings.threads),
    ):
        try:
            return dbtRunner(manifest=manifest).invoke([*arguments, *QUIET, *places])
        finally:
            _close_database()


def _close_database() -> None:
    """Close what dbt keeps open from the first node to the last (profiles.yml, `keep_open`)."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    manager: Any = DuckDBConnectionManager
    if manager._ENV is not None:
        manager._ENV.close()
    manager.close_all_connections()


def _check_lake(lake: Path) -> None:
    if not any((lake / "files").glob("*.json")):
        raise BuildFailedError(
            f"{lake} holds no loaded file, so there is nothing to build: run `approvals extract`"
        )


def _link_project(project: Path, configuration: Configuration) -> None:
    project.mkdir(mode=0o700)
    for name in LINKED:
        (project / name).symlink_to(DBT_PROJECT / name)
    (project / "seeds").symlink_to(configuration.folder / "seeds")


def _parse_key(settings: Settings, configuration: Configuration, variables: list[str]) -> str:
    """Return a hash of everything that dbt's reading of the project depends on."""
    digest = hashlib.sha256(
        f"{version('dbt-core')} {configuration.sha256} {settings.lake} {variables}".encode()
    )
    for name in LINKED:
        top = DBT_PROJECT / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file():
                place = path.relative_to(DBT_PROJECT).as_posix()
                digest.update(f"\n{place}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _cached_manifest(cache: Path) -> "Manifest | None":
    """Return the project as dbt read it before, or None: reading it is a third of a build."""
    from dbt.contracts.graph.manifest import Manifest
    from dbt.parser.manifest import extended_mashumuro_decoder

    try:
        return Manifest.from_msgpack(cache.read_bytes(), decoder=extended_mashumuro_decoder)
    except FileNotFoundError:
        return None


def _keep(source: Path, cache: Path) -> None:
    """Keep what dbt read under a name that says what it was read from; drop what was before."""
    cache.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=cache.parent)
    os.close(handle)
    shutil.copyfile(source, partial)
    for stale in cache.parent.glob("dbt-*"):
        stale.unlink(missing_ok=True)
    Path(partial).replace(cache)


def _sql_path(path: Path) -> str:
    """Return a path as it may stand inside quotes in SQL and in a format string."""
    return str(path).replace("'", "''").replace("{", "{{").replace("}", "}}")


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    with _environment_lock:
        before = {name: os.environ.get(name) for name in values}
        os.environ.update(values)
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


def _nodes(result: "dbtRunnerResult") -> list[Any]:
    """Return the results by node; empty where dbt stopped before it ran any."""
    return list(getattr(result.result, "results", None) or [])


def _raise_if_failed(result: "dbtRunnerResult", folder: Path) -> None:
    if result.success:
        return
    log = folder / "logs" / "dbt.log"
    failed = [node for node in _nodes(result) if node.status in ("error", "fail")]
    if failed:
        others = f" and {len(failed) - 1} others" if len(failed) > 1 else ""
        what = f"dbt node {failed[0].node.name}{others} failed: {_one_line(failed[0].message)}"
    else:
        what = f"dbt stopped: {_one_line(str(result.exception))}"
    raise BuildFailedError(f"{what}. Nothing was published. Look into {log}") from result.exception


def _warnings(result: "dbtRunnerResult") -> tuple[str, ...]:
    return tuple(
        f"{node.node.name}: {_one_line(node.message)}"
        for node in _nodes(result)
        if node.status == "warn"
    )


def _one_line(message: str | None) -> str:
    return " ".join((message or "no message").split()).rstrip(".")
