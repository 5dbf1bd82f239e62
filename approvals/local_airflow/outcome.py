"""What became of a task, in words: one line for the terminal, and the cause of a failure.

Task logs are JSON, one object for each line; the web interface shows the same lines.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from approvals import errors

ENDED: Final = ("success", "failed", "skipped", "up_for_retry", "upstream_failed")
WATCHER: Final = "report_failed_offices"
"""Fails because another task failed; never itself the cause."""


class NightFailedError(errors.ApprovalsError):
    """A task failed, or the night did not end in time; carries the exit code of the cause."""

    def __init__(self, message: str, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code


@dataclass(frozen=True, slots=True)
class TaskOutcome:
    """One task instance as the metadata database holds it."""

    dag_id: str
    run_id: str
    task_id: str
    label: str
    """What a mapped task was mapped over; empty for others."""
    state: str
    try_number: int
    seconds: float
    log: Path
    """Relative to the folder of the logs."""

    @property
    def name(self) -> str:
        """Dag, task and label."""
        return f"{self.dag_id}.{self.task_id}" + (f" [{self.label}]" if self.label else "")

    @property
    def has_ended(self) -> bool:
        """Whether this try is over."""
        return self.state in ENDED

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for a person's answer."""
        return self.state == "awaiting_input"

    @property
    def has_failed(self) -> bool:
        """Whether it failed for good and by itself."""
        return self.state == "failed" and self.task_id != WATCHER


def describe(outcome: TaskOutcome, logs: Path) -> str:
    """Return one line, such as `success  load_field_offices.load_office [lima]  1.2 s`.

    A try that failed carries its cause.
    """
    tries = f", try {outcome.try_number}" if outcome.try_number > 1 else ""
    line = f"{outcome.state:<13} {outcome.name}  {outcome.seconds:.1f} s{tries}"
    if outcome.state in {"failed", "up_for_retry"}:
        kind, message = failure_cause(logs / outcome.log)
        return f"{line}  {kind}: {message}"
    return line


def failure(outcome: TaskOutcome, logs: Path) -> NightFailedError:
    """Return the error to raise for a failed task: its cause, its log, the cause's exit code."""
    kind, message = failure_cause(logs / outcome.log)
    known = getattr(errors, kind, errors.ApprovalsError)
    text = f"{outcome.name} failed: {kind}: {message} (log: {logs / outcome.log})"
    return NightFailedError(text, known.exit_code)


def waiting(outcome: TaskOutcome, logs: Path) -> NightFailedError:
    """Return the error to raise for a task that waits where nobody can answer: what to do."""
    log = logs / outcome.log
    lines = log.read_text().splitlines() if log.exists() else []
    events = [str(json.loads(line).get("event", "")) for line in lines if line.startswith("{")]
    said = [event for event in events if "waits for a person" in event]
    text = f"{outcome.name} waits: {(said or ['a person must answer'])[-1]} (log: {log})"
    return NightFailedError(text, errors.SignOffMissingError.exit_code)


def failure_cause(log: Path) -> tuple[str, str]:
    """Return class and message of the last exception in a task's log.

    A task that was killed leaves none; then the last line that is an error or, failing that, the
    last line of all stands for it.
    """
    if not log.exists():
        return "NoLog", "the task never started; see run_once.log or scheduler.log"
    entries = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    for entry in reversed(entries):
        if details := entry.get("error_detail"):
            return _exception(details)
    texts = [str(entry["event"]) for entry in entries if entry.get("level") == "error"]
    return "Killed", (texts or [str(entry.get("event", "")) for entry in entries] or [""])[-1]


def _exception(details: list[dict[str, Any]]) -> tuple[str, str]:
    """Return class and message of the exception that was raised last, not of its causes."""
    outermost = details[0]
    return str(outermost["exc_type"]), str(outermost["exc_value"])
