"""Exports that attack the machine: each must be refused or read, soon, and the night goes on."""

import gzip
import io
import stat
import zipfile
from collections.abc import Callable, Iterator

from tests.extract.adversarial.case import Case, Expected, either, flagged, loads, refused, usd
from tests.extract.adversarial.files import (
    HEADER,
    archive_of,
    csv,
    edited,
    html,
    plain,
    record,
    table,
    xlsx,
)
from tests.extract.adversarial.iati import file_of, transaction_of

OUTSIDE = "/var/tmp/adversary_slip.csv"  # noqa: S108 - what an attack would write
BOOK = xlsx(table((100, 0.5)))
SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
LAUGHS = f"<!DOCTYPE x [{ENTITIES}]>"
LOCAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x.dtd"> %e;]>'


def _case(
    case_id: str,
    nasty: str,
    content: bytes | Callable[[], bytes],
    expected: Expected,
    name: str = "approvals.csv",
) -> Case:
    return Case(f"hostile-{case_id}", nasty, content, expected, name)


def _bomb(member: str, size: int) -> Callable[[], bytes]:
    """Return an archive with a member of so many spaces."""

    def build() -> bytes:
        buffer = io.BytesIO()
        with (
            zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
            archive.open(member, "w", force_zip64=True) as target,
        ):
            for _ in range(size >> 20):
                target.write(b" " * (1 << 20))
        return buffer.getvalue()

    return build


def _gzip_bomb() -> bytes:
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0) as target:
        for _ in range(700):
            target.write(b"\n" * (1 << 20))
    return buffer.getvalue()


def _fat_sheet() -> bytes:
    """Return a workbook whose sheet has a text of 400 MB."""
    text = edited(BOOK, {SHEET: lambda text: text.replace("<sheetData>", "<sheetData>" + "@")})()
    with zipfile.ZipFile(io.BytesIO(text)) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    before, after = members.pop(SHEET).split(b"@")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        with archive.open(SHEET, "w", force_zip64=True) as target:
            target.write(before)
            for _ in range(400):
                target.write(b" " * (1 << 20))
            target.write(after)
    return buffer.getvalue()


def _link() -> bytes:
    """Return an archive whose member is a symbolic link to a secret."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        entry = zipfile.ZipInfo("a.csv")
        entry.create_system = 3
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return buffer.getvalue()


def _overlapping() -> bytes:
    """Return an archive whose directory names the same bytes a thousand times."""
    whole = archive_of({"a.csv": plain() * 2000})
    start = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    entry = whole[start:end]
    tail = bytearray(whole[end:])
    tail[8:12] = (1000).to_bytes(2, "little") * 2
    tail[12:16] = (len(entry) * 1000).to_bytes(4, "little")
    return whole[:start] + entry * 1000 + bytes(tail)


def _columns(count: int) -> Iterator[bytes]:
    for row in (HEADER, record(1, "10.00"), record(2, "20.00")):
        extra = ",".join(f"x{n}" for n in range(count))
        yield csv([row]).rstrip() + b"," + extra.encode() + b"\n"


CASES = [
    _case("bomb-zip", "700 MB of spaces in an archive", _bomb("a.csv", 700 << 20), refused(),
          "approvals.zip"),
    _case("bomb-gzip", "700 MB of line ends in gzip", _gzip_bomb, refused(), "approvals.csv.gz"),
    _case("bomb-workbook", "400 MB of spaces in a sheet", _fat_sheet, either(usd("100.50")),
          "approvals.xlsx"),
    _case("bomb-nested", "archives in archives in archives",
          lambda: archive_of({f"{n}.zip": archive_of({f"{m}.zip": archive_of(
              {"a.csv": b" " * (1 << 20)}) for m in range(10)}) for n in range(10)}),
          refused(), "approvals.zip"),
    _case("bomb-overlapping", "a thousand names for the same bytes", _overlapping, refused(),
          "approvals.zip"),
    _case("many-members", "five thousand members",
          lambda: archive_of({f"{n}.txt": b"x" for n in range(5000)}), refused(),
          "approvals.zip"),
    _case("zip-slip", "a member that climbs out of its folder",
          archive_of({"../../../../../../../.." + OUTSIDE: plain(delimiter="|")}),
          either(usd("251078.75")), "approvals.zip"),
    _case("zip-absolute", "a member with an absolute path",
          archive_of({OUTSIDE: plain(end="\r\n", delimiter="|")}),
          either(usd("251078.75")), "approvals.zip"),
    _case("zip-link", "a symbolic link to /etc/passwd", _link, refused(), "approvals.zip"),
    _case("xxe-workbook", "a sheet that asks for /etc/passwd",
          edited(BOOK, {SHEET: lambda text: text.replace("<worksheet", LOCAL + "<worksheet", 1)}),
          either(usd("100.50")), "approvals.xlsx"),
    _case("xxe-shared-strings", "shared strings that ask for /etc/passwd",
          edited(BOOK, {"xl/sharedStrings.xml": lambda text: text.replace(
              "<sst", LOCAL.replace("x [", "sst [") + "<sst", 1).replace(
              "Decent jobs 1", "&e;")}),
          flagged(usd("0.50")), "approvals.xlsx"),
    _case("xxe-iati", "an IATI file that asks for /etc/passwd",
          file_of(transaction_of("10")).replace(b"?>\n", b"?>\n" + LOCAL.encode()).replace(
              b"Decent work", b"&e;"), refused(), "a.xml"),
    _case("xxe-remote", "an IATI file that asks the network",
          file_of(transaction_of("11")).replace(b"?>\n", b"?>\n" + REMOTE.encode()),
          either(usd("11.00")), "a.xml"),
    _case("laughs-iati", "a billion laughs in IATI",
          file_of(transaction_of("12")).replace(b"?>\n", b"?>\n" + LAUGHS.encode()).replace(
              b"Decent work", b"&l9;"), refused(), "a.xml"),
    _case("laughs-workbook", "a billion laughs in shared strings",
          edited(BOOK, {"xl/sharedStrings.xml": lambda text: text.replace(
              "<sst", LAUGHS + "<sst", 1).replace("Decent jobs 1", "&l9;")}),
          flagged(usd("0.50")), "approvals.xlsx"),
    _case("laughs-html", "a billion laughs in a page",
          LAUGHS.encode() + html(table(("10.00",))).replace(b"Decent jobs 1", b"&l9;"),
          either(usd("10.00")), "approvals.xls"),
    _case("deep-xml", "a hundred thousand elements inside each other",
          b"<iati-activities>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</iati-activities>",
          refused(), "a.xml"),
    _case("deep-html", "fifty thousand tables inside each other",
          b"<html>" + b"<table><tr><td>" * 50_000, refused(), "approvals.xls"),
    _case("deep-json", "a hundred thousand brackets", b"[" * 100_000 + b"]" * 100_000, refused(),
          "a.json"),
    _case("deep-json-objects", "objects inside objects",
          b'{"a":' * 50_000 + b"1" + b"}" * 50_000, refused(), "a.json"),
    _case("long-json-number", "a number of a million digits",
          b'[{"Donor": "Norway", "Approval Date": "2006-03-11", "Currency": "USD", "Amount": '
          + b"9" * 1_000_000 + b"}]", refused(), "a.json"),
    _case("outside-grid", "a cell in column ZZZZ of row 9999999",
          edited(BOOK, {SHEET: lambda text: text.replace('r="H3"', 'r="ZZZZ9999999"')}),
          either(usd("100.50")), "approvals.xlsx"),
    _case("far-corner", "a cell in the last column of the last row",
          edited(BOOK, {SHEET: lambda text: text.replace(
              "</sheetData>",
              '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')}),
          either(usd("100.50")), "approvals.xlsx"),
    _case("columns-20000", "twenty thousand columns", lambda: b"".join(_columns(20_000)),
          either(usd("30.00"))),
    _case("line-of-5-mb", "a title of 5 MB", lambda: csv(
          [HEADER, record(1, "10.00", title="x" * 5_000_000), record(2, "20.00")]),
          either(usd("30.00"), usd("20.00"))),
    _case("line-of-5-mb-no-end", "5 MB without an end of line", b"a," * 2_500_000, refused()),
    _case("quote-storm", "a million quotes", b'"' * 1_000_001, refused()),
    _case("quote-storm-cells", "quotes that open and close at random",
          plain() + b'"a"",""b",c"d,"' * 60_000, either(usd("251078.75"))),
    _case("quote-never-closed-long", "a quote opens in the first row of forty thousand",
          lambda: plain().replace(b"Decent jobs 1", b'"Decent') + b"".join(
              csv([record(1, "1.00")]) for _ in range(40_000)),
          flagged(usd("290078.25"), usd("291078.75"))),
    _case("nul-storm", "a million zeros after the header",
          plain().replace(b"Decent jobs 1", bytes(1_000_000)),
          flagged(usd("251078.75"), usd("250078.25"))),
    _case("delimiters-million", "a row of a million semicolons",
          plain(delimiter=";") + b";" * 1_000_000, either(usd("251078.75"))),
    _case("combining-marks", "a letter with fifty thousand accents",
          plain().replace(b"Decent jobs 1", ("a" + "\u0301" * 50_000).encode()),
          either(usd("251078.75"), usd("250078.25"))),
    _case("digits-million", "an amount of a million digits",
          plain().replace(b"78.25", b"7" * 1_000_000), flagged(usd("251000.50"))),
    _case("spaces-in-amount", "an amount with a hundred thousand spaces inside",
          plain().replace(b"78.25", b"7" + b" " * 100_000 + b"8.25"),
          either(usd("251000.50"), usd("251078.75"))),
    _case("good", "an export without a fault, the same night", plain(delimiter=";", end="\r\n"),
          loads(usd("251078.75"), 3)),
]  # fmt: skip
