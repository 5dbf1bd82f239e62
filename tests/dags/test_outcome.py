"""The cause of a failed task, read from its log, and the exit code that follows from it.

Not tested here: that Airflow writes such logs; test_night.py reads real ones.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from approvals.local_airflow.outcome import TaskOutcome, describe, failure, failure_cause

RAISED = {
    "event": "Task failed with exception",
    "level": "error",
    "error_detail": [
        {"exc_type": "AuditFailedError", "exc_value": "DQ-001 failed", "frames": []},
        {"exc_type": "KeyError", "exc_value": "'its cause'", "frames": []},
    ],
}
KILLED = {"event": "Process terminated by signal: SIGKILL", "level": "error"}
STARTED = {"event": "Dag bundles loaded", "level": "info"}


def _outcome(**changes: Any) -> TaskOutcome:
    values: dict[str, Any] = {
        "dag_id": "build_marts",
        "run_id": "manual",
        "task_id": "audit_marts",
        "label": "",
        "state": "failed",
        "try_number": 1,
        "seconds": 2.04,
        "log": Path("attempt=1.log"),
    }
    return TaskOutcome(**{**values, **changes})


def _write(folder: Path, *entries: dict[str, Any]) -> Path:
    log = folder / "attempt=1.log"
    log.write_text("\n".join(map(json.dumps, entries)) + "\nnot JSON\n")
    return log


@pytest.mark.parametrize(
    ("entries", "cause"),
    [
        pytest.param([STARTED, RAISED], ("AuditFailedError", "DQ-001 failed"), id="exception"),
        pytest.param([STARTED, KILLED], ("Killed", KILLED["event"]), id="killed"),
        pytest.param([STARTED], ("Killed", STARTED["event"]), id="silent"),
        pytest.param([], ("Killed", ""), id="empty"),
    ],
)
def test_failure_cause_names_the_exception_or_the_last_words(
    tmp_path: Path, entries: list[dict[str, Any]], cause: tuple[str, str]
) -> None:
    assert failure_cause(_write(tmp_path, *entries)) == cause


def test_failure_cause_says_so_when_there_is_no_log(tmp_path: Path) -> None:
    assert failure_cause(tmp_path / "none.log")[0] == "NoLog"


def test_failure_carries_the_exit_code_of_its_cause(tmp_path: Path) -> None:
    log = _write(tmp_path, RAISED)

    error = failure(_outcome(), tmp_path)

    assert error.exit_code == 3
    assert str(error) == (
        f"build_marts.audit_marts failed: AuditFailedError: DQ-001 failed (log: {log})"
    )


def test_failure_leaves_with_one_when_the_cause_is_no_error_of_ours(tmp_path: Path) -> None:
    _write(tmp_path, KILLED)
    assert failure(_outcome(), tmp_path).exit_code == 1


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        pytest.param(
            {"state": "success", "task_id": "load_office", "label": "lima"},
            "success       build_marts.load_office [lima]  2.0 s",
            id="mapped",
        ),
        pytest.param(
            {"state": "up_for_retry", "try_number": 2},
            "up_for_retry  build_marts.audit_marts  2.0 s, try 2  AuditFailedError: DQ-001 failed",
            id="retried",
        ),
    ],
)
def test_describe_gives_one_line(tmp_path: Path, changes: dict[str, Any], line: str) -> None:
    _write(tmp_path, RAISED)
    assert describe(_outcome(**changes), tmp_path) == line
