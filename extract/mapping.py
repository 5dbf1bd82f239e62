"""Which header is which field: the column maps of the configuration applied to one table."""

from dataclasses import dataclass

import pandas as pd

from approvals.contracts import REQUIRED_FIELDS
from extract.errors import RefusedFileError
from extract.folding import fold
from extract.readers.table import RawTable

HEADER_SEARCH_RECORDS = 60
UNMAPPED_ON_PURPOSE = "-"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its place, its header, its field (None: no alias maps it)."""

    position: int
    header: str
    field: str | None
    priority: int = 1
    multiplier: int = 1
    """What one unit of its numbers is worth: 1000 under a header like "US$ thousands"."""
    currency_code: str | None = None
    """The currency that the header itself states, or None."""


@dataclass(frozen=True, slots=True)
class MappedTable:
    """A table whose header was found and whose columns have fields of one dataset."""

    raw: RawTable
    dataset: str
    header_row: int
    columns: tuple[Column, ...]

    @property
    def fields(self) -> frozenset[str]:
        """Return the fields that some column gives."""
        return frozenset(column.field for column in self.columns if column.field)

    def positions(self, field: str) -> list[int]:
        """Return the columns that give a field, the preferred one first."""
        mapped = [column for column in self.columns if column.field == field]
        return [
            column.position for column in sorted(mapped, key=lambda c: (c.priority, c.position))
        ]


class ColumnMaps:
    """The aliases that hold for one office, by dataset."""

    def __init__(self, table: pd.DataFrame, office_id: str) -> None:
        """Keep the aliases of every office and those of this one; its own win."""
        rows = table[table["office_id"].isin(["", office_id])].sort_values("office_id")
        self._aliases: dict[str, dict[str, tuple[str, int]]] = {
            name: {} for name in REQUIRED_FIELDS
        }
        for dataset, field, alias, priority in zip(
            rows["dataset"], rows["field"], rows["alias"], rows["priority"], strict=True
        ):
            self._aliases[dataset][fold(alias)] = (field, int(priority or 1))

    def map_table(self, raw: RawTable) -> MappedTable | None:
        """Return the table with its header found, or None if no record is a header.

        The header is the record with the most mapped cells among the first ones; the first such
        record wins. A dataset qualifies when all its required fields are there.
        """
        best: MappedTable | None = None
        best_score = 0
        for row, cells in enumerate(raw.sample(HEADER_SEARCH_RECORDS), start=1):
            for dataset in REQUIRED_FIELDS:
                columns = self._columns(dataset, cells)
                fields = {column.field for column in columns} - {None}
                score = len(fields)
                if score > best_score and fields.issuperset(REQUIRED_FIELDS[dataset]):
                    best, best_score = MappedTable(raw, dataset, row, columns), score
        return best

    def closest_header(self, raw: RawTable) -> tuple[list[str], str, list[str]]:
        """Return the record most like a header, the dataset it resembles, and what it lacks."""
        candidates = []
        for cells in raw.sample(HEADER_SEARCH_RECORDS):
            for dataset, required in REQUIRED_FIELDS.items():
                fields = {column.field for column in self._columns(dataset, cells)}
                missing = [field for field in required if field not in fields]
                candidates.append((len(fields - {None}), -len(missing), cells, dataset, missing))
        best = max(candidates, key=lambda c: c[:2], default=(0, 0, [], "approvals", []))
        return best[2], best[3], best[4]

    def _columns(self, dataset: str, cells: list[str]) -> tuple[Column, ...]:
        aliases = self._aliases[dataset]
        columns = []
        for position, header in enumerate(cells):
            field, priority = aliases.get(fold(header), (None, 1))
            mapped = None if field == UNMAPPED_ON_PURPOSE else field
            columns.append(Column(position, header.strip(), mapped, priority))
        return tuple(columns)


def map_file(tables: list[RawTable], maps: ColumnMaps, name: str) -> MappedTable:
    """Return the first table of the file that is an export.

    Raises:
        RefusedFileError: no sheet has a header; the message lists the missing columns by name.
    """
    for raw in tables:
        mapped = maps.map_table(raw)
        if mapped:
            return mapped
    cells, dataset, missing = maps.closest_header(tables[0])
    seen = ", ".join(repr(cell) for cell in cells if cell.strip()) or "nothing"
    raise RefusedFileError(
        "header_not_found",
        f"{name}: no header was found. The closest record reads {seen}; for {dataset} it lacks "
        f"{', '.join(missing)}. Add the headers as aliases to column_maps/{dataset}.csv",
    )
