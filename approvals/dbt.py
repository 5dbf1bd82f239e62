"""dbt in this process: one command on a project of links, told through the environment.

dbt sees the project as a folder of links in which the effective seeds stand in the place of the
example ones: a path outside its project would make dbt write its artefacts over the seeds.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from approvals.configuration import Configuration
from approvals.contracts import CANDIDATE_NAME
from approvals.errors import BuildFailedError
from approvals.settings import PROJECT_ROOT, Settings

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult
    from dbt.contracts.graph.manifest import Manifest
    from dbt_common.events.base_types import EventMsg

DBT_PROJECT = PROJECT_ROOT / "dbt_project"
LINKED = ("dbt_project.yml", "profiles.yml", "macros", "models", "tests")
QUIET = (
    *("--log-level", "none", "--log-level-file", "none", "--no-use-colors"),
    *("--no-send-anonymous-usage-stats", "--no-version-check", "--no-partial-parse"),
)
_environment_lock = threading.Lock()


def link_project(project: Path, configuration: Configuration) -> None:
    """Make the folder of links that dbt takes for its project, unless it is there."""
    project.mkdir(mode=0o700, parents=True, exist_ok=True)
    targets = {name: DBT_PROJECT / name for name in LINKED}
    for name, target in {**targets, "seeds": configuration.folder / "seeds"}.items():
        with suppress(FileExistsError):  # another process may be at it
            (project / name).symlink_to(target)


def run_dbt(
    settings: Settings,
    project: Path,
    folder: Path,
    arguments: list[str],
    manifest: "Manifest | None" = None,
) -> "dbtRunnerResult":
    """Run one dbt command and return dbt's result.

    One at a time in a process: dbt is told where things lie through the environment, which is
    as before when this returns.

    Args:
        settings: where the lake lies; threads and memory for DuckDB.
        project: the folder of links.
        folder: gets the database, `target/` and `logs/`.
        arguments: the command and its options.
        manifest: the project as dbt read it before; it is not read again.
    """
    from dbt.cli.main import dbtRunner

    places = [
        *("--project-dir", str(project), "--profiles-dir", str(project)),
        *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
    ]
    told = {
        "APPROVALS_DATABASE": str(folder / CANDIDATE_NAME),
        "APPROVALS_LAKE": sql_path(settings.lake),
        "APPROVALS_MEMORY_LIMIT": settings.memory_limit,
        "APPROVALS_THREADS": str(settings.threads),
    }
    with _environment(**told), _log_file(folder / "logs" / "dbt.log") as log:
        try:
            return dbtRunner(manifest, [log]).invoke([*arguments, *QUIET, *places])
        finally:
            _close_database()


@contextmanager
def _log_file(path: Path) -> Iterator[Callable[["EventMsg"], None]]:
    """Give dbt a log of what it says, but for debugging: its own formats that first, for nothing.

    Yields:
        What dbt calls with each event, from several threads.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:

        def log(event: "EventMsg") -> None:
            if event.info.level not in ("debug", "test"):
                now = datetime.now(UTC).isoformat(timespec="milliseconds")
                said = event.info.msg  # type: ignore[attr-defined]
                file.write(f"{now} [{event.info.level}] {said}\n")
                file.flush()

        yield log


def _close_database() -> None:
    """Close what dbt keeps open from the first node to the last (profiles.yml, `keep_open`)."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    manager: Any = DuckDBConnectionManager
    if manager._ENV is not None:
        manager._ENV.close()
    manager.close_all_connections()


def raise_if_failed(result: "dbtRunnerResult", folder: Path, hint: str = "") -> None:
    """Stop on a dbt command that did not succeed.

    Args:
        result: what the command gave back.
        folder: where its log lies.
        hint: what else to try, a sentence.

    Raises:
        BuildFailedError: names the first node, what dbt says of it, and where its log lies.
    """
    if result.success:
        return
    log = folder / "logs" / "dbt.log"
    failed = [node for node in nodes(result) if node.status in ("error", "fail")]
    if failed:
        others = f" and {len(failed) - 1} others" if len(failed) > 1 else ""
        what = f"dbt node {failed[0].node.name}{others} failed: {one_line(failed[0].message)}"
    else:
        what = f"dbt stopped: {one_line(str(result.exception))}"
    message = f"{what}. Nothing was published. Look into {log}{hint}"
    raise BuildFailedError(message) from result.exception


def nodes(result: "dbtRunnerResult") -> list[Any]:
    """Return the results by node; empty where dbt stopped before it ran any."""
    return list(getattr(result.result, "results", None) or [])


def one_line(message: str | None) -> str:
    """Return a message of dbt as one sentence without its point."""
    return " ".join((message or "no message").split()).rstrip(".")


def sql_path(path: Path) -> str:
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
