"""A person signs, or refuses, a release in Airflow: the real scheduler, web server and API.

Not tested here: what may be signed by whom (tests/approvals/test_sign_off.py).
"""

import json
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from approvals import pipeline
from approvals.decisions import Journal
from approvals.errors import SignOffRefusedError
from approvals.settings import PROJECT_ROOT, Settings
from tests.dags.test_night import run_night
from tests.dags.test_servers import SECONDS, free_port

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


def _ask(url: str, method: str, body: dict[str, Any] | None = None, token: str = "") -> Any:
    request = urllib.request.Request(  # noqa: S310 - loopback
        url,
        method=method,
        data=json.dumps(body).encode() if body else None,
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - loopback
        return json.load(answer)


def _answer(home: Path, url: str, option: str, server: "subprocess.Popen[str]") -> None:
    """Wait for the question, then answer it as the web interface does."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        time.sleep(1)
        try:
            password = json.loads((home / "airflow" / "passwords.json").read_text())["admin"]
            login = {"username": "admin", "password": password}
            token = _ask(f"{url}/auth/token", "POST", login)["access_token"]
            asked = _ask(f"{url}/api/v2/dags/~/dagRuns/~/hitlDetails", "GET", token=token)
        except OSError:
            continue  # not up yet
        for question in asked["hitl_details"]:
            task = question["task_instance"]
            assert "DQ-" in question["body"]
            _ask(
                f"{url}/api/v2/dags/{task['dag_id']}/dagRuns/{task['dag_run_id']}/taskInstances/"
                f"{task['task_id']}/{task['map_index']}/hitlDetails",
                "PATCH",
                {"chosen_options": [option], "params_input": {"comment": "seen"}},
                token,
            )
            return
    pytest.fail("nobody was asked")


@pytest.mark.scheduler
@pytest.mark.parametrize(("option", "action"), [("Approve", "approve"), ("Reject", "reject")])
def test_a_person_answers_in_airflow(
    tmp_path: Path, exports: Path, option: str, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APPROVALS_HOME", str(tmp_path))
    monkeypatch.setenv("APPROVALS_EXPORTS", str(exports))
    monkeypatch.setenv("APPROVALS_SIGN_OFF", "1")
    port = str(free_port())
    command = [sys.executable, "-m", "approvals.local_airflow", "up", "--port", port]
    with subprocess.Popen(
        [*command, "--until-green", str(SECONDS)],
        cwd=PROJECT_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        _answer(tmp_path, f"http://127.0.0.1:{port}", option, server)
        printed, _ = server.communicate(timeout=SECONDS)

    assert server.returncode == 0, printed
    [entry] = Journal(tmp_path / "lake").entries()
    assert (entry.action, entry.person, entry.reason) == (action, "admin", "seen")
    _assert_nothing_is_given_away(tmp_path / "airflow")
    current = tmp_path / "releases" / "current"
    if action == "reject":
        assert "skipped       build_marts.publish_release" in printed
        assert not current.exists()
        return
    assert "success       publish_reports.publish_quality_report" in printed
    manifest = json.loads((current / "manifest.json").read_text())
    assert current.readlink() == Path(entry.subject_id)
    assert manifest["sign_off"] == {
        "decision_id": entry.entry_hash,
        "decided_by": "admin",
        "decided_at": entry.recorded_at,
        "reason": "seen",
    }


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
