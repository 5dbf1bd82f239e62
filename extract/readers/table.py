"""What a reader gives: every record of a sheet as text, in order, with its number.

Nothing is interpreted here: no header, no type, no total. Layout and meaning come later, the same
way for every format.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from extract.errors import RefusedFileError

XLSX_MAGIC = b"PK\x03\x04"
RECORD_NUMBER = "record_number"


@dataclass(frozen=True, slots=True)
class RawTable:
    """All records of one sheet, or of a text file."""

    sheet_name: str
    """Empty for text files."""
    records: pa.Table
    """`record_number` (int64, from 1) and `c0`, `c1` … (text; null where a record is short)."""
    format: str
    encoding: str | None = None
    dialect: dict[str, str] | None = None
    warnings: tuple[str, ...] = field(default=())

    @property
    def width(self) -> int:
        """Number of cells of the widest record."""
        return len(self.records.column_names) - 1

    def sample(self, count: int) -> list[list[str]]:
        """Return the first records as lists of text, without the empty cells at their ends."""
        columns = self.records.slice(0, count).drop_columns([RECORD_NUMBER]).to_pydict()
        rows = [
            ["" if cell is None else cell for cell in row]
            for row in zip(*columns.values(), strict=True)
        ]
        for row in rows:
            while row and not row[-1].strip():
                row.pop()
        return rows


@dataclass(frozen=True, slots=True)
class Table:
    """The first table of a file: its header and its rows, all as text."""

    header: list[str]
    rows: list[list[str]]


class Reader(Protocol):
    """Reads one format."""

    def read(self, path: Path, code_page: str | None) -> list[RawTable]:
        """Return every visible, non-empty sheet.

        Args:
            path: the landed file.
            code_page: the office's declared code page, for bytes that are not Unicode.

        Raises:
            RefusedFileError: the bytes cannot be read for certain.
        """


def reader_for(path: Path) -> Reader:
    """Return the reader for what the file contains, whatever its name says.

    Raises:
        RefusedFileError: the file is empty.
    """
    from extract.readers.delimited import DelimitedReader
    from extract.readers.spreadsheet import SpreadsheetReader

    with path.open("rb") as source:
        start = source.read(8)
    if not start:
        raise RefusedFileError("file_empty", "the file has no bytes: export it again")
    return SpreadsheetReader() if start.startswith(XLSX_MAGIC) else DelimitedReader()


def read_table(path: str | Path) -> Table:
    """Return the first table of any file that the warehouse reads, every cell as text.

    Raises:
        RefusedFileError: the bytes cannot be read for certain.
    """
    raw = reader_for(Path(path)).read(Path(path), None)[0]
    rows = raw.sample(raw.records.num_rows)
    return Table(rows[0], rows[1:]) if rows else Table([], [])


def arrow_records(numbers: Sequence[int], columns: Sequence[Sequence[Any]]) -> pa.Table:
    """Return records in the shape that `RawTable` holds."""
    arrays = [pa.array(numbers, pa.int64()), *(pa.array(column, pa.string()) for column in columns)]
    return pa.Table.from_arrays(arrays, [RECORD_NUMBER, *(f"c{i}" for i in range(len(columns)))])
