"""Details of ODS workbooks, which python-calamine does not give: read from content.xml."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, product

from lxml import etree

from extract.errors import RefusedFileError
from extract.readers.archive_check import read_entry
from extract.readers.number_formats import NOTHING, Shown, shown_beside
from extract.readers.sheet_details import BookDetails, SheetDetails
from extract.readers.table import Merge
from extract.readers.xml_streams import elements

BROKEN = "spreadsheet_damaged"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
EXTENSION = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
MOST_ROWS = 1 << 20
MOST_REPEATED = 1 << 16
"""Cells beyond it are an area that is filled for show, not amounts."""
MANIFEST, MANIFEST_LIMIT = "META-INF/manifest.xml", 1 << 24
MORE_THAN_DIGITS = re.compile(r"[^\d.,\s'()+-]")
HIDDEN = {"collapse", "filter"}
VALUES = [f"{OFFICE}{name}" for name in ("value", "date-value", "time-value", "boolean-value")]


@dataclass(slots=True)
class _Place:
    """Where the reading stands in a sheet."""

    row: int = 0
    column: int = 0
    details: SheetDetails = field(default_factory=SheetDetails)


def read_details(archive: zipfile.ZipFile) -> BookDetails:
    """Return the details of each sheet; every entry is unpacked once and its CRC checked.

    Raises:
        RefusedFileError: an entry is damaged or no XML.
    """
    _check_entries(archive)
    sheets: dict[str, SheetDetails] = {}
    place = _Place()
    epoch = 1900
    with archive.open("content.xml") as source:
        for element in elements(
            source,
            f"{TABLE}null-date",
            f"{TABLE}table-column",
            f"{TABLE}table-row",
            f"{TABLE}table",
            broken=BROKEN,
        ):
            if element.tag == f"{TABLE}table":
                sheets[element.get(f"{TABLE}name", "")] = place.details
                place = _Place()
            elif element.tag == f"{TABLE}table-row":
                _read_row(element, place)
            elif element.tag == f"{TABLE}table-column":
                _read_column(element, place)
            elif element.get(f"{TABLE}date-value", "").startswith("1904"):
                epoch = 1904
    return BookDetails(epoch, sheets)


def _check_entries(archive: zipfile.ZipFile) -> None:
    """Read every entry to its end; refuse a workbook whose manifest says that it is encrypted."""
    for entry in archive.infolist():
        content = bytearray()
        keep = entry.filename == MANIFEST and entry.file_size < MANIFEST_LIMIT
        read_entry(archive, entry, "spreadsheet", content.extend if keep else len)
        if b"encryption-data" in content:
            raise RefusedFileError(
                "spreadsheet_encrypted",
                "the workbook is protected by a password: save it without one and send that",
            )


def _read_column(column: etree._Element, place: _Place) -> None:
    count = _repeated(column, "columns")
    if column.get(f"{TABLE}visibility") in HIDDEN:
        place.details.hidden_columns.append(range(place.column, place.column + count))
    place.column += count


def _read_row(row: etree._Element, place: _Place) -> None:
    """Note what the cells of a row say; a repeated row is one element for many rows."""
    filled = False
    for column, cell in _cells(row):
        has_content = len(cell) > 0 or any(name in cell.attrib for name in VALUES)
        filled = filled or has_content
        text = "".join(cell.itertext()).strip()
        if cell.get(f"{EXTENSION}value-type") == "error":
            place.details.errors[place.row, column] = text or "#ERROR!"
        elif (
            cell.get(f"{TABLE}formula") and not has_content and not cell.get(f"{OFFICE}value-type")
        ):
            place.details.uncalculated.append((place.row, column))
        shown = _shown(cell, text)
        if shown != NOTHING:
            place.details.note_shown(shown, _repeated_places(row, cell, place.row, column))
        merge = _merge(cell, place.row, column)
        if merge:
            place.details.merges.append(merge)
    count = _repeated(row, "rows")
    if filled and row.get(f"{TABLE}visibility") in HIDDEN:
        last = min(place.row + count, MOST_ROWS)
        place.details.hidden_rows.extend(range(place.row, last))
    place.row += count


def _shown(cell: etree._Element, text: str) -> Shown:
    """Return what a cell shows beside its number: a currency's code if stated, else its text."""
    kind = cell.get(f"{OFFICE}value-type")
    if kind == "percentage":
        return Shown(is_percent=True)
    if kind not in {"float", "currency"}:
        return NOTHING
    stated = cell.get(f"{OFFICE}currency") if kind == "currency" else None
    if stated:
        return Shown(currency=stated)
    return Shown(currency=shown_beside(text).currency) if MORE_THAN_DIGITS.search(text) else NOTHING


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    column = 0
    for cell in row.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
        yield column, cell
        column += _repeated(cell, "columns")


def _repeated_places(
    row: etree._Element, cell: etree._Element, first_row: int, first_column: int
) -> Iterator[tuple[int, int]]:
    """Yield every place of a cell that is written once for many."""
    rows = range(first_row, min(first_row + _repeated(row, "rows"), MOST_ROWS))
    columns = range(first_column, first_column + _repeated(cell, "columns"))
    return islice(product(rows, columns), MOST_REPEATED)


def _merge(cell: etree._Element, row: int, column: int) -> Merge | None:
    rows = _number(cell.get(f"{TABLE}number-rows-spanned"))
    columns = _number(cell.get(f"{TABLE}number-columns-spanned"))
    if rows == columns == 1:
        return None
    return Merge(row + 1, row + rows, column, column + columns - 1)


def _repeated(element: etree._Element, what: str) -> int:
    return _number(element.get(f"{TABLE}number-{what}-repeated"))


def _number(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdecimal() and len(text) < 10 else 1
