"""Cells that arrive with their place, one by one, made into records: for markup formats."""

from dataclasses import dataclass, field
from typing import Any

from extract.errors import RefusedFileError
from extract.readers.cells import batch_columns, join_batches
from extract.readers.records import ArrowRecords

BATCH_ROWS = 1 << 14
MOST_ROWS = 1 << 20
MOST_COLUMNS = 1 << 14
CELL_LIMIT = 20_000_000


@dataclass(slots=True)
class Grid:
    """A sheet's filled cells by row and column, both from 0."""

    rows: dict[int, dict[int, Any]] = field(default_factory=dict)
    height: int = 0
    width: int = 0

    def put(self, row: int, column: int, value: Any) -> None:  # noqa: ANN401
        """Set a cell.

        Raises:
            RefusedFileError: it lies outside what any spreadsheet can hold.
        """
        if row >= MOST_ROWS or column >= MOST_COLUMNS:
            raise outside_grid(f"row {row + 1}, column {column + 1}")
        self.rows.setdefault(row, {})[column] = value
        self.height = max(self.height, row + 1)
        self.width = max(self.width, column + 1)

    def records(self) -> ArrowRecords:
        """Return all rows, blank ones too.

        Raises:
            RefusedFileError: they would fill more cells than an export can need.
        """
        if self.height * self.width > CELL_LIMIT:
            raise stray_cells(self.height, self.width)
        batches = []
        columns = range(self.width)
        for first in range(0, self.height, BATCH_ROWS):
            numbers = range(first, min(first + BATCH_ROWS, self.height))
            rows = [[self.rows.get(row, {}).get(column) for column in columns] for row in numbers]
            batches.append(batch_columns(rows, first + 1, self.width))
        return ArrowRecords(join_batches(batches))


def outside_grid(place: str) -> RefusedFileError:
    """Return the refusal of a table with a cell where no spreadsheet program can put one."""
    return RefusedFileError(
        "cell_outside_grid",
        f"{place} lies outside the grid of a spreadsheet ({MOST_ROWS} rows, {MOST_COLUMNS} "
        "columns): delete that cell, or export the table again",
    )


def stray_cells(height: int, width: int) -> RefusedFileError:
    """Return the refusal of a table that fills more cells than an export can need."""
    return RefusedFileError(
        "file_too_large",
        f"the table spans {height} rows and {width} columns: delete the stray cells far from the "
        "others",
    )
