"""What the texts of single rows say of their amounts: "Amount in thousands" in one remark.

A remark is no header: the amount is read as written, and the file is warned of. Only a part of a
text that says a unit and nothing else counts, so "Training for thousands of workers" is a title.
"""

import re
from collections.abc import Iterator

import duckdb

from extract.mapping import AMOUNTS, MappedTable
from extract.profile import UNITS, says_unit
from extract.units import Unit, UnitWords

ROWS_AT_MOST = 1000
"""Of those whose texts hold a word for a unit; nearly all of them are titles."""
SHOWN_AT_MOST = 5
MAYBE_UNIT = re.compile(UNITS, re.IGNORECASE)
PARTS = re.compile(r"[()\[\];:\n]|[.,](?!\d)| [-–—] ")
SPEAKS_OF_AMOUNTS = re.compile(r"\b(amount|montant|monto|importe|valor)", re.IGNORECASE)


def units_in_rows(
    connection: duckdb.DuckDBPyConnection, table: MappedTable, units: UnitWords
) -> list[str]:
    """Return a warning for each text of a row that says of what unit or currency its amount is.

    Args:
        connection: holds the relations `cells` and `fields` of this very table.
        table: the table; its amounts, and the columns that say their units, are read elsewhere.
        units: the words for units.
    """
    if not table.fields & {*AMOUNTS}:
        return []
    cells = [f"c{place}" for place in range(table.raw.width)]
    line = f"concat_ws(chr(31), {', '.join(cells)})"
    rows = connection.execute(
        f"select record_number, [{', '.join(cells)}] from cells where {says_unit(line)} limit ?",
        [ROWS_AT_MOST],
    ).fetchall()
    read = {n for c in table.columns if c.field in AMOUNTS for n in (c.position, c.unit_position)}
    currency = (*table.positions("currency_code"), None)[0]
    found = [
        (record, cell)
        for record, texts in rows
        for place, cell in enumerate(texts)
        if place not in read
        and cell
        and MAYBE_UNIT.search(cell)
        and _speaks_of_unit(cell, units, None if currency is None else texts[currency])
    ]
    data = _data_records(connection, {record for record, _ in found})
    return [
        f"record {record}: the text {cell.strip()!r} speaks of the unit of an amount: the amount "
        "is read as written; say the unit in its header, or in a column 'Unit' or 'Currency'"
        for record, cell in found
        if record in data
    ][:SHOWN_AT_MOST]


def _data_records(connection: duckdb.DuckDBPyConnection, records: set[int]) -> set[int]:
    """Return those of the records that are data: notes beside a table are read elsewhere."""
    if not records:
        return set()
    found = connection.execute(
        "select record_number from fields where kind = 'data' and record_number in "
        "(select unnest($records::bigint[]))",
        {"records": sorted(records)},
    ).fetchall()
    return {record for (record,) in found}


def _speaks_of_unit(text: str, units: UnitWords, currency: str | None) -> bool:
    """Whether a part of a text states a multiplier alone, or another currency of an amount."""
    own = units.find(currency or "").currency_code
    return any(
        unit.multiplier != 1
        or (unit.currency_code not in {None, own} and SPEAKS_OF_AMOUNTS.search(part) is not None)
        for part, unit in _stated(text, units)
    )


def _stated(text: str, units: UnitWords) -> Iterator[tuple[str, Unit]]:
    """Yield the parts of a text that say nothing but a unit."""
    for part in PARTS.split(text):
        unit = units.of_title(part)
        if unit:
            yield part, unit
