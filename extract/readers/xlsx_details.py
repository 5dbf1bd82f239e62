"""Details of XLSX and XLSM workbooks, which python-calamine does not give: read from the XML parts.

A part is parsed only if its bytes hold a sign of something to find; most hold none.
"""

import posixpath
import zipfile
from typing import IO

from lxml import etree

from extract.readers.archive_check import read_entry
from extract.readers.number_formats import Shown
from extract.readers.sheet_details import BookDetails, SheetDetails, column_number
from extract.readers.xlsx_shown import shown_cells
from extract.readers.xlsx_styles import telling_styles
from extract.readers.xml_streams import elements

BROKEN = "spreadsheet_damaged"
SIGNS = (b"hidden", b'"e"', b":f>", b"/></c>")
"""Of hidden rows and columns, errors, and formulas in forms that `_Look` does not weigh itself."""
FORMULA_END, VALUE_BEHIND, EMPTY_BEHIND = b"/f>", b"/f><v>", b"/f><v></"
SEAM = 16
"""Bytes kept from chunk to chunk: twice the longest thing that is looked for."""
WIDE = (b"\xff\xfe", b"\xfe\xff")
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
CELL, VALUE = "*[local-name()='c']", "*[local-name()='v' or local-name()='is']"
FORMULA = "*[local-name()='f']"
IS_NUMBER = "(not(@t) or @t='n') and *"
_ODD_CELLS = etree.XPath(f"{CELL}[@t='e' or {FORMULA}]")
_HAS_VALUE = etree.XPath(f"boolean({CELL}/{VALUE})")
_POSITION = etree.XPath(f"count(preceding-sibling::{CELL})")
_VALUE = etree.XPath(f"string({VALUE})")
_IS_FORMULA = etree.XPath(f"boolean({FORMULA})")


def read_details(archive: zipfile.ZipFile) -> BookDetails:
    """Return the details of each sheet; every entry is unpacked once and its CRC checked.

    Raises:
        RefusedFileError: an entry is damaged or no XML.
    """
    styles = telling_styles(archive, BROKEN)
    looks = {entry.filename: _looked(archive, entry, styles) for entry in archive.infolist()}
    sheets, epoch = _sheet_parts(archive)
    details = {
        name: _sheet(archive, part, styles, must_parse=looks[part].found)
        for name, part in sheets.items()
        if part in looks and (looks[part].found or looks[part].is_styled)
    }
    return BookDetails(epoch, details)


def _looked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, styles: dict[str, Shown]) -> "_Look":
    """Read an entry to its end and look for signs of something to find."""
    look = _Look(tuple(f's="{style}"'.encode() for style in sorted(styles)))
    read_entry(archive, entry, "spreadsheet", look)
    return look


class _Look:
    """Looks for signs in chunk after chunk, also across the seam of two."""

    def __init__(self, styles: tuple[bytes, ...]) -> None:
        self.found = False
        self.is_styled = False
        """Whether cells have a style that shows something."""
        self._styles = styles
        self._tail: bytes | None = None

    def __call__(self, chunk: bytes) -> None:
        if self.found:
            return
        if self._tail is None:
            self.found = chunk.startswith(WIDE) or b"<!DOCTYPE" in chunk[:4096]
        seen = (self._tail or b"") + chunk
        self.found = (
            self.found
            or any(sign in seen for sign in SIGNS)
            or (b"'" in chunk and (b"'e'" in seen or (b"s='" in seen and bool(self._styles))))
            or _has_formula_without_value(seen)
        )
        self.is_styled = self.is_styled or any(style in seen for style in self._styles)
        self._tail = seen[1 - SEAM :]


def _has_formula_without_value(seen: bytes) -> bool:
    """Whether some formula that ends before the seam is not followed by a value at once."""
    end = len(seen) - SEAM
    formulas = seen.count(FORMULA_END, 0, max(0, end + len(FORMULA_END)))
    if not formulas:
        return False
    values = seen.count(VALUE_BEHIND, 0, end + len(VALUE_BEHIND))
    return formulas > values - seen.count(EMPTY_BEHIND, 0, end + len(EMPTY_BEHIND))


def _sheet_parts(archive: zipfile.ZipFile) -> tuple[dict[str, str], int]:
    """Return each sheet's part by its name, and the workbook's epoch."""
    book = _book_part(archive)
    folder, file = posixpath.split(book)
    relations = f"{folder}/_rels/{file}.rels".lstrip("/")
    names = set(archive.namelist())
    if book not in names or relations not in names:
        return {}, 1900
    epoch, sheets = 1900, {}
    with archive.open(relations) as source:
        targets = {
            element.get("Id"): _joined(folder, element.get("Target", ""))
            for element in elements(source, "{*}Relationship", broken=BROKEN)
        }
    with archive.open(book) as source:
        for element in elements(source, "{*}workbookPr", "{*}sheet", broken=BROKEN):
            if element.get("date1904") in {"1", "true"}:
                epoch = 1904
            part = targets.get(element.get(RELATION) or element.get(STRICT_RELATION))
            if part:
                sheets[element.get("name", "")] = part
    return sheets, epoch


def _book_part(archive: zipfile.ZipFile) -> str:
    """Return the part that the package names as its document; nearly always xl/workbook.xml."""
    if "_rels/.rels" in archive.namelist():
        with archive.open("_rels/.rels") as source:
            for element in elements(source, "{*}Relationship", broken=BROKEN):
                if element.get("Type", "").endswith("/officeDocument"):
                    return _joined("", element.get("Target", ""))
    return "xl/workbook.xml"


def _joined(folder: str, target: str) -> str:
    joined = target if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(joined).lstrip("/")


def _sheet(
    archive: zipfile.ZipFile, part: str, styles: dict[str, Shown], *, must_parse: bool
) -> SheetDetails:
    if not must_parse:
        with archive.open(part) as source:
            found = shown_cells(source, styles)
        if found:
            return found
    with archive.open(part) as source:
        return _read_sheet(source, styles)


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
