"""A person signs, or refuses, a release in Airflow: the real scheduler, web server and API.

Not tested here: what may be signed by whom (tests/approvals/test_sign_off.py).
"""

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from approvals import pipeline
from approvals.decisions import Journal
from approvals.errors import SignOffRefusedError
from approvals.settings import PROJECT_ROOT, Settings
from tests.dags.local_airflow import LocalAirflow, local_airflow
from tests.dags.test_night import run_night

if TYPE_CHECKING:
    from airflow.dag_processing.dagbag import DagBag


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two offices: most printed figures do not come out of them, which is a warning."""
    folder = tmp_path_factory.mktemp("exports")
    for office in ("treasury", "suva"):
        shutil.copytree(PROJECT_ROOT / "examples" / "exports" / office, folder / office)
    return folder


def test_a_night_without_a_web_interface_says_who_must_do_what(
    tmp_path: Path, exports: Path
) -> None:
    night = run_night(tmp_path, exports, APPROVALS_SIGN_OFF="1")

    assert night.exit_code == 12, night.error
    assert "build_marts.sign_off waits: run " in night.error
    assert not (tmp_path / "releases" / "current").exists()
    run_id = night.error.partition("approvals sign-off ")[2].split()[0]
    command = [sys.executable, "-c", "from approvals.cli import main; main()", "sign-off", run_id]
    signed = subprocess.run(
        [*command, "--by", "Ana", "--reason", "only two offices", "--home", str(tmp_path)],
        cwd=PROJECT_ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert signed.returncode == 0, signed.stderr
    assert (tmp_path / "releases" / "current").readlink() == Path(run_id)


@pytest.fixture
def airflow(tmp_path: Path, exports: Path) -> Iterator[LocalAirflow]:
    """Airflow as `make up` starts it, on a fresh home: its first night is due at once."""
    settings = {
        "APPROVALS_HOME": str(tmp_path),
        "APPROVALS_EXPORTS": str(exports),
        "APPROVALS_SIGN_OFF": "1",
    }
    with local_airflow(tmp_path, settings) as running:
        yield running


def _answer(airflow: LocalAirflow, option: str) -> None:
    """Answer the open question as a person does: once the task waits, not while it asks."""
    question = airflow.wait_for(airflow.open_question)
    assert "DQ-" in question["body"]
    time.sleep(2)
    airflow.answer(question, option, "seen")


@pytest.mark.scheduler
def test_a_person_refuses_and_then_signs_in_airflow(airflow: LocalAirflow, tmp_path: Path) -> None:
    current = tmp_path / "releases" / "current"

    _answer(airflow, "Reject")
    assert airflow.wait_for(partial(airflow.ended_runs, "build_marts", 1)) == ["success"]
    assert airflow.task_states("build_marts", "publish_release") == ["skipped"]
    assert not current.exists()

    airflow.trigger("build_marts", f"{datetime.now(UTC):%Y-%m-%d}")
    _answer(airflow, "Approve")
    assert airflow.wait_for(partial(airflow.ended_runs, "publish_reports", 1)) == ["success"]

    refused, signed = Journal(tmp_path / "lake").entries()
    assert (refused.action, refused.person, refused.reason) == ("reject", "admin", "seen")
    assert (signed.action, signed.person, signed.reason) == ("approve", "admin", "seen")
    assert current.readlink() == Path(signed.subject_id)
    assert json.loads((current / "manifest.json").read_text())["sign_off"] == {
        "decision_id": signed.entry_hash,
        "decided_by": "admin",
        "decided_at": signed.recorded_at,
        "reason": "seen",
    }
    _assert_nothing_is_given_away(tmp_path / "airflow")


def _assert_nothing_is_given_away(airflow: Path) -> None:
    """Look for the password, and for any address but that of this machine, in the logs."""
    password = json.loads((airflow / "passwords.json").read_text())["admin"]
    logs = [log.read_text(errors="replace") for log in (airflow / "logs").rglob("*.log")]
    assert len(logs) > 3
    assert not any(password in log for log in logs)
    assert not re.search(r"http://(?!127\.0\.0\.1)[\d.]+:\d+", "".join(logs))


def test_a_run_that_was_refused_already_skips_its_publication(
    dag_bag: "DagBag", monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_settings: Settings, run_id: str) -> None:
        raise SignOffRefusedError(f"Ana has refused run {run_id}")

    def skip(*, ti: None, tasks: list[Any]) -> None:
        assert ti is None
        skipped.extend(one.task_id for one in tasks)

    skipped: list[str] = []
    task: Any = dag_bag.dags["build_marts"].get_task("sign_off")
    monkeypatch.setattr(pipeline, "sign_off_question", refused)
    monkeypatch.setattr(task, "opened_run", {"run_id": "run-1"})
    monkeypatch.setattr(task, "skip", skip)

    assert task.execute({"ti": None, "task": task}) is None

    assert skipped == ["publish_release"]
