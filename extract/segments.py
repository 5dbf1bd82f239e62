"""Parts of a sheet as records of their own.

A table ends where the next one begins, and the value of a merged cell holds for every record of
the merge.
"""

from dataclasses import dataclass, replace
from typing import Any

import duckdb
import pyarrow as pa

from extract.mapping import AMOUNTS, Column, MappedTable, settle_amounts
from extract.readers.records import ArrowRecords, Records
from extract.readers.table import Merge
from extract.sheet_columns import column_letters


@dataclass(frozen=True, slots=True)
class Segment:
    """The records of a sheet from one number to another; the numbers stay those of the sheet."""

    whole: Records
    first: int
    last: int | None
    """None: to the end."""

    @property
    def width(self) -> int:
        """Number of cells of the sheet's widest record."""
        return self.whole.width

    @property
    def size_bytes(self) -> int:
        """What the whole sheet takes."""
        return self.whole.size_bytes

    def bind(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        """Make the part known as a view over the whole."""
        self.whole.bind(connection, f"whole_{name}")
        until = f"and record_number <= {self.last:d}" if self.last is not None else ""
        connection.execute(
            f"create or replace temp view {name} as select * from whole_{name} "
            f"where record_number >= {self.first:d} {until}"
        )

    def head(self, count: int) -> list[list[str]]:
        """Return the first records of the part."""
        last = self.first - 1 + count
        last = last if self.last is None else min(last, self.last)
        return self.whole.head(last)[self.first - 1 :]

    def rows(self) -> list[tuple[str | None, ...]]:
        """Return every record of the part."""
        return self.whole.rows()[self.first - 1 : self.last]


@dataclass(frozen=True, slots=True)
class Window:
    """Some neighbouring columns of a sheet, counted from 0 again."""

    whole: Records
    first: int
    width: int

    @property
    def size_bytes(self) -> int:
        """What the whole sheet takes."""
        return self.whole.size_bytes

    def bind(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        """Make the columns known as a view over the whole."""
        self.whole.bind(connection, f"sheet_{name}")
        known = {row[0] for row in connection.execute(f"describe sheet_{name}").fetchall()}
        columns = [
            f"{kind}{self.first + place} as {kind}{place}"
            for kind in "cmf"
            for place in range(self.width)
            if f"{kind}{self.first + place}" in known
        ]
        connection.execute(
            f"create or replace temp view {name} as "
            f"select record_number, {', '.join(columns)} from sheet_{name}"
        )

    def rows(self) -> list[tuple[str | None, ...]]:
        """Return every record, its columns only."""
        return [row[self.first : self.first + self.width] for row in self.whole.rows()]

    def head(self, count: int) -> list[list[str]]:
        """Return the columns of the first records."""
        return [row[self.first : self.first + self.width] for row in self.whole.head(count)]


def side_by_side(table: MappedTable, required: frozenset[str]) -> list[MappedTable]:
    """Return the tables that stand beside each other under one header, parted by blank columns.

    Each is named like a range of the sheet, `Sheet1!F:J`, so that its rows can be told apart.
    """
    groups: list[list[Column]] = []
    for column in table.columns:
        if column.header and (not groups or not groups[-1]):
            groups[-1:] = [[column]]
        elif column.header:
            groups[-1].append(column)
        elif groups and groups[-1]:
            groups.append([])
    settled = [settle_amounts(tuple(group)) for group in groups]
    whole = [group for group in settled if required <= {column.field for column in group}]
    if len(whole) < 2:
        return [table]
    return [_columns_of(table, group) for group in whole]


def _columns_of(table: MappedTable, group: tuple[Column, ...]) -> MappedTable:
    first, last = group[0].position, group[-1].position
    raw = table.raw
    merges = tuple(
        replace(m, first_column=m.first_column - first, last_column=m.last_column - first)
        for m in raw.merges
        if first <= m.first_column <= last
    )
    window = replace(
        raw,
        sheet_name=f"{raw.sheet_name}!{column_letters(first)}:{column_letters(last)}",
        records=Window(raw.records, first, last - first + 1),
        merges=merges,
    )
    columns = tuple(replace(column, position=column.position - first) for column in group)
    return replace(table, raw=window, columns=columns)


def cut(table: MappedTable, last: int | None) -> MappedTable:
    """Return the table from its header to a record; records above and below are not its own."""
    first = table.header_row - table.header_rows + 1
    if first <= 1 and last is None:
        return table
    whole = table.raw.records
    whole = whole.whole if isinstance(whole, Segment) else whole
    return replace(table, raw=replace(table.raw, records=Segment(whole, max(first, 1), last)))


def fill_merges(table: MappedTable) -> MappedTable:
    """Let a cell merged over several records hold for each of them, but for amounts.

    An amount merged over three records is one amount: it stays with the first, and the others
    wait in quarantine without one.
    """
    records = table.raw.records
    fields = {c.position: c.field for c in table.columns if c.field not in AMOUNTS}
    merges = [
        merge
        for merge in table.raw.merges
        if merge.last_record > max(merge.first_record, table.header_row)
        and merge.first_column in fields
    ]
    if not merges or not isinstance(records, ArrowRecords):
        return table
    filled = ArrowRecords(_filled(records.table, merges))
    return replace(table, raw=replace(table.raw, records=filled))


def _filled(records: pa.Table, merges: list[Merge]) -> pa.Table:
    """Return the records with the columns rewritten that have such merges."""
    for column in sorted({merge.first_column for merge in merges}):
        for name in (f"c{column}", f"m{column}"):
            if name not in records.column_names:
                continue
            cells: list[Any] = records[name].to_pylist()
            for merge in merges:
                if merge.first_column == column:
                    value = cells[merge.first_record - 1]
                    count = merge.last_record - merge.first_record + 1
                    cells[merge.first_record - 1 : merge.last_record] = [value] * count
            place = records.column_names.index(name)
            records = records.set_column(place, name, pa.array(cells, records[name].type))
    return records
