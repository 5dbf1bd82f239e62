"""The stages in a row: what the Dags wire and what the command line runs without a scheduler.

Every function takes and returns plain values (ids, counts, paths), so that a task can hand them
on. Each one leaves the warehouse as it found it, or one whole step further.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from approvals.beside import Beside
from approvals.configuration import Configuration, resolve_configuration
from approvals.decisions import Journal
from approvals.decisions.rules import changes_after, ended, expiring, same_person
from approvals.decisions.sign_off import sign_off_of, signing
from approvals.errors import DecisionRefusedError
from approvals.home import open_home
from approvals.runs import new_run_id, remember_token, remembered_token
from approvals.settings import Settings

if TYPE_CHECKING:
    from extract.report import FileReport

logger = logging.getLogger(__name__)

Progress = Callable[[str], None]
OnFile = Callable[["FileReport"], None]
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a whole run did."""

    load: dict[str, Any]
    """`LoadReport.as_json()`."""
    run_id: str | None
    """None: the current release already holds everything in the lake."""
    release_id: str | None
    seconds: dict[str, float]
    """Stage → wall-clock seconds."""


def offices_with_new_files(settings: Settings) -> list[str]:
    """Return the ids of the offices whose drop folders hold files that the lake does not."""
    from extract.discovery import offices_with_new_files as find

    return find(settings, resolve_configuration(settings))


def load_office(settings: Settings, office_id: str) -> dict[str, int]:
    """Load one office's new files; return how many files ended in each status, and the rows."""
    from extract import load_exports

    open_home(settings)
    report = load_exports(settings, resolve_configuration(settings), office_id=office_id)
    return {**report.as_json()["statuses"], "rows_accepted": report.rows_accepted}


def is_release_due(settings: Settings) -> bool:
    """Whether a build would see something that the current release was not made from.

    That is a file in the lake, a decision on a record or the end of one, or the configuration.

    Raises:
        TrailBrokenError: the journal of decisions is broken.
    """
    from publish import current_release

    release = current_release(settings)
    loaded = {path.stem for path in (settings.lake / "files").glob("*.json")}
    if release is None:
        return bool(loaded)
    manifest = release.manifest
    made_from = {entry["file_sha256"] for entry in manifest["inputs"]}
    configuration = resolve_configuration(settings)
    entries = Journal(settings.lake).entries()
    read = manifest.get("journal", {"entry_number": 0})["entry_number"]
    return (
        loaded != made_from
        or manifest["config_sha256"] != configuration.sha256
        or changes_after(entries, read)
        or bool(ended(entries))
    )


def open_run(settings: Settings) -> dict[str, Any]:
    """Draw a run id and the token that fences its publication: `{"run_id": …, "token": …}`.

    Approvals that are past their time are recorded as ended, so that the build sees it.
    """
    from publish import draw_token

    open_home(settings)
    journal = Journal(settings.lake)
    for approval in ended(journal.entries()):
        journal.append(expiring(approval))
    run_id, token = new_run_id(), draw_token(settings)
    remember_token(settings, run_id, token)
    return {"run_id": run_id, "token": token}


def audit_lake(settings: Settings, run: dict[str, Any]) -> str:
    """Audit the lake's new rows; return the outcome.

    Raises:
        AuditFailedError: a critical rule failed.
    """
    import expectations

    report = expectations.audit_lake(settings, resolve_configuration(settings), run["run_id"])
    report.raise_if_failed()
    return str(report.outcome)


def read_project(settings: Settings) -> None:
    """Load dbt into this process, with its reading of the project; a build needs both.

    Raises:
        BuildFailedError: dbt cannot read the project.
    """
    from approvals.parsed_project import parsed_project

    parsed_project(settings, resolve_configuration(settings)).manifest()
    import dbt.cli.main
    import dbt.task.build  # noqa: F401


def forced(settings: Settings, force: bool) -> Settings:
    """Return the settings of a run that somebody may have forced: that one goes on from nothing."""
    return settings.model_copy(update={"full_refresh": settings.full_refresh or force})


def build_candidate(settings: Settings, run: dict[str, Any]) -> str:
    """Build every model into the run's own database; return its path.

    Raises:
        BuildFailedError: a model or a test failed.
    """
    from approvals.build import build_candidate as build

    configuration = resolve_configuration(settings)
    return str(build(settings, configuration, run["run_id"]).database)


def audit_marts(settings: Settings, run: dict[str, Any]) -> str:
    """Audit the candidate's marts; return the outcome.

    Raises:
        AuditFailedError: a critical rule failed.
    """
    import expectations

    report = expectations.audit_marts(settings, resolve_configuration(settings), run["run_id"])
    report.raise_if_failed()
    return str(report.outcome)


def publish_release(settings: Settings, run: dict[str, Any]) -> str:
    """Make the audited candidate the current release; return the release's id.

    Raises:
        PublicationLockedError: another publisher holds the lock, or a newer run was first.
        SignOffMissingError: it has warnings, sign-off is on and nobody has signed it.
    """
    import publish

    configuration = resolve_configuration(settings)
    release = publish.publish_release(settings, configuration, run["run_id"], token=run["token"])
    return release.release_id


def sign_off_question(settings: Settings, run_id: str) -> str | None:
    """Return what a person must know who signs a run; None if nobody has to.

    Raises:
        AuditFailedError: the run has no passed audit.
        SignOffRefusedError: a person has refused it.
    """
    import publish

    gates = publish.passed_audit(settings.builds / run_id, resolve_configuration(settings))
    warnings = publish.failed_warnings(gates)
    if (
        not settings.sign_off
        or not warnings
        or publish.checked_sign_off(settings.model_copy(update={"sign_off": False}), run_id, gates)
    ):
        return None
    report = settings.builds / run_id / "quality" / "report.html"
    listed = "".join(f"- {warning}\n" for warning in warnings)
    return f"The audit of run `{run_id}` passed with warnings:\n\n{listed}\nReport: `{report}`\n"


def sign_off(
    settings: Settings, run_id: str, action: Literal["approve", "reject"], by: str, reason: str
) -> str:
    """Record in the journal that a person signs or refuses a run; return the entry's hash.

    Recording the same person's same decision twice changes nothing.

    Raises:
        AuditFailedError: the run has no passed audit, or its candidate has changed since.
        ConfigurationError: name or reason is empty.
        DecisionRefusedError: the run was decided on already, or published.
    """
    import publish

    gates = publish.passed_audit(settings.builds / run_id, resolve_configuration(settings))
    database = gates["marts"]["database_sha256"]
    journal = Journal(settings.lake)
    taken = sign_off_of(journal.entries(), run_id, database)
    if taken and taken.action == action and same_person(taken.person, by):
        return taken.entry_hash
    if (settings.releases / run_id).is_dir():
        raise DecisionRefusedError(
            f"run {run_id} is published already, and nothing of it is left to sign: `approvals "
            "rollback` makes an earlier release the current one"
        )
    return journal.append(signing(action, run_id, database, by, reason)).entry_hash


def publish_signed(settings: Settings, run_id: str) -> str:
    """Publish a run by the token that it drew when it was opened; return the release's id.

    Raises:
        PublicationLockedError: another publisher holds the lock, or a newer run was first.
        SignOffMissingError: it has warnings, sign-off is on and nobody has signed it.
    """
    return publish_release(
        settings, {"run_id": run_id, "token": remembered_token(settings, run_id)}
    )


def run(
    settings: Settings,
    *,
    force: bool = False,
    progress: Progress = logger.info,
    on_file: OnFile | None = None,
) -> RunResult:
    """Run every stage once, without a scheduler.

    dbt has a process of its own, which loads it while files are loaded and builds the marts while
    the lake is audited: a lake that fails its audit costs a candidate that nobody sees.

    Args:
        settings: where exports and home lie.
        force: build everything anew and publish it, although nothing changed.
        progress: called with one sentence before each stage.
        on_file: called after each file, so that a refused one is known though a stage fails.

    Raises:
        ApprovalsError: a stage failed; the current release stands.
    """
    open_home(settings)
    settings = forced(settings, force)
    configuration = resolve_configuration(settings)
    seconds: dict[str, float] = {}
    with Beside() as beside:
        project_read = beside.start(read_project, settings)
        progress("loading exports")
        load = _timed(seconds, "extract", lambda: _load_all(settings, configuration, on_file))
        if not force and not is_release_due(settings):
            progress("nothing new: the current release holds everything in the lake")
            return RunResult(load, None, None, seconds)
        run = open_run(settings)
        progress("auditing the lake's new rows, building the marts")
        built = beside.start(build_candidate, settings, run)

        def audit_and_build() -> None:
            audit_lake(settings, run)  # what is wrong with the lake explains a failed build
            project_read()
            built()

        _timed(seconds, "audit_lake and build", audit_and_build)
        progress("auditing the marts")
        _timed(seconds, "audit_marts", lambda: audit_marts(settings, run))
        progress("publishing the release")
        release_id = _timed(seconds, "publish", lambda: publish_release(settings, run))
    return RunResult(load, run["run_id"], release_id, seconds)


def _load_all(
    settings: Settings, configuration: Configuration, on_file: OnFile | None
) -> dict[str, Any]:
    from extract import load_exports

    return load_exports(settings, configuration, on_file=on_file).as_json()


def _timed(seconds: dict[str, float], name: str, work: Callable[[], Result]) -> Result:
    start = monotonic()
    result = work()
    seconds[name] = round(monotonic() - start, 2)
    return result
