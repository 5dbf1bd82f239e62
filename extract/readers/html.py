"""Tables of HTML pages, which many systems send under the name .xls; nothing is fetched or run."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree

from extract.errors import RefusedFileError
from extract.readers.cells import percentage, plain_number
from extract.readers.encoding import BOMS
from extract.readers.grid import Grid
from extract.readers.html_shown import hides_text, is_hidden, is_inside_hidden, shown_text
from extract.readers.html_whole import cut_warning
from extract.readers.number_formats import shown_beside
from extract.readers.sheet_details import SheetDetails, warnings
from extract.readers.shown_currencies import with_currencies
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
NUMBER_ATTRIBUTES = ("x:num", "sdval")
"""Where Excel and LibreOffice write the number itself beside the text that they show."""
SHOWN_NUMBER = re.compile(r"[^\d#]{0,8}\d[\d.,\s'’]*[^\d/:#-]{0,8}")
AGREEING_DIGITS = 3


def parse(path: Path, code_page: str | None) -> list[RawTable]:
    """Return each table of the page that has a cell; a table inside a cell is one of its own.

    Raises:
        RefusedFileError: the page has no table, is cut, or its bytes fit no encoding.
    """
    decoded = decode_page(path, code_page)
    cut = cut_warning(decoded.text)
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
    tables = list(page.iter("table"))
    shown = [table for table in tables if not is_inside_hidden(table)] or tables
    found = [table for table in (_table(table, decoded) for table in shown) if table]
    if len(found) > 1:
        found = [
            replace(table, sheet_name=f"table {number}") for number, table in enumerate(found, 1)
        ]
    if found:
        notes = [cut] if cut else []
        if len(shown) < len(tables):
            notes.append(f"not loaded: {len(tables) - len(shown)} hidden tables of the page")
        found[0] = replace(found[0], warnings=(*notes, *found[0].warnings))
    return found


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


def _table(table: etree._Element, decoded: WholeText) -> RawTable | None:
    """Return the records of a table, or None if no cell has a value."""
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
            value = _value_as_shown(cell, place, column, details)
            if value != "":
                grid.put(place, column, value)
                _note_hidden(cell, place, column, details)
            if down > 1 or across > 1:
                merge = Merge(place + 1, place + down, column, column + across - 1)
                details.merges.append(merge)
            for covered in range(column, column + across):
                taken[covered] = place + down
            column += across
        if place in grid.rows and is_hidden(row):
            details.hidden_rows.append(place)
    if not grid.rows:
        return None
    return RawTable(
        sheet_name="",
        records=with_currencies(grid.records(), details),
        format="html",
        encoding=decoded.encoding,
        warnings=(*decoded.warnings, *warnings("", details, range(grid.width))),
        merges=tuple(details.merges),
    )


def _note_hidden(cell: etree._Element, row: int, column: int, details: SheetDetails) -> None:
    """Note what a cell hides: itself, or text inside it, which is left out."""
    if is_hidden(cell):
        details.hidden_columns.append(range(column, column + 1))
    if hides_text(cell):
        details.hidden_texts.append((row, column))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a table, not those of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from child.iterchildren("tr")


def _value_as_shown(cell: etree._Element, row: int, column: int, details: SheetDetails) -> Any:  # noqa: ANN401
    """Return a cell's value; note what its text shows beside a number, such as a currency."""
    value = _value(cell)
    if not isinstance(value, float):
        return value
    shown = shown_beside(shown_text(cell))
    details.note_shown(shown, [(row, column)])
    return percentage(value) if shown.is_percent else value


def _value(cell: etree._Element) -> Any:  # noqa: ANN401
    """Return the number that a cell states beside its text, or the text."""
    shown = shown_text(cell)
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


def _span(cell: etree._Element, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return int(text) if text.isdecimal() and len(text) < 10 else 1
