"""XLSX and XLSM workbooks as spreadsheet programs write them; formulas and macros are never run.

A workbook that is written in another way is not read here but by a parser: `calamine_books`.
"""

import zipfile
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pyarrow as pa

from extract.readers.archive_check import entry_chunks, read_entry
from extract.readers.sheet_tables import passed_over, sheet_table
from extract.readers.table import RawTable
from extract.readers.xlsx_book import BROKEN, Book, read_book
from extract.readers.xlsx_markup import demand
from extract.readers.xlsx_sheet import Sheet
from extract.readers.xlsx_strings import shared_strings
from extract.readers.xlsx_styles import read_styles
from extract.readers.xlsx_values import Meaning

SHEET_KINDS = {"worksheet", "chartsheet"}
"""Others, of macros and dialogs, are rare."""
AHEAD = 4
"""Chunks that are unpacked while the rows of those before them are read."""


def read_workbook(archive: zipfile.ZipFile) -> list[RawTable]:
    """Return each visible worksheet that has a cell; every entry's CRC is checked.

    Raises:
        IrregularMarkupError: the workbook is written in another way than programs mostly do.
        RefusedFileError: it is damaged, or a cell lies outside the grid.
    """
    entries = {entry.filename: entry for entry in archive.infolist()}
    demand(len(entries) == len(archive.infolist()))
    book = _read_book(archive)
    parts = [sheet.part for sheet in book.sheets if sheet.kind == "worksheet"]
    demand(len(set(parts)) == len(parts) and set(parts) <= set(entries))
    strings = bytearray()
    for name, entry in entries.items():
        if name not in parts:
            read_entry(
                archive, entry, "spreadsheet", strings.extend if name == book.strings else len
            )
    meaning = Meaning(
        read_styles(archive, BROKEN),
        shared_strings(bytes(strings)) if strings else pa.array([], pa.string()),
        book.date_epoch,
    )
    tables, hidden = [], []
    for part in book.sheets:
        if part.kind != "worksheet":
            continue
        sheet = Sheet(part.name, meaning)
        sheet.read(_ahead(entry_chunks(archive, entries[part.part], "spreadsheet")))
        records = sheet.records()
        if records and part.is_hidden:
            hidden.append(part.name)
        elif records:
            table = sheet_table(part.name, "xlsx", records, sheet.details, book.date_epoch)
            tables += [table] if table else []
    warning = passed_over(hidden_sheets=hidden)
    if tables and warning:
        tables[0] = replace(tables[0], warnings=(warning, *tables[0].warnings))
    return tables


def _read_book(archive: zipfile.ZipFile) -> Book:
    book = read_book(archive)
    demand(bool(book.sheets))
    demand(len({sheet.name for sheet in book.sheets}) == len(book.sheets))
    demand({sheet.kind for sheet in book.sheets} <= SHEET_KINDS)
    return book


def _ahead(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield chunks, the next of which are unpacked meanwhile."""
    with ThreadPoolExecutor(1, "unpacking") as pool:
        coming = deque(pool.submit(next, chunks, None) for _ in range(AHEAD))
        while (chunk := coming.popleft().result()) is not None:
            coming.append(pool.submit(next, chunks, None))
            yield chunk
