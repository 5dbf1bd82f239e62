"""Archives in the drop folder: members become files of their own, hostile archives are refused.

Not here: archives that are spreadsheets (readers/test_spreadsheet.py).
"""

import gzip
import io
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from extract import FileReport
from extract.discovery import offices_with_new_files
from tests.extract.conftest import Warehouse

ROWS = "Donor,Approval date,Currency,Amount\nNorway,2006-01-02,USD,{}\n"


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes | str]) -> bytes:
    """Return a ZIP archive with these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def _broken_crc() -> bytes:
    content = bytearray(zipped(("a.csv", ROWS.format(5))))
    content[45] ^= 0xFF
    return bytes(content)


def _encrypted() -> bytes:
    content = bytearray(zipped(("a.csv", ROWS.format(5))))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(magic) + offset] |= 1
    return bytes(content)


def test_members_of_an_archive_are_loaded_and_reported_inside_it(
    load_one: Callable[..., FileReport], warehouse: Warehouse
) -> None:
    content = zipped(
        ("jan_2006-01-31.csv", ROWS.format(5)),
        ("sub/feb.csv", ROWS.format("x")),
        ("__MACOSX/jan.csv", b"\x00"),
        ("README.txt", "notes"),
    )

    report = load_one(content, "lab/q1_2006-03-31.zip")

    assert (report.status, report.rows_accepted, report.rows_rejected) == ("quarantined_rows", 1, 1)
    assert report.totals == {"USD": "5.00"}
    assert [(member.path, member.status) for member in report.members] == [
        ("lab/q1_2006-03-31.zip/jan_2006-01-31.csv", "loaded"),
        ("lab/q1_2006-03-31.zip/sub/feb.csv", "quarantined_rows"),
    ]
    record = json.loads(
        (warehouse.settings.lake / f"archives/{report.file_sha256}.json").read_text()
    )
    assert [member["name"] for member in record["members"]] == ["jan_2006-01-31.csv", "sub/feb.csv"]


def test_member_is_known_from_the_date_in_its_own_name_else_from_its_archives(
    load_one: Callable[..., FileReport], warehouse: Warehouse
) -> None:
    load_one(
        zipped(("jan_2006-01-31.csv", ROWS.format(5)), ("feb.csv", ROWS.format(6))),
        "lab/q1_2006-03-31.zip",
    )

    manifests = (warehouse.settings.lake / "files").iterdir()
    dates = {m["original_name"][-8:]: m["exported_at"][:10] for m in map(_json, manifests)}
    assert dates == {"1-31.csv": "2006-01-31", "/feb.csv": "2006-03-31"}


def _json(path: Path) -> dict[str, str]:
    content: dict[str, str] = json.loads(path.read_text())
    return content


def test_archive_is_not_new_once_its_members_are_loaded(warehouse: Warehouse) -> None:
    warehouse.drop("lab/q_2006-03-31.zip", zipped(("a.csv", ROWS.format(5))))
    first = warehouse.load()["lab/q_2006-03-31.zip"]

    second = warehouse.load()["lab/q_2006-03-31.zip"]

    assert (first.status, second.status) == ("loaded", "skipped_duplicate")
    assert len(warehouse.rows("1")) == 1
    assert offices_with_new_files(warehouse.settings, warehouse.configuration) == []


def test_same_export_alone_and_in_an_archive_is_loaded_once(warehouse: Warehouse) -> None:
    warehouse.drop("lab/a_2006-03-31.csv", ROWS.format(5))
    warehouse.drop("lab/b_2006-03-31.zip", zipped(("a.csv", ROWS.format(5))))

    reports = warehouse.load()

    assert [report.status for report in reports.values()] == ["loaded", "skipped_duplicate"]
    assert len(warehouse.rows("1")) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a_2006-03-31.csv.gz", gzip.compress(ROWS.format(5).encode()), id="gzip"),
        pytest.param(
            "a_2006-03-31.zip",
            zipped(("inner.zip", zipped(("a.csv", ROWS.format(5))))),
            id="zip-in-zip",
        ),
        pytest.param(
            "a_2006-03-31.zip",
            zipped(("inner.csv.gz", gzip.compress(ROWS.format(5).encode()))),
            id="gzip-in-zip",
        ),
        pytest.param("a_2006-03-31.csv", zipped(("a.csv", ROWS.format(5))), id="zip-named-csv"),
    ],
)
def test_packed_export_is_loaded(
    load_one: Callable[..., FileReport], name: str, content: bytes
) -> None:
    report = load_one(content, f"lab/{name}")

    assert (report.status, report.totals) == ("loaded", {"USD": "5.00"}), report.messages


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(zipped(("../a.csv", "x")), "archive_unsafe", id="zip-slip"),
        pytest.param(zipped(("/etc/a.csv", "x")), "archive_unsafe", id="absolute-path"),
        pytest.param(zipped(("C:\\a.csv", "x")), "archive_unsafe", id="drive"),
        pytest.param(zipped((_link("a.csv"), "/etc/passwd")), "archive_unsafe", id="symlink"),
        pytest.param(
            zipped(("b.zip", zipped(("c.zip", zipped(("a.csv", "x")))))),
            "archive_nested",
            id="zip-in-zip-in-zip",
        ),
        pytest.param(zipped(("a.csv", b"0" * (40 << 20))), "archive_bomb", id="bomb"),
        pytest.param(gzip.compress(b"0" * (40 << 20)), "archive_bomb", id="gzip-bomb"),
        pytest.param(
            gzip.compress(gzip.compress(b"0" * (40 << 20))), "archive_bomb", id="nested-gzip-bomb"
        ),
        pytest.param(_broken_crc(), "archive_damaged", id="wrong-crc"),
        pytest.param(zipped(("a.csv", ROWS.format(5)))[:-30], "archive_damaged", id="cut-zip"),
        pytest.param(gzip.compress(ROWS.encode())[:30], "archive_damaged", id="cut-gzip"),
        pytest.param(_encrypted(), "archive_encrypted", id="password"),
        pytest.param(zipped(), "file_empty", id="empty"),
    ],
)
def test_archive_is_refused_and_the_rest_is_loaded(
    warehouse: Warehouse, content: bytes, reason: str
) -> None:
    warehouse.drop("lab/bad_2006-03-31.zip", content)
    warehouse.drop("lab/good_2006-03-31.csv", ROWS.format(7))

    reports = warehouse.load()

    bad = reports["lab/bad_2006-03-31.zip"]
    assert (bad.status, bad.reasons) == ("rejected", {reason: 1}), bad.messages
    assert reports["lab/good_2006-03-31.csv"].rows_accepted == 1


@pytest.mark.parametrize(
    ("members", "status"),
    [
        pytest.param((ROWS.format(5), "no,header\n1,2\n"), "quarantined_rows", id="one-refused"),
        pytest.param((ROWS.format(5), ROWS.format("x")), "quarantined_rows", id="one-bad-row"),
        pytest.param((ROWS.format(5), ROWS.format(5)), "loaded", id="one-twice"),
        pytest.param(("no,header\n1,2\n", "nor,here\n3,4\n"), "rejected", id="all-refused"),
    ],
)
def test_status_of_an_archive_says_what_became_of_it(
    load_one: Callable[..., FileReport], members: tuple[str, str], status: str
) -> None:
    first, second = members

    report = load_one(
        zipped(("a.csv", first), ("b.csv", second), ("sub/desktop.ini", "[x]")),
        "lab/pack_2006-03-31.zip",
    )

    assert (report.status, len(report.members)) == (status, 2), report.messages
    assert report.messages[0] == (
        "lab/pack_2006-03-31.zip: 1 passed over that are no exports by their names: "
        "'sub/desktop.ini'"
    )
    assert status != "quarantined_rows" or report.reasons
