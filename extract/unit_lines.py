"""Lines beside a table that say what its amounts are worth: "All figures in thousands of euros"."""

import json
from collections.abc import Sequence
from dataclasses import replace

import duckdb

from extract.mapping import Column, MappedTable
from extract.units import Unit, UnitWords

NOTES_AT_MOST = 100


def unit_of_lines(table: MappedTable, units: UnitWords, lines: Sequence[str]) -> MappedTable | None:
    """Return the table with the unit that a line states, or warned of one that may; else None.

    Args:
        table: a mapped table; what its own headers say stays.
        units: the words for units.
        lines: the texts of cells above or below the table.
    """
    stated = [(line, unit) for line in lines if (unit := units.of_title(line))]
    if stated:
        line, unit = stated[0]
        note = f"amounts are read as the line beside the table says: {line.strip()!r}"
        columns = tuple(_with(column, unit, table) for column in table.columns)
        return replace(table, columns=columns, notes=(*table.notes, note))
    line = next((line for line in lines if units.mentions_multiplier(line)), "")
    if not line:
        return None
    note = (
        f"the line beside the table {line.strip()!r} may speak of a unit: amounts are read as "
        "written; if they are thousands, say so in the header, such as 'Amount (US$ thousands)'"
    )
    return replace(table, notes=(*table.notes, note))


def unit_below(
    connection: duckdb.DuckDBPyConnection, table: MappedTable, units: UnitWords
) -> MappedTable | None:
    """Return the table with what the notes inside and below it say of its amounts, or None.

    Args:
        connection: holds the relation `fields` of this very table.
        table: the table.
        units: the words for units.
    """
    rows = connection.execute(
        "select raw_cells from fields where kind = 'note' order by record_number limit ?",
        [NOTES_AT_MOST],
    ).fetchall()
    cells = [cell for (raw,) in rows for cell in json.loads(raw) if cell and cell.strip()]
    known = any(column.multiplier != 1 for column in table.columns)
    return None if known else unit_of_lines(table, units, cells)


def _with(column: Column, unit: Unit, table: MappedTable) -> Column:
    """Return an amount's column with the unit, as far as its own header says nothing."""
    if column.field != "amount_original":
        return column
    currency = None if "currency_code" in table.fields else unit.currency_code
    return replace(
        column,
        multiplier=unit.multiplier if column.multiplier == 1 else column.multiplier,
        currency_code=column.currency_code or currency,
    )
