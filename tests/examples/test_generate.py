"""The example exports: the same bytes everywhere, and every shape that an export may have.

Not tested here: that the warehouse reads them right; the tests of the whole run do that.
"""

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from approvals.settings import PROJECT_ROOT
from examples.generate import main, write_exports
from examples.layouts import LAYOUTS

COMMITTED = PROJECT_ROOT / "examples" / "exports"
XLSX_TIME = (1980, 1, 1, 0, 0, 0)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with freshly generated exports."""
    folder = tmp_path_factory.mktemp("exports")
    write_exports(folder)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_generate_writes_the_committed_bytes_when_run_here(generated: Path) -> None:
    assert files(generated) == files(COMMITTED)


def test_generate_writes_the_same_bytes_when_hash_seed_zone_and_locale_differ(
    generated: Path, tmp_path: Path
) -> None:
    environment = {"PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu", "LC_ALL": "C", "LANG": "C"}
    subprocess.run(
        [sys.executable, "-m", "examples.generate", str(tmp_path)],
        cwd=PROJECT_ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        check=True,
        capture_output=True,
    )

    assert files(tmp_path) == files(generated)


def test_generate_refuses_to_guess_when_no_folder_is_named() -> None:
    assert main([]) == 2


def test_exports_stay_small_when_committed() -> None:
    sizes = [len(content) for content in files(COMMITTED).values()]

    assert sum(sizes) < 1_000_000
    assert max(sizes) <= 200_000
    assert 120 <= len(sizes) <= 200


def test_workbooks_carry_no_clock_when_written() -> None:
    for path in COMMITTED.rglob("*.xlsx"):
        with ZipFile(path) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {XLSX_TIME}
            assert b"2007-10-15T00:00:00Z" in archive.read("docProps/core.xml")


@pytest.mark.parametrize(
    ("office", "encoding", "delimiter", "line_end"),
    [
        pytest.param("bangkok", "utf-8", ",", b"\n", id="comma"),
        pytest.param("jakarta", "utf-8", "\t", b"\n", id="tab"),
        pytest.param("addis_ababa", "utf-8-sig", ",", b"\r\n", id="comma-with-byte-order-mark"),
        pytest.param("dakar", "cp1252", ";", b"\r\n", id="semicolon-windows-1252-french"),
        pytest.param("lima", "utf-8-sig", ";", b"\r\n", id="semicolon-spanish"),
        pytest.param("brasilia", "cp1252", ";", b"\r\n", id="semicolon-windows-1252-portuguese"),
    ],
)
def test_text_exports_have_their_office_shape_when_read(
    office: str, encoding: str, delimiter: str, line_end: bytes
) -> None:
    content = max((COMMITTED / office).iterdir(), key=lambda path: path.stat().st_size).read_bytes()

    rows = list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=delimiter))

    assert rows[0] == [header for _, header in LAYOUTS[office].columns]
    assert {len(row) for row in rows} == {len(LAYOUTS[office].columns)}
    assert content.endswith(line_end)
    assert content.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    if encoding == "cp1252":
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")


@pytest.mark.parametrize(
    ("office", "amount"),
    [
        pytest.param("dakar", r"^\d{1,3}(\xa0\d{3})*,\d\d$", id="space-and-comma"),
        pytest.param("lima", r"^\d{1,3}(\.\d{3})*,\d\d$", id="point-and-comma"),
        pytest.param("addis_ababa", r"^\d{1,3}(,\d{3})*\.\d\d$", id="comma-and-point"),
        pytest.param("bangkok", r"^\d+\.\d\d$", id="plain"),
    ],
)
def test_text_exports_write_amounts_in_their_office_style_when_readable(
    office: str, amount: str
) -> None:
    layout = LAYOUTS[office]
    place = [field for field, _ in layout.columns].index("amount_original")
    largest = max((COMMITTED / office).iterdir(), key=lambda path: path.stat().st_size)
    with largest.open(encoding=layout.encoding, newline="") as source:
        rows = list(csv.reader(source, delimiter=layout.delimiter))[1:]

    assert all(re.match(amount, row[place]) for row in rows)


def test_exports_say_that_they_are_synthetic_when_opened() -> None:
    words = ("synthetic", "synthétique", "sintético")
    for name, content in files(COMMITTED).items():
        if name.endswith(".xlsx"):
            with ZipFile(COMMITTED / name) as archive:
                assert b"SYNTHETIC EXAMPLE DATA" in archive.read("xl/sharedStrings.xml")
        else:
            layout = LAYOUTS.get(name.split("/")[0])
            text = content.decode(layout.encoding if layout else "utf-8")
            assert any(word in text for word in words) or text.count("\n") == 1, name


def test_exports_hold_the_same_bytes_twice_when_an_office_sent_a_file_again() -> None:
    march = sorted((COMMITTED / "bangkok").glob("bangkok_approvals_2006-03_*"))

    assert len(march) == 2
    assert march[0].read_bytes() == march[1].read_bytes()
