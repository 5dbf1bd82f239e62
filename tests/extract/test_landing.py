"""The landing store and the drop folder's safety: what is no plain file is never opened or awaited.

Not here: what becomes of the bytes (test_load.py). Real links, pipes and devices, no mock.
"""

import os
from collections.abc import Callable
from pathlib import Path

import fsspec
import pytest

from extract import load_exports
from extract.errors import RefusedFileError
from extract.landing import land, opened
from tests.extract.conftest import Warehouse

ROWS = "Donor,Approval date,Currency,Amount\nNorway,2006-01-02,USD,5\n"
LOCAL = fsspec.filesystem("file")


def _link(path: Path) -> None:
    target = path.with_name("target")
    target.write_text(ROWS)
    path.symlink_to(target)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(_link, id="link"),
        pytest.param(os.mkfifo, id="pipe-that-never-answers"),
        pytest.param(Path.mkdir, id="folder"),
        pytest.param(lambda path: path.symlink_to("/dev/zero"), id="link-to-device"),
    ],
)
def test_land_refuses_what_is_no_plain_file(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "x.csv"
    make(path)

    with pytest.raises(OSError, match=r"regular|symbolic|directory"):
        land(LOCAL, str(path), tmp_path / "landing")


def _grow(path: Path) -> None:
    with path.open("a") as target:
        target.write("more")


def _replace(path: Path) -> None:
    other = path.with_name("other")
    other.write_text(ROWS)
    other.replace(path)


def _read_while(change: Callable[[Path], None], path: Path) -> None:
    with opened(LOCAL, str(path)) as source:
        source.read()
        change(path)


@pytest.mark.parametrize("change", [_grow, _replace], ids=["grows", "is-replaced"])
def test_opened_refuses_a_file_that_changes_while_it_is_read(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(ROWS)

    with pytest.raises(RefusedFileError) as refusal:
        _read_while(change, path)

    assert refusal.value.reason_code == "file_changing"


def test_given_pipe_and_link_are_rejected_and_the_rest_is_loaded(warehouse: Warehouse) -> None:
    folder = warehouse.exports / "lab"
    os.mkfifo(folder / "pipe_2006-01-01.csv")
    (folder / "link_2006-01-01.csv").symlink_to(warehouse.drop("lab/x_2006-03-31.csv", ROWS))
    paths = [folder / f"{name}.csv" for name in ("pipe_2006-01-01", "link_2006-01-01")]

    report = load_exports(
        warehouse.settings,
        warehouse.configuration,
        office_id="lab",
        paths=[*paths, folder / "x_2006-03-31.csv"],
    )

    assert [(file.status, *file.reasons) for file in report.files] == [
        ("rejected", "file_unreadable"),
        ("rejected", "file_unreadable"),
        ("loaded",),
    ]


def test_folder_behind_a_link_is_not_entered(warehouse: Warehouse, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret_2006-01-01.csv").write_text(ROWS)
    (warehouse.exports / "lab" / "way_out").symlink_to(outside, target_is_directory=True)
    warehouse.drop("lab/good_2006-03-31.csv", ROWS)

    assert list(warehouse.load()) == ["lab/good_2006-03-31.csv"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param(b"a\nb_2006-03-31.csv", r"lab/a\nb_2006-03-31.csv", id="newline"),
        pytest.param(b"\xff_2006-03-31.csv", r"lab/\xff_2006-03-31.csv", id="invalid-utf-8"),
        pytest.param(b"..a_2006-03-31..csv", None, id="hidden-by-dots"),
        pytest.param(b"a.._2006-03-31.csv", "lab/a.._2006-03-31.csv", id="two-dots"),
        pytest.param(
            b"a" * 240 + b"_2006-03-31.csv", f"lab/{'a' * 240}_2006-03-31.csv", id="255-bytes"
        ),
    ],
)
def test_file_with_an_odd_name_is_loaded_under_a_name_that_can_be_written(
    warehouse: Warehouse, name: bytes, shown: str | None
) -> None:
    Path(os.fsdecode(os.fsencode(warehouse.exports) + b"/lab/" + name)).write_text(ROWS)
    warehouse.drop("lab/good_2006-03-31.csv", ROWS.replace("5", "6"))

    reports = warehouse.load()

    names = ["lab/good_2006-03-31.csv", *([shown] if shown else [])]
    assert {name: report.status for name, report in reports.items()} == dict.fromkeys(
        names, "loaded"
    )
