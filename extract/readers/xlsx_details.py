"""Details of XLSX and XLSM workbooks, which python-calamine does not give: parsed from their XML.

Only for workbooks that `extract.readers.xlsx` leaves to python-calamine.
"""

import zipfile
from typing import IO

from lxml import etree

from extract.readers.archive_check import read_entry
from extract.readers.number_formats import Shown
from extract.readers.sheet_details import BookDetails, SheetDetails, column_number
from extract.readers.xlsx_book import BROKEN, read_book
from extract.readers.xlsx_styles import read_styles
from extract.readers.xml_streams import elements

CELL, VALUE = "*[local-name()='c']", "*[local-name()='v' or local-name()='is']"
FORMULA = "*[local-name()='f']"
IS_NUMBER = "(not(@t) or @t='n') and *"
_ODD_CELLS = etree.XPath(f"{CELL}[@t='e' or {FORMULA}]")
_HAS_VALUE = etree.XPath(f"boolean({CELL}/{VALUE})")
_POSITION = etree.XPath(f"count(preceding-sibling::{CELL})")
_VALUE = etree.XPath(f"string({VALUE})")
_IS_FORMULA = etree.XPath(f"boolean({FORMULA})")


def read_details(archive: zipfile.ZipFile) -> BookDetails:
    """Return the details of each sheet; every entry is unpacked and its CRC checked.

    Raises:
        RefusedFileError: an entry is damaged or no XML.
    """
    for entry in archive.infolist():
        read_entry(archive, entry, "spreadsheet", len)
    styles = {str(number): shown for number, shown in read_styles(archive, BROKEN).shown.items()}
    book, names = read_book(archive), set(archive.namelist())
    details = {}
    for sheet in book.sheets:
        if sheet.part in names:
            with archive.open(sheet.part) as source:
                details[sheet.name] = _read_sheet(source, styles)
    return BookDetails(book.date_epoch, details)


def _read_sheet(source: IO[bytes], styles: dict[str, Shown]) -> SheetDetails:
    details = SheetDetails()
    styled = " or ".join(f"@s='{style}'" for style in styles)
    telling_cells = etree.XPath(f"{CELL}[({styled}) and {IS_NUMBER}]") if styled else None
    row = -1
    for element in elements(source, "{*}row", "{*}col", broken=BROKEN):
        hidden = element.get("hidden") in {"1", "true"}
        if element.tag.endswith("}row") or element.tag == "row":
            stated = element.get("r", "")
            row = int(stated) - 1 if stated.isdecimal() else row + 1
            if hidden and _HAS_VALUE(element):
                details.hidden_rows.append(row)
            for cell in _ODD_CELLS(element):
                _note(details, row, cell)
            for cell in telling_cells(element) if telling_cells else ():
                details.note_shown(styles[cell.get("s")], [(row, _column(cell))])
        elif hidden:
            first, last = element.get("min", "1"), element.get("max", "1")
            if first.isdecimal() and last.isdecimal():
                details.hidden_columns.append(range(int(first) - 1, int(last)))
    return details


def _note(details: SheetDetails, row: int, cell: etree._Element) -> None:
    """Note an error, or a formula for which there is no value."""
    value, place = _VALUE(cell), (row, _column(cell))
    if cell.get("t") == "e":
        details.errors[place] = value.strip() or "#ERROR!"
    elif not value and cell.get("t") != "str" and _IS_FORMULA(cell):
        details.uncalculated.append(place)


def _column(cell: etree._Element) -> int:
    column = column_number(cell.get("r", ""))
    return column if column >= 0 else int(_POSITION(cell))
