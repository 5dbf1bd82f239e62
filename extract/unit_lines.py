"""Lines beside a table that say what its amounts are worth: "All figures in thousands of euros"."""

import json
from collections.abc import Sequence
from dataclasses import replace

import duckdb

from extract.errors import RefusedFileError
from extract.mapping import AMOUNTS, Column, MappedTable
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
        unit = _agreed(table, stated)
        texts = dict.fromkeys(repr(line.strip()) for line, _ in stated)
        note = f"amounts are read as the line beside the table says: {', '.join(texts)}"
        if unit.multiplier == 1 and "currency_code" in table.fields:
            note = (
                f"the line beside the table states a currency: {', '.join(texts)}; the currency of "
                "each row counts, check that it is the same"
            )
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
        "with data as (select min(record_number) as first, max(record_number) as last "
        "from fields where kind = 'data') select raw_cells, record_number between first and last "
        "from fields, data where kind = 'note' or kind = 'total' and "
        "not regexp_matches(raw_cells, '[0-9]') order by record_number limit ?",
        [NOTES_AT_MOST],
    ).fetchall()
    cells = [
        (cell, is_inside)
        for raw, is_inside in rows
        for cell in json.loads(raw)
        if cell and cell.strip()
    ]
    _refuse_change_of_unit(table, units, [cell for cell, is_inside in cells if is_inside])
    known = any(column.multiplier != 1 for column in table.columns)
    return None if known else unit_of_lines(table, units, [cell for cell, _ in cells])


def _agreed(table: MappedTable, stated: Sequence[tuple[str, Unit]]) -> Unit:
    """Return what lines say together: one a currency, another a multiplier.

    Raises:
        RefusedFileError: they contradict each other.
    """
    multipliers = {unit.multiplier: line for line, unit in stated if unit.multiplier != 1}
    currencies = {unit.currency_code: line for line, unit in stated if unit.currency_code}
    for said in (multipliers, {} if "currency_code" in table.fields else currencies):
        if len(said) > 1:
            raise _compete(*list(said.values())[:2])
    return Unit(next(iter(multipliers), 1), next(iter(currencies), None), "", says_something=True)


def _refuse_change_of_unit(table: MappedTable, units: UnitWords, inside: Sequence[str]) -> None:
    """Refuse a table in the middle of which a line gives what follows another unit.

    Raises:
        RefusedFileError: rows above and below that line would be read alike.
    """
    amounts = [column for column in table.columns if column.field in AMOUNTS]
    known = {column.multiplier for column in amounts} - {1}
    currencies = {column.currency_code for column in amounts} - {None}
    for line in inside:
        unit = units.of_title(line) or units.find(line)
        is_caption = unit.currency_code is not None or units.of_title(line) is not None
        if is_caption and unit.multiplier not in {1, *known}:
            raise _compete(line, "the rows above it")
        has_column = "currency_code" in table.fields
        if (
            units.of_title(line)
            and not has_column
            and unit.currency_code not in {None, *currencies}
        ):
            raise _compete(line, "the rows above it")


def _compete(one: str, other: str) -> RefusedFileError:
    return RefusedFileError(
        "units_compete",
        f"{one.strip()!r} and {other.strip()!r} give the amounts of one table different units: "
        "say the unit in the header of the amounts, and send one table for each unit",
    )


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
