"""Workbooks as python-calamine reads them: XLS, XLSB, ODS, and XLSX that is written unusually.

It gives the cells. It aborts the process on a cell outside the grid, skips CRC checks and gives no
error of a cell, no hidden row and no formula without a value: these are read from the file itself
(`*_details`).
"""

import gc
import struct
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import olefile
import pyarrow as pa
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from extract.errors import RefusedFileError
from extract.readers import ods_details, xls_details, xlsb_details, xlsx_details
from extract.readers.archive_check import open_archive
from extract.readers.cells import batch_columns, join_batches, percentage
from extract.readers.grid import MOST_COLUMNS, MOST_ROWS, outside_grid
from extract.readers.records import ArrowRecords
from extract.readers.sheet_details import BookDetails, SheetDetails
from extract.readers.sheet_tables import passed_over, sheet_table
from extract.readers.table import Merge, RawTable

HEAD_ROWS = 64
"""The first batch: titles and headers, so that the columns of the others hold one type each."""
BATCH_ROWS = 1 << 14
MACRO_SHEETS = (SheetTypeEnum.DialogSheet, SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba)


def parse(path: Path, kind: str) -> list[RawTable]:
    """Return each visible worksheet that has a cell.

    Args:
        path: the workbook.
        kind: its format: `xls`, `xlsb`, `ods` or `xlsx`.

    Raises:
        RefusedFileError: the workbook is damaged, a bomb, or protected by a password.
    """
    with ThreadPoolExecutor(1, "details") as pool, path.open("rb") as source:
        details = pool.submit(_details, path, kind)
        try:
            book = CalamineWorkbook.from_filelike(source)  # `from_path` goes by the file's name
            tables = [
                _table(book.get_sheet_by_name(sheet.name), kind, details.result())
                for sheet in book.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible
                and sheet.typ == SheetTypeEnum.WorkSheet
            ]
            warning = _passed_over(book)
            details.result()  # also where no sheet asked for them: the file may be damaged
        except (CalamineError, PasswordError, OSError) as error:
            details.result()  # its refusal, if it has one, says more
            raise _unparsed(error) from error
    found = [table for table in tables if table]
    if found and warning:
        found[0] = replace(found[0], warnings=(warning, *found[0].warnings))
    return found


def _unparsed(error: Exception) -> RefusedFileError:
    if isinstance(error, PasswordError):
        return encrypted()
    return RefusedFileError(
        "spreadsheet_damaged", f"the workbook cannot be parsed ({error}): save it again"
    )


def encrypted() -> RefusedFileError:
    """Return the refusal of a workbook that only a password opens."""
    return RefusedFileError(
        "spreadsheet_encrypted",
        "the workbook is protected by a password: save it without one and send that",
    )


def _details(path: Path, kind: str) -> BookDetails:
    """Return the details of a workbook, from its own structure."""
    if kind == "xls":
        return _xls_details(path)
    with open_archive(path, "spreadsheet") as archive:
        match kind:
            case "ods":
                return ods_details.read_details(archive)
            case "xlsb":
                return xlsb_details.read_details(archive)
        return xlsx_details.read_details(archive)


def _xls_details(path: Path) -> BookDetails:
    try:
        with olefile.OleFileIO(path) as container:
            if container.exists("EncryptedPackage"):
                raise encrypted()
            return xls_details.read_details(container)
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise RefusedFileError(
            "spreadsheet_damaged", f"the workbook is cut or corrupt ({error}): save it again"
        ) from error


def _table(sheet: CalamineSheet, kind: str, book: BookDetails) -> RawTable | None:
    """Return a sheet's records, or None if no cell has a value."""
    details = book.of(sheet.name)
    with _no_collection():
        batches = list(_batches(sheet, details))
    if not batches:
        return None
    ranges = sheet.merged_cell_ranges or []
    merges = [Merge(top + 1, bottom + 1, left, right) for (top, left), (bottom, right) in ranges]
    details = replace(details, merges=merges or details.merges)
    return sheet_table(
        sheet.name, kind, ArrowRecords(join_batches(batches)), details, book.date_epoch
    )


@contextmanager
def _no_collection() -> Iterator[None]:
    """Look for no cycles among millions of cells: there are none, and each search visits all."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _batches(sheet: CalamineSheet, details: SheetDetails) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a sheet from the first row and column of its grid on, blank ones too."""
    if sheet.start is None or sheet.end is None:
        return
    _check_grid(sheet)
    left, width = sheet.start[1], sheet.end[1] + 1
    texts = _by_row(details)
    rows, size, first = iter(sheet.iter_rows()), HEAD_ROWS, 0
    while batch := list(islice(rows, size)):
        if left:
            batch = [[""] * left + row for row in batch]
        if texts:
            _show(batch, first, texts)
        yield batch_columns(batch, first + 1, width)
        first += len(batch)
        size = BATCH_ROWS


def _check_grid(sheet: CalamineSheet) -> None:
    row, column = sheet.end or (0, 0)
    if row >= MOST_ROWS or column >= MOST_COLUMNS:
        raise outside_grid(f"sheet {sheet.name!r}, row {row + 1}, column {column + 1}")


def _by_row(details: SheetDetails) -> dict[int, list[tuple[int, str | None]]]:
    """Return what is written into cells, by row; None: the cell's number, as a percentage."""
    texts: dict[int, list[tuple[int, str | None]]] = {}
    for row, column in details.percents:
        texts.setdefault(row, []).append((column, None))
    for (row, column), text in details.errors.items():
        texts.setdefault(row, []).append((column, text))
    return texts


def _show(
    rows: list[list[Any]], first: int, texts: dict[int, list[tuple[int, str | None]]]
) -> None:
    """Write errors and percentages into their cells: python-calamine gives neither."""
    for number, row in enumerate(rows, start=first):
        for column, text in texts.get(number, ()):
            if column < len(row):
                row[column] = percentage(row[column]) if text is None else text


def _passed_over(book: CalamineWorkbook) -> str | None:
    """Return a warning that names the sheets that hold something and are not loaded, or None."""
    hidden = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible != SheetVisibleEnum.Visible
        and sheet.typ == SheetTypeEnum.WorkSheet
        and book.get_sheet_by_name(sheet.name).start is not None
    ]
    macros = [sheet.name for sheet in book.sheets_metadata if sheet.typ in MACRO_SHEETS]
    return passed_over(hidden_sheets=hidden, macro_and_dialog_sheets=macros)
