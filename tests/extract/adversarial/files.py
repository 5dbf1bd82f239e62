"""Builds the bytes of an export in a line: text, workbooks, archives.

Written without a look at the readers. Formats for which no free writer exists in Python are files
in tests/data/adversarial/ (see its README.csv).
"""

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

DATA = Path(__file__).parents[2] / "data" / "adversarial"
HEADER = (
    "Project Code",
    "Title",
    "Donor",
    "Recipient",
    "Approval Date",
    "Currency",
    "Amount",
    "Funding Channel (Central or Local)",
)
PLAIN = ("1000.50", "250000.00", "78.25")
PLAIN_TOTAL = "251078.75"
DONORS = ("Norway", "Sweden", "Japan", "Spain", "Italy", "Canada", "Ireland", "Finland", "France")


def record(
    number: int,
    amount: Any,
    *,
    donor: str | None = None,
    day: Any = None,
    currency: str = "USD",
    title: str | None = None,
) -> list[Any]:
    """Return one approval below `HEADER`; what is not given differs from row to row."""
    return [
        f"RAS/06/{number:02d}/X",
        f"Decent jobs {number}" if title is None else title,
        DONORS[number % len(DONORS)] if donor is None else donor,
        "Viet Nam",
        f"2006-03-{10 + number}" if day is None else day,
        currency,
        amount,
        "Local" if number % 2 else "Central",
    ]


def table(amounts: Iterable[Any], **cells: Any) -> list[list[Any]]:
    """Return the header and a row for each amount."""
    return [
        list(HEADER),
        *(record(number, amount, **cells) for number, amount in enumerate(amounts, start=1)),
    ]


def lines(
    rows: Iterable[Sequence[Any]],
    *,
    delimiter: str = ",",
    quote: str = '"',
    end: str = "\n",
    quote_all: bool = False,
) -> str:
    """Return rows as delimited text; a cell is quoted where it must be, quotes are doubled."""

    def cell(value: Any) -> str:
        text = "" if value is None else str(value)
        must = any(sign in text for sign in (delimiter.strip() or delimiter, quote, "\n", "\r"))
        return f"{quote}{text.replace(quote, quote * 2)}{quote}" if quote_all or must else text

    return "".join(delimiter.join(cell(value) for value in row) + end for row in rows)


def csv(rows: Iterable[Sequence[Any]], encoding: str = "utf-8", **how: Any) -> bytes:
    """Return rows as the bytes of a delimited file."""
    return lines(rows, **how).encode(encoding)


def plain(encoding: str = "utf-8", **how: Any) -> bytes:
    """Return three faultless approvals of US$ 251,078.75 in all."""
    return csv(table(PLAIN), encoding, **how)


def xlsx(
    *sheets: Sequence[Sequence[Any]],
    options: dict[str, Any] | None = None,
    change: Callable[[xlsxwriter.Workbook], None] | None = None,
) -> Callable[[], bytes]:
    """Return a builder of a workbook with these sheets, changed before it is closed.

    Dates become true dates with a format; everything else is written as it is.
    """

    def build() -> bytes:
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True, **(options or {})})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for rows in sheets:
            sheet = book.add_worksheet()
            for place, row in enumerate(rows):
                for position, value in enumerate(row):
                    if isinstance(value, date):
                        sheet.write_datetime(place, position, value, day)
                    elif value is not None:
                        sheet.write(place, position, value)
        if change:
            change(book)
        book.close()
        return buffer.getvalue()

    return build


def edited(build: Callable[[], bytes], edits: dict[str, Any]) -> Callable[[], bytes]:
    """Return a builder of the same archive with members changed, added (bytes) or dropped (None).

    An edit is a function of the member's text, or the new content.
    """

    def change() -> bytes:
        with zipfile.ZipFile(io.BytesIO(build())) as archive:
            members: dict[str, bytes] = {name: archive.read(name) for name in archive.namelist()}
        for name, edit in edits.items():
            if edit is None:
                del members[name]
            elif callable(edit):
                changed = edit(members[name].decode())
                assert changed.encode() != members[name], f"the edit of {name} changed nothing"
                members[name] = changed.encode()
            else:
                members[name] = edit if isinstance(edit, bytes) else edit.encode()
        return archive_of(members)

    return change


def archive_of(members: dict[str, bytes | str]) -> bytes:
    """Return a ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def gzipped(content: bytes) -> bytes:
    """Return the content compressed, the same each time."""
    return gzip.compress(content, mtime=0)


def objects(amounts: Iterable[Any]) -> list[dict[str, Any]]:
    """Return approvals as objects for JSON."""
    return [
        dict(zip(HEADER, record(number, amount), strict=True))
        for number, amount in enumerate(amounts, start=1)
    ]


def json_text(value: Any) -> bytes:
    """Return a value as JSON."""
    return json.dumps(value, ensure_ascii=False).encode()


def html(rows: Iterable[Sequence[Any]], before: str = "", after: str = "") -> bytes:
    """Return a page with a table, as intranets call it .xls."""
    body = "".join(
        "<tr>" + "".join(f"<td>{'' if cell is None else cell}</td>" for cell in row) + "</tr>\n"
        for row in rows
    )
    return (
        '<html><head><meta charset="utf-8"></head><body>'
        f"{before}<table border=1>\n{body}</table>{after}</body></html>"
    ).encode()


def stored(name: str) -> Callable[[], bytes]:
    """Return a builder that reads a file of the corpus."""
    return (DATA / name).read_bytes
