"""Types a small table in memory by the stages of a file: fields, conventions, rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from approvals.configuration import resolve_configuration
from approvals.offices import Office, undeclared_office
from approvals.settings import Settings
from extract.conventions import Conventions, decide
from extract.fields import create_fields
from extract.mapping import Column, MappedTable
from extract.readers.records import ArrowRecords
from extract.readers.table import RawTable
from extract.rows import Typing, create_rows
from extract.words_of_office import OfficeWords, words_of

DEFAULTS = {
    "donor_name": "Norway",
    "approval_date": "2006-03-15",
    "currency_code": "USD",
    "amount_original": "100.00",
}


@dataclass(frozen=True, slots=True)
class TypedTable:
    """What became of the rows."""

    rows: list[tuple[Any, ...]]
    reasons: list[list[str]]
    warnings: list[str | None]
    conventions: Conventions

    @property
    def values(self) -> list[Any]:
        """The first column asked for."""
        return [row[0] for row in self.rows]


def office(**changes: object) -> Office:
    """Return an office of which nothing is declared but what is given."""
    return undeclared_office("lab").model_copy(update=changes)


@cache
def _words() -> OfficeWords:
    return words_of("lab", resolve_configuration(Settings()).table("value_maps.csv"))


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"threads": 2})
    connection.execute("set TimeZone = 'UTC'")
    return connection


def type_table(
    cells: dict[str, Sequence[str | None]],
    select: str,
    of: Office | None = None,
    machine: dict[str, Sequence[bool]] | None = None,
    columns: dict[str, dict[str, object]] | None = None,
    epoch: int = 1900,
) -> TypedTable:
    """Return what columns of cells become.

    Args:
        cells: field → its cells; required fields that are missing get a clean default.
        select: the typed columns wanted.
        of: the office; nothing is declared by default.
        machine: field → which cells were numbers or dates of the format itself.
        columns: field → what its header says (multiplier, currency_code, language).
        epoch: of serial day numbers.
    """
    size = len(next(iter(cells.values())))
    whole = {name: [text] * size for name, text in DEFAULTS.items()} | dict(cells)
    mapped = tuple(
        Column(place, name, name, **(columns or {}).get(name, {}))  # type: ignore[arg-type]
        for place, name in enumerate(whole)
    )
    data = {"record_number": pa.array(range(2, size + 2), pa.int64())}
    for place, (name, texts) in enumerate(whole.items()):
        data[f"c{place}"] = pa.array(texts, pa.string())
        if name in (machine or {}):
            data[f"m{place}"] = pa.array((machine or {})[name], pa.bool_())
    raw = RawTable("", ArrowRecords(pa.table(data)), "delimited", date_epoch=epoch)
    table = MappedTable(raw, "approvals", 1, mapped)
    return _typed(table, of or office(), select)


def _typed(table: MappedTable, of: Office, select: str) -> TypedTable:
    connection = _connection()
    create_fields(connection, table)
    conventions = decide(connection, table, of, _words())
    create_rows(connection, Typing("approvals", of, conventions, table.fields))
    found = connection.execute(
        f"select reasons, warning_codes, {select} from typed order by record_number"
    ).fetchall()
    return TypedTable(
        [row[2:] for row in found], [row[0] for row in found], [r[1] for r in found], conventions
    )
