"""Tables of HTML pages, which many systems send under the name .xls; nothing is fetched or run."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from extract.errors import RefusedFileError
from extract.readers.cells import plain_number
from extract.readers.encoding import BOMS
from extract.readers.grid import Grid
from extract.readers.sheet_details import SheetDetails, warnings
from extract.readers.table import Merge, RawTable
from extract.readers.whole_text import WholeText, read_text

DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
DECLARED_WITHIN = 1 << 13
WIDER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
"""What browsers read under a declared name, and what pages mean by it."""
MOST_COLUMNS_SPANNED = 1000
HIDDEN = re.compile(r"display\s*:\s*none|mso-ignore\s*:\s*hidden", re.IGNORECASE)
BREAKS = {"br", "p", "div", "li"}
NOT_TEXT = {"script", "style", "table"}
NUMBER_ATTRIBUTES = ("x:num", "sdval")
"""Where Excel and LibreOffice write the number itself beside the text that they show."""
SHOWN_NUMBER = re.compile(r"[^\d#]{0,8}\d[\d.,\s'’]*[^\d/:#-]{0,8}")
AGREEING_DIGITS = 3


def parse(path: Path, code_page: str | None) -> list[RawTable]:
    """Return each table of the page that has a cell; a table inside a cell is one of its own.

    Raises:
        RefusedFileError: the page has no table, or its bytes fit no encoding.
    """
    decoded = decode_page(path, code_page)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    page = etree.fromstring(decoded.text.encode("utf-8", "surrogatepass"), parser)
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise RefusedFileError(
            "html_damaged",
            f"the page cannot be read to its end ({parser.error_log[0].message}): export as CSV",
        )
    if page is None or page.find(".//table") is None:
        raise RefusedFileError(
            "format_unknown", "the file is an HTML page without a table: export as CSV or XLSX"
        )
    tables = [_table(table, decoded) for table in page.iter("table")]
    found = [table for table in tables if table]
    names = iter(range(1, len(found) + 1))
    return [
        RawTable(
            sheet_name=f"table {next(names)}" if len(found) > 1 else "",
            records=grid.records(),
            format="html",
            encoding=decoded.encoding,
            warnings=tuple(notes),
            merges=tuple(merges),
        )
        for grid, merges, notes in found
    ]


def decode_page(path: Path, code_page: str | None) -> WholeText:
    """Return a page's text: by its mark, by what it declares of itself, else as any text."""
    content = path.read_bytes()
    declared = DECLARED.search(content[:DECLARED_WITHIN])
    if declared and not any(content.startswith(mark) for mark, _ in BOMS):
        try:
            name = codecs.lookup(declared.group(1).decode("ascii")).name
            name = WIDER.get(name, name)
            return WholeText(content.decode(name), name)
        except (LookupError, UnicodeDecodeError):
            pass  # the page declares what does not fit: its bytes decide
    return read_text(path, code_page)


def _table(table: etree._Element, decoded: WholeText) -> tuple[Grid, list[Merge], list[str]] | None:
    grid, details = Grid(), SheetDetails()
    taken: dict[int, int] = {}
    rows = list(_rows(table))
    for place, row in enumerate(rows):
        column = 0
        for cell in row.iterchildren("td", "th"):
            while taken.get(column, 0) > place:
                column += 1
            down = min(_span(cell, "rowspan") or len(rows), len(rows) - place)
            across = min(_span(cell, "colspan") or 1, MOST_COLUMNS_SPANNED)
            value = _value(cell)
            if value != "":
                grid.put(place, column, value)
            if down > 1 or across > 1:
                merge = Merge(place + 1, place + down, column, column + across - 1)
                details.merges.append(merge)
            for covered in range(column, column + across):
                taken[covered] = place + down
            column += across
        if place in grid.rows and HIDDEN.search(row.get("style", "")):
            details.hidden_rows.append(place)
    if not grid.rows:
        return None
    notes = warnings("", details, ())
    return grid, details.merges, [*decoded.warnings, *notes]


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a table, not those of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from child.iterchildren("tr")


def _value(cell: etree._Element) -> Any:  # noqa: ANN401
    """Return the number that a cell states beside its text, or the text."""
    shown = " ".join("".join(_texts(cell)).split())
    stated = next(filter(None, map(cell.get, NUMBER_ATTRIBUTES)), None)
    if stated is None:
        return shown
    try:
        number = float(stated)
    except ValueError:
        return shown
    return number if _shows(shown, number) else shown


def _shows(shown: str, number: float) -> bool:
    """Whether a text shows a number; dates and errors have one beside them too (38721, 0)."""
    if not SHOWN_NUMBER.fullmatch(shown):
        return False
    digits, own = (
        "".join(filter(str.isdecimal, text)).strip("0")[:AGREEING_DIGITS]
        for text in (shown, plain_number(number))
    )
    alike = bool(digits) == bool(own)  # both zero, or neither
    return alike and (digits.startswith(own) or own.startswith(digits))


def _texts(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag not in NOT_TEXT:
            yield from _texts(child)
        if child.tag in BREAKS:
            yield " "
        yield child.tail or ""


def _span(cell: etree._Element, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return int(text) if text.isdecimal() and len(text) < 10 else 1
