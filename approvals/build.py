"""The build stage: dbt turns the lake into a candidate database, in this process.

Every run builds into a file of its own, so that a build that dies half-way leaves nothing that
anybody reads or goes on from. Nothing here publishes or audits.
"""

import json
import logging
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from approvals.basis import remember_built, start_from_earlier
from approvals.configuration import Configuration
from approvals.contracts import BUILT_NAME, CANDIDATE_NAME
from approvals.dbt import nodes, one_line, raise_if_failed, run_dbt
from approvals.decisions import Journal
from approvals.errors import BuildFailedError
from approvals.inputs import lake_manifests
from approvals.parsed_project import parsed_project
from approvals.runs import checked_run_id
from approvals.settings import Settings

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult

logger = logging.getLogger(__name__)

NIGHTLY = ("--exclude-resource-type", "unit_test", "--exclude", "tag:inner")
"""Unit tests, and the key tests of what lies inside the marts, belong to `make test`: they are
half of the nodes, and what they would find shows in the tests of the marts too."""


ANEW = "; it went on from build {}: `approvals run --force` makes every table anew"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A database that has been built and not yet audited."""

    run_id: str
    folder: Path
    """Holds the database, `target/` (dbt's artefacts) and `logs/`."""
    project: Path
    """The folder of links that dbt took for its project."""
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

    It goes on from the newest build that it may go on from (`approvals.basis`), unless a past day
    is asked for or `settings.full_refresh` is set; the tables are the same either way.
    The database is closed when this returns. A second call with the same run id starts afresh.

    Args:
        settings: where lake and builds lie; threads and memory for DuckDB; `full_refresh`.
        configuration: the effective configuration, whose seeds are built in.
        run_id: the name of the run's folder below `<home>/build/`.
        known_at: build as known at the end of that day (UTC); None for as known now.

    Raises:
        BuildFailedError: the lake holds no file, a model could not be built or a data test of
            severity error failed; the message names the first node and where dbt's log lies.
    """
    folder = settings.builds / checked_run_id(run_id)
    _check_lake(settings.lake)
    Journal(settings.lake).prepare()
    for stale in (*folder.glob(f"{CANDIDATE_NAME}*"), folder / BUILT_NAME, folder / "target"):
        shutil.rmtree(stale) if stale.is_dir() else stale.unlink(missing_ok=True)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    project = parsed_project(settings, configuration)
    database = folder / CANDIDATE_NAME
    basis = None
    if not settings.full_refresh and known_at is None:
        basis = start_from_earlier(settings, configuration, database)
    held = lake_manifests(settings.lake)
    command = ["build", *NIGHTLY, *_variables(known_at, is_continued=basis is not None)]
    result = run_dbt(settings, project.folder, folder, command, project.manifest())
    raise_if_failed(result, folder, ANEW.format(basis.run_id) if basis else "")
    database.chmod(0o600)  # its quarantine quotes cells
    if known_at is None:
        remember_built(settings, configuration, database, basis, held)
    logger.info("built %s", database)
    return Candidate(run_id, folder, project.folder, database, _warnings(result))


def _variables(known_at: date | None, *, is_continued: bool) -> list[str]:
    """Return the options that tell dbt whose knowledge counts, and whether it goes on."""
    told: dict[str, object] = {"known_at": str(known_at)} if known_at else {}
    if is_continued:
        told["continued"] = True
    return ["--vars", json.dumps(told)] if told else []


def _check_lake(lake: Path) -> None:
    if not any((lake / "files").glob("*.json")):
        raise BuildFailedError(
            f"{lake} holds no loaded file, so there is nothing to build: run `approvals extract`"
        )


def _warnings(result: "dbtRunnerResult") -> tuple[str, ...]:
    return tuple(
        f"{node.node.name}: {one_line(node.message)}"
        for node in nodes(result)
        if node.status == "warn"
    )
