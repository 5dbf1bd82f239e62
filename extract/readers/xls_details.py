"""Details of XLS workbooks (BIFF8 and BIFF5), which python-calamine does not give.

Only the head of each record is looked at; a formula's value is always in the file.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from extract.errors import RefusedFileError
from extract.readers.number_formats import NOTHING, Formats, Shown
from extract.readers.sheet_details import BookDetails, SheetDetails

BEGIN, END, BOUND_SHEET, DATE_MODE, FILE_PASS = 0x0809, 0x000A, 0x0085, 0x0022, 0x002F
ROW, COLUMN_INFO, ERROR_CELL, FORMULA = 0x0208, 0x007D, 0x0205, 0x0006
FORMAT, STYLE, NUMBER, RK, MULTIPLE_RK = 0x041E, 0x00E0, 0x0203, 0x027E, 0x00BD
NUMBERS = {NUMBER, RK, FORMULA}
HIDDEN_ROW, HIDDEN_COLUMN = 0x20, 0x01
BIFF8 = 0x0600
CELLS = {0x0203, 0x027E, 0x00FD, 0x0204, 0x00BD, ERROR_CELL, FORMULA}
"""Records of cells with a value: NUMBER, RK, LABELSST, LABEL, MULRK, BOOLERR, FORMULA."""

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""Error code of a binary workbook → its text."""


def read_details(container: olefile.OleFileIO) -> BookDetails:
    """Return the details of each sheet.

    Raises:
        RefusedFileError: the container holds no workbook, or a protected or cut one.
    """
    name = next((name for name in ("Workbook", "Book") if container.exists(name)), None)
    if name is None:
        raise RefusedFileError(
            "format_unknown", "the file is an Office document but no workbook: export as XLSX"
        )
    try:
        content = container.openstream(name).read()
        return _read_book(content)
    except (OSError, struct.error, IndexError) as error:
        raise RefusedFileError(
            "spreadsheet_damaged", f"the workbook is cut or corrupt ({error}): save it again"
        ) from error


def _read_book(content: bytes) -> BookDetails:
    epoch, places, version = 1900, {}, BIFF8
    styles = _Styles()
    for kind, body in _records(content, 0):
        if kind == BEGIN:
            version = struct.unpack_from("<H", body)[0]
        elif kind == FILE_PASS:
            raise RefusedFileError(
                "spreadsheet_encrypted",
                "the workbook is protected by a password: save it without one and send that",
            )
        elif kind == DATE_MODE and body[:1] == b"\x01":
            epoch = 1904
        elif kind == BOUND_SHEET:
            places[_sheet_name(body, version)] = struct.unpack_from("<I", body)[0]
        elif kind == FORMAT:
            styles.formats.add(struct.unpack_from("<H", body)[0], _format_code(body, version))
        elif kind == STYLE:
            styles.numbers.append(struct.unpack_from("<H", body, 2)[0])
    shown = styles.shown()
    return BookDetails(
        epoch, {name: _sheet(content, place, shown) for name, place in places.items()}
    )


@dataclass(slots=True)
class _Styles:
    """The formats of a workbook, and which of them each style of its cells uses."""

    formats: Formats = field(default_factory=Formats)
    numbers: list[int] = field(default_factory=list)

    def shown(self) -> dict[int, Shown]:
        """Return what each style shows; those that show something only."""
        found = {place: self.formats.of(number) for place, number in enumerate(self.numbers)}
        return {place: shown for place, shown in found.items() if shown != NOTHING}


def _format_code(body: bytes, version: int) -> str:
    if version < BIFF8:
        return body[3 : 3 + body[2]].decode("cp1252", "replace")
    length = struct.unpack_from("<H", body, 2)[0]
    if body[4] & 1:
        return body[5 : 5 + 2 * length].decode("utf-16-le", "replace")
    return body[5 : 5 + length].decode("latin-1")


def _sheet_name(body: bytes, version: int) -> str:
    length = body[6]
    if version < BIFF8:
        return body[7 : 7 + length].decode("cp1252", "replace")
    if body[7] & 1:
        return body[8 : 8 + 2 * length].decode("utf-16-le", "replace")
    return body[8 : 8 + length].decode("latin-1")


def _records(content: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one substream; those of charts inside it are passed over."""
    depth = 0
    while place + 4 <= len(content):
        kind, length = struct.unpack_from("<HH", content, place)
        place += 4
        depth += (kind == BEGIN) - (kind == END)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, content[place : place + length]
        place += length


def _sheet(content: bytes, place: int, styles: dict[int, Shown]) -> SheetDetails:
    details = SheetDetails()
    hidden: set[int] = set()
    filled: set[int] = set()
    for kind, body in _records(content, place):
        if kind == ROW and body[12] & HIDDEN_ROW:
            hidden.add(struct.unpack_from("<H", body)[0])
        elif kind == COLUMN_INFO and body[8] & HIDDEN_COLUMN:
            first, last = struct.unpack_from("<HH", body)
            details.hidden_columns.append(range(first, last + 1))
        elif kind in CELLS:
            row, column = struct.unpack_from("<HH", body)
            filled.add(row)
            error = _error(kind, body)
            if error:
                details.errors[row, column] = error
            elif styles:
                _note_shown(details, kind, body, styles)
    details.hidden_rows = sorted(hidden & filled)
    return details


def _note_shown(details: SheetDetails, kind: int, body: bytes, styles: dict[int, Shown]) -> None:
    """Note what the formats of a cell, or of a run of cells, show beside their numbers."""
    row, column, style = struct.unpack_from("<HHH", body)
    is_text = kind == FORMULA and body[12:14] == b"\xff\xff"
    if kind in NUMBERS and style in styles and not is_text:
        details.note_shown(styles[style], [(row, column)])
    elif kind == MULTIPLE_RK:
        for place, start in enumerate(range(4, len(body) - 6, 6)):
            (style,) = struct.unpack_from("<H", body, start)
            if style in styles:
                details.note_shown(styles[style], [(row, column + place)])


def _error(kind: int, body: bytes) -> str | None:
    if kind == ERROR_CELL and body[7]:
        return ERRORS.get(body[6], "#ERROR!")
    if kind == FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return ERRORS.get(body[8], "#ERROR!")
    return None
