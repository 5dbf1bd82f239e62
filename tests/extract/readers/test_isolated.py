"""The child process: what it may not do, and what its end costs.

Not here: files that end it (test_spreadsheet.py has some). Linux only, as the limits are.
"""

import os
from pathlib import Path

import pytest

from extract.errors import RefusedFileError
from extract.readers import child, isolated
from extract.readers.isolated import IsolatedReader
from extract.readers.worker import Worker, WorkerDiedError, WorkerTooSlowError

ROWS = '[{"Donor":"Norway","Amount":5}]'


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Return a sound file."""
    path = tmp_path / "export"
    path.write_text(ROWS)
    return path


def test_child_has_no_environment_and_hard_limits(export: Path) -> None:
    worker = Worker(30)
    worker.read("json", export, None)

    process = Path(f"/proc/{worker.process_id}")
    environment = (process / "environ").read_bytes()
    limits = {
        line[:26].strip(): line[26:].split()[1]
        for line in (process / "limits").read_text().splitlines()[1:]
    }
    worker.stop()

    assert environment == b""
    assert limits["Max data size"] == str(child.MEMORY_LIMIT)
    assert limits["Max file size"] == limits["Max core file size"] == "0"


@pytest.mark.skipif(os.geteuid() != 0, reason="the system may forbid new user namespaces")
def test_child_has_no_network(export: Path) -> None:
    worker = Worker(30)
    worker.read("json", export, None)

    own, childs = (Path(f"/proc/{p}/ns/net").readlink() for p in ("self", worker.process_id))
    worker.stop()

    assert own != childs


def test_child_that_takes_too_long_is_ended_and_the_next_file_is_read(
    tmp_path: Path, export: Path
) -> None:
    os.mkfifo(tmp_path / "never")
    worker = Worker(30)
    worker.read("json", export, None)  # what follows is not the time that a child needs to start

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "_wall_seconds", 0.2)
        with pytest.raises(WorkerTooSlowError):
            worker.read("json", tmp_path / "never", None)

    assert worker.read("json", export, None)[0].records.width == 2
    worker.stop()


def test_child_that_dies_costs_its_own_file_only(tmp_path: Path, export: Path) -> None:
    worker = Worker(30)

    with pytest.raises(WorkerDiedError):
        worker.read("json", tmp_path / "missing", None)

    assert worker.read("json", export, None)[0].records.width == 2
    worker.stop()


def test_file_that_is_too_large_is_refused_before_it_is_read(
    export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolated, "SIZE_LIMIT", 10)

    with pytest.raises(RefusedFileError) as refusal:
        IsolatedReader("json").read(export, None)

    assert refusal.value.reason_code == "file_too_large"
