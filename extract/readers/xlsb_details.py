"""Details of XLSB workbooks, which python-calamine does not give; a formula always has a value."""

import posixpath
import struct
import zipfile
from collections.abc import Iterator

from extract.readers.archive_check import damaged, read_entry
from extract.readers.number_formats import NOTHING, Formats, Shown
from extract.readers.sheet_details import BookDetails, SheetDetails
from extract.readers.table import Merge
from extract.readers.xls_details import ERRORS
from extract.readers.xml_streams import elements

ROW, BLANK, CELL_ERROR, FORMULA_ERROR, LAST_CELL = 0, 1, 3, 11, 11
COLUMN_INFO, BOOK_PROPERTIES, BUNDLE_SHEET, MERGE = 60, 153, 156, 176
NUMBERS = {2, 5, 9}
"""Cells with a number: RK, real, the value of a formula."""
FORMAT, STYLE, CELL_STYLES, CELL_STYLES_END = 44, 47, 617, 618
HIDDEN_ROW, HIDDEN_COLUMN, EPOCH_1904 = 0x10, 0x01, 0x01


def read_details(archive: zipfile.ZipFile) -> BookDetails:
    """Return the details of each sheet; every entry is unpacked once and its CRC checked.

    Raises:
        RefusedFileError: an entry is damaged.
    """
    parts = {entry.filename: _read(archive, entry) for entry in archive.infolist()}
    book = next(name for name in parts if name.lower().endswith("workbook.bin"))
    try:
        epoch, sheets = _book(parts, book)
        styles = _styles(parts.get(f"{posixpath.dirname(book)}/styles.bin".lstrip("/"), b""))
        return BookDetails(
            epoch,
            {name: _sheet(parts[part], styles) for name, part in sheets.items() if part in parts},
        )
    except (struct.error, IndexError) as error:
        raise damaged("spreadsheet", str(error)) from error


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    content = bytearray()
    keep = entry.filename.lower().endswith((".bin", ".rels"))
    read_entry(archive, entry, "spreadsheet", content.extend if keep else len)
    return bytes(content)


def _book(parts: dict[str, bytes], book: str) -> tuple[int, dict[str, str]]:
    """Return the epoch and each sheet's part by its name."""
    folder, file = posixpath.split(book)
    relations = parts.get(f"{folder}/_rels/{file}.rels", b"")
    targets = _targets(relations, folder) if relations else {}
    epoch, sheets = 1900, {}
    for kind, body in _records(parts[book]):
        if kind == BOOK_PROPERTIES and body[0] & EPOCH_1904:
            epoch = 1904
        elif kind == BUNDLE_SHEET:
            relation, place = _wide_text(body, 8)
            name, _ = _wide_text(body, place)
            if relation in targets:
                sheets[name] = targets[relation]
    return epoch, sheets


def _styles(content: bytes) -> dict[int, Shown]:
    """Return what each style of the cells shows; those that show something only."""
    formats, found, are_of_cells, place = Formats(), dict[int, Shown](), False, 0
    for kind, body in _records(content):
        if kind == FORMAT:
            formats.add(struct.unpack_from("<H", body)[0], _wide_text(body, 2)[0])
        elif kind in {CELL_STYLES, CELL_STYLES_END}:
            are_of_cells = kind == CELL_STYLES
        elif kind == STYLE and are_of_cells:
            shown = formats.of(struct.unpack_from("<H", body, 2)[0])
            if shown != NOTHING:
                found[place] = shown
            place += 1
    return found


def _targets(relations: bytes, folder: str) -> dict[str, str]:
    import io

    return {
        element.get("Id", ""): posixpath.normpath(
            posixpath.join("/", folder, element.get("Target", ""))
        ).lstrip("/")
        for element in elements(
            io.BytesIO(relations), "{*}Relationship", broken="spreadsheet_damaged"
        )
    }


def _wide_text(body: bytes, place: int) -> tuple[str, int]:
    """Return a text with its length before it, and the place behind it."""
    end = place + 4 + 2 * struct.unpack_from("<I", body, place)[0]
    return body[place + 4 : end].decode("utf-16-le", "replace"), end


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield type and body of each record; type and length take one byte for each seven bits."""
    place = 0
    while place < len(content):
        kind, place = content[place], place + 1
        if kind & 0x80:
            kind, place = kind & 0x7F | content[place] << 7, place + 1
        length = 0
        for shift in range(0, 28, 7):
            byte, place = content[place], place + 1
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        yield kind, content[place : place + length]
        place += length


def _sheet(content: bytes, styles: dict[int, Shown]) -> SheetDetails:
    details = SheetDetails()
    row, hidden = -1, False
    for kind, body in _records(content):
        if kind == ROW:
            row, hidden = struct.unpack_from("<I", body)[0], bool(body[11] & HIDDEN_ROW)
        elif BLANK < kind <= LAST_CELL:
            if hidden:
                details.hidden_rows.append(row)
                hidden = False
            if kind in {CELL_ERROR, FORMULA_ERROR}:
                column = struct.unpack_from("<I", body)[0]
                details.errors[row, column] = ERRORS.get(body[8], "#ERROR!")
            elif styles and kind in NUMBERS:
                column, style = struct.unpack_from("<II", body)
                if style & 0xFFFFFF in styles:
                    details.note_shown(styles[style & 0xFFFFFF], [(row, column)])
        elif kind == COLUMN_INFO and body[16] & HIDDEN_COLUMN:
            first, last = struct.unpack_from("<II", body)
            details.hidden_columns.append(range(first, last + 1))
        elif kind == MERGE:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            details.merges.append(Merge(top + 1, bottom + 1, left, right))
    return details
