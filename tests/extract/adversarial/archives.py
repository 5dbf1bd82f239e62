"""Archives with one or several exports inside, and with what people pack beside them."""

import io
import zipfile
from collections.abc import Callable
from itertools import count

from tests.extract.adversarial.case import Case, Expected, either, flagged, loads, refused, usd
from tests.extract.adversarial.files import (
    archive_of,
    csv,
    gzipped,
    json_text,
    objects,
    stored,
    table,
    xlsx,
)

BOTH = {"USD": "30.00", "EUR": "5.00"}
SERIAL = count(1)


def _one() -> bytes:
    """Return an export of US$ 30.00 with bytes of its own: equal bytes load once a night."""
    return csv(table(("10.00", "20.00"), title=f"One {next(SERIAL)}"))


def _two() -> bytes:
    """Return an export of EUR 5.00 with bytes of its own."""
    return csv(table(("5.00",), title=f"Two {next(SERIAL)}", currency="EUR"), delimiter=";")


def _book() -> bytes:
    """Return a workbook of US$ 100.50 with bytes of its own."""
    return xlsx(table((100, 0.5), title=f"Book {next(SERIAL)}"))()


SAME = _one()


def _case(
    case_id: str,
    nasty: str,
    content: bytes | Callable[[], bytes],
    expected: Expected,
    name: str = "approvals.zip",
) -> Case:
    return Case(f"archive-{case_id}", nasty, content, expected, name)


def _zip(**members: bytes | str) -> bytes:
    return archive_of(
        {name.replace("__", ".").replace("_", "/"): member for name, member in members.items()}
    )


def _broken_sum() -> bytes:
    """Return an archive whose member does not fit its check sum."""
    content = bytearray(stored_zip({"a.csv": _one()}))
    place = content.index(b"20.00")
    content[place : place + 5] = b"90.00"
    return bytes(content)


def stored_zip(members: dict[str, bytes]) -> bytes:
    """Return an archive whose members are not compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


CASES = [
    _case("one", "one export", _zip(a__csv=_one()), loads(usd("30.00"), 2)),
    _case("two", "two exports", _zip(a__csv=_one(), b__csv=_two()), loads(BOTH, 3)),
    _case("folders", "exports in folders", _zip(x_a__csv=_one(), x_y_b__csv=_two()),
          loads(BOTH, 3)),
    _case("formats", "a workbook, JSON and text",
          archive_of({"a.csv": _one(), "b.xlsx": _book(),
                              "c.json": json_text(objects((7,)))}),
          loads(usd("137.50"), 5)),
    _case("rubbish", "what Mac and Windows leave beside",
          archive_of({"a.csv": _one(), "__MACOSX/._a.csv": b"\x00\x05\x16\x07" + bytes(80),
                      ".DS_Store": bytes(20), "Thumbs.db": bytes(30), "desktop.ini": "[x]\n"}),
          loads(usd("30.00"), 2)),
    _case("readme", "a note beside the export",
          archive_of({"a.csv": _one(), "README.txt": "Please load this by Friday.\n"}),
          loads(usd("30.00"), 2)),
    _case("one-bad", "one export of two cannot be read",
          archive_of({"a.csv": _one(), "b.csv": "no,header,here\n1,2,3\n4,5,6\n"}),
          flagged(usd("30.00"))),
    _case("same-twice", "the same export twice, under two names",
          archive_of({"a.csv": SAME, "copy of a.csv": SAME}), either(usd("30.00"))),
    _case("empty", "nothing inside", archive_of({}), refused()),
    _case("pictures", "pictures alone", archive_of({"a.png": b"\x89PNG\r\n\x1a\n" + bytes(99)}),
          refused()),
    _case("nested", "an archive in the archive",
          archive_of({"inner.zip": archive_of({"a.csv": _one()})}), either(usd("30.00"))),
    _case("check-sum", "a member that does not fit its check sum: 20.00 became 90.00",
          _broken_sum, refused()),
    _case("cut", "cut before its directory", _zip(a__csv=_one(), b__csv=_two())[:-60], refused()),
    _case("password", "a password", stored("encrypted.zip"), refused()),
    _case("name-in-cp437", "a member's name that is no UTF-8",
          stored_zip({"aprobaci\u00f3n.csv": _one()}).replace("ó".encode(), b"\xa2\xa2"),
          either(usd("30.00"))),
    _case("prefix", "bytes before the archive, as self-extracting ones have",
          b"MZ" + bytes(600) + _zip(a__csv=_one()), either(usd("30.00"))),
    _case("gzip", "gzip", gzipped(_one()), loads(usd("30.00"), 2), "approvals.csv.gz"),
    _case("gzip-two-members", "two gzip members, one after the other: one text",
          gzipped(_one()) + gzipped(csv(table(("5.00",), title="Three")[1:])),
          loads(usd("35.00"), 3), "approvals.csv.gz"),
    _case("gzip-cut", "gzip that is cut", gzipped(_one())[:-12], refused(), "approvals.csv.gz"),
    _case("gzip-rubbish-behind", "zeros behind the end, as tapes leave them",
          gzipped(_one()) + bytes(100), either(usd("30.00")), "approvals.csv.gz"),
    _case("gzip-workbook", "a compressed workbook", gzipped(_book()),
          loads(usd("100.50"), 2), "approvals.xlsx.gz"),
    _case("gzip-of-zip", "a compressed archive", gzipped(_zip(a__csv=_one())),
          either(usd("30.00")), "approvals.zip.gz"),
    _case("seven-zip", "7-Zip, which is not promised",
          b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(range(200)), refused(), "approvals.7z"),
    _case("rar", "RAR, which is not promised", b"Rar!\x1a\x07\x01\x00" + bytes(range(200)),
          refused(), "approvals.rar"),
]  # fmt: skip
