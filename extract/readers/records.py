"""All records of one sheet, wherever they lie: in memory as Arrow, or still in the file.

A relation of records has `record_number` (bigint, from 1, without gaps: blank lines count) and
`c0`, `c1` … (varchar; null where a record is short). It may also have `m0`, `m1` … (boolean): true
where the cell was no text but a number or a date of the format itself, written here in canonical
form (decimal point, no grouping, ISO date), so that no convention of the office applies to it.
And it may have `f0`, `f1` … (varchar): what the number format of the cell shows beside its number,
mostly a currency.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa

if TYPE_CHECKING:  # the child process that parses a file has no use for it
    import duckdb

RECORD_NUMBER = "record_number"


class Records(Protocol):
    """Where the records of one sheet come from."""

    @property
    def width(self) -> int:
        """Number of cells of the widest record."""

    @property
    def size_bytes(self) -> int:
        """What the records take, in memory or in their file."""

    def bind(self, connection: "duckdb.DuckDBPyConnection", name: str) -> None:
        """Make the relation known to a connection under a name; nothing is copied yet."""

    def head(self, count: int) -> list[list[str]]:
        """Return the first records as lists of text, each as long as the widest; null is ``""``."""

    def rows(self) -> list[tuple[str | None, ...]]:
        """Return every record in order, each as long as the widest."""


@dataclass(frozen=True, slots=True)
class ArrowRecords:
    """Records in memory: what spreadsheets and damaged text files give."""

    table: pa.Table

    @property
    def width(self) -> int:
        """Number of `c` columns."""
        return sum(name.startswith("c") for name in self.table.column_names)

    @property
    def size_bytes(self) -> int:
        """What the Arrow table takes."""
        return int(self.table.nbytes)

    def bind(self, connection: "duckdb.DuckDBPyConnection", name: str) -> None:
        """Register the Arrow table, also where another file's records were a view of that name."""
        connection.execute(f"drop view if exists {name}")
        connection.register(name, self.table)

    def below(self, record: int) -> "ArrowRecords | None":
        """Return the records below one, without copying them; None if they are not in order."""
        numbers = self.table[RECORD_NUMBER].to_numpy()
        if (numbers[1:] <= numbers[:-1]).any():
            return None
        return ArrowRecords(self.table.slice(int(numbers.searchsorted(record, side="right"))))

    def head(self, count: int) -> list[list[str]]:
        """Return the first records as text."""
        names = [f"c{position}" for position in range(self.width)]
        columns = self.table.slice(0, count).select(names).to_pydict().values()
        return [
            ["" if cell is None else cell for cell in row] for row in zip(*columns, strict=True)
        ]

    def rows(self) -> list[tuple[str | None, ...]]:
        """Return every record; not by way of DuckDB, which buffers megabytes for each column."""
        names = [f"c{position}" for position in range(self.width)]
        return list(zip(*(self.table.column(name).to_pylist() for name in names), strict=True))


def arrow_records(numbers: Sequence[int], columns: Sequence[Sequence[Any]]) -> pa.Table:
    """Return records in the shape that `ArrowRecords` holds."""
    arrays = [pa.array(numbers, pa.int64()), *(pa.array(column, pa.string()) for column in columns)]
    return pa.Table.from_arrays(arrays, [RECORD_NUMBER, *(f"c{i}" for i in range(len(columns)))])
