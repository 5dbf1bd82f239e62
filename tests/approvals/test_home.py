"""The home folder: its modes, and what is said where the system refuses it.

Not here: the modes of everything after a whole run (test_night.py), of a release (tests/publish).
"""

import errno
import gc
import os
import stat
from pathlib import Path

import duckdb
import pytest

from approvals.errors import StorageError
from approvals.home import open_home, prepare_process, refusal
from approvals.settings import MEMORY_PATTERN, Settings


def test_open_home_lets_the_group_pass_and_keeps_lake_and_builds_to_the_owner(
    tmp_path: Path,
) -> None:
    settings = Settings(home=tmp_path / "home")
    mask = os.umask(0)

    try:
        open_home(settings)
    finally:
        os.umask(mask)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in settings.home.iterdir()}
    assert stat.S_IMODE(settings.home.stat().st_mode) == 0o750
    assert modes == dict.fromkeys(["lake", "build", "config", "cache"], 0o700)


def test_open_home_keeps_the_mode_of_a_home_that_exists(tmp_path: Path) -> None:
    tmp_path.chmod(0o711)

    open_home(Settings(home=tmp_path))

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o711


@pytest.mark.parametrize("name", ["file", "file/below", "x" * 300])
def test_open_home_names_folder_and_fix_when_it_cannot_be_made(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StorageError, match="another folder") as caught:
        open_home(Settings(home=tmp_path / name))

    assert str(tmp_path) in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_open_home_refuses_a_home_that_it_may_not_write(tmp_path: Path) -> None:
    open_home(Settings(home=tmp_path))
    (tmp_path / "lake").chmod(0o500)

    with pytest.raises(StorageError, match=r"lake: Permission denied; .*rights"):
        open_home(Settings(home=tmp_path))


@pytest.mark.parametrize(
    ("number", "fix"),
    [
        pytest.param(errno.ENOSPC, "make room", id="full"),
        pytest.param(errno.EROFS, "read-only", id="read-only"),
        pytest.param(errno.EIO, "look into the file system", id="damaged"),
    ],
)
def test_refusal_says_in_one_line_what_and_what_to_do(number: int, fix: str) -> None:
    line = refusal(OSError(number, os.strerror(number), "/home/lake"))

    assert line.startswith(f"/home/lake: {os.strerror(number)}; ")
    assert fix in line
    assert "\n" not in line


def test_prepared_process_writes_private_files_and_collects_rarely(tmp_path: Path) -> None:
    mask, thresholds = os.umask(0), gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # Python's default

    try:
        prepare_process()
        (tmp_path / "file").touch()
        assert gc.get_threshold()[0] > 700
    finally:
        os.umask(mask)
        gc.set_threshold(*thresholds)

    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600


@pytest.mark.parametrize("limit", ["512MB", "2GB", "1.5GiB", "80 gb", "1TiB", "0.5GB"])
def test_memory_limit_that_is_accepted_is_one_that_duckdb_takes(limit: str) -> None:
    assert Settings(memory_limit=limit).memory_limit == limit

    with duckdb.connect() as connection:
        connection.execute("set memory_limit = ?", [limit])


@pytest.mark.parametrize(
    "limit", ["lots", "2", "2G", "80%", "0GB", "0.0 MiB", "-1", "2GB\nx", "none"]
)
def test_memory_limit_is_refused_when_it_is_none(limit: str) -> None:
    assert MEMORY_PATTERN.fullmatch(limit) is None
    with pytest.raises(ValueError, match="number and a unit"):
        Settings(memory_limit=limit)
