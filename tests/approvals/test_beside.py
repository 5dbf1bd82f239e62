"""The second process of a run: results, failures, and an end in every case."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from approvals.beside import Beside
from approvals.errors import AuditFailedError, ProcessDiedError


def _refuse(reason: str) -> None:
    raise AuditFailedError(reason)


def _say(text: str) -> tuple[int, str]:
    return os.getpid(), text


def _kill_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_beside_runs_work_in_one_other_process() -> None:
    with Beside() as beside:
        first, second = beside.start(_say, "a"), beside.start(_say, "b")

        assert (first()[1], second()[1]) == ("a", "b")
        assert first()[0] == second()[0] != os.getpid()


def test_beside_raises_what_its_work_raised() -> None:
    with Beside() as beside, pytest.raises(AuditFailedError, match="DQ-007"):
        beside.start(_refuse, "DQ-007 failed")()


def test_beside_says_what_to_do_when_its_process_was_killed() -> None:
    with Beside() as beside, pytest.raises(ProcessDiedError, match="APPROVALS_MEMORY_LIMIT"):
        beside.start(_kill_itself)()


PARENT = """
import time
from approvals.beside import Beside
from tests.approvals.test_beside import _say

if __name__ == "__main__":
    with Beside() as beside:
        print(beside.start(_say, "")()[0], flush=True)
        time.sleep(60)
"""


def test_beside_leaves_no_process_behind_when_its_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, script], env=environment, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()

    deadline = time.monotonic() + 20
    while _is_running(child) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _is_running(child)


def _is_running(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for (a zombie) does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
