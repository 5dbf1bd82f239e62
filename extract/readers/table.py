"""What a reader gives: every record of a sheet as text, in order, with its number.

Nothing is interpreted here: no header, no type, no total. Layout and meaning come later, the same
way for every format.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from extract.readers.records import Records


@dataclass(frozen=True, slots=True)
class Merge:
    """A range of merged cells: records from 1, columns from 0, both ends included."""

    first_record: int
    last_record: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class RawTable:
    """All records of one sheet, or of a text file."""

    sheet_name: str
    """Empty for text files."""
    records: Records
    format: str
    encoding: str | None = None
    dialect: dict[str, str] | None = None
    warnings: tuple[str, ...] = field(default=())
    merges: tuple[Merge, ...] = field(default=())
    """Merged cells; only the first cell of a range has the value."""
    date_epoch: int = 1900
    """Of serial day numbers: 1900, or 1904 where the workbook says so."""
    doubtful: tuple[int, ...] = field(default=())
    """Numbers of records whose cells may stand in wrong columns: a delimiter is lost or too many,
    and no mending is certain. No amount of such a record should be trusted."""

    @property
    def width(self) -> int:
        """Number of cells of the widest record."""
        return self.records.width

    def sample(self, count: int) -> list[list[str]]:
        """Return the first records as lists of text, without the empty cells at their ends."""
        rows = self.records.head(count)
        for row in rows:
            while row and not row[-1].strip():
                row.pop()
        return rows

    def rows(self) -> list[list[str]]:
        """Return every record as a list of text, each as long as the record is in the file."""
        return [_without_missing(row) for row in self.records.rows()]


def _without_missing(row: tuple[str | None, ...]) -> list[str]:
    """Return the cells up to the last one that the record has."""
    cells = list(row)
    while cells and cells[-1] is None:
        cells.pop()
    return [cell or "" for cell in cells]


@dataclass(frozen=True, slots=True)
class Table:
    """The first table of a file, all as text; the header that was found is the first row."""

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


def read_table(path: str | Path) -> Table:
    """Return the first table of any file that the warehouse reads, every cell as text.

    A file without bytes has no table: no rows.

    Raises:
        RefusedFileError: the bytes cannot be read for certain.
    """
    from extract.readers.detection import reader_for
    from extract.readers.first_table import first_table

    source = Path(path)
    if not source.stat().st_size:
        return Table([])
    raw = reader_for(source).read(source, None)[0]
    return Table(first_table(raw.rows()))
