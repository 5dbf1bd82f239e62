"""What the texts of single rows say of their amounts: "Amount in thousands" in one remark.

A remark is no header: the amount is read as written, and the file is warned of. Only a part of a
text that says a unit and nothing else counts, so "Training for thousands of workers" is a title.
"""

import json
import re
from collections.abc import Iterator

import duckdb

from extract.mapping import AMOUNTS, MappedTable
from extract.profile import says_unit
from extract.units import Unit, UnitWords

ROWS_AT_MOST = 1000
SHOWN_AT_MOST = 5
PARTS = re.compile(r"[()\[\];:\n]|[.,](?!\d)| [-–—] ")
SPEAKS_OF_AMOUNTS = re.compile(r"\b(amount|montant|monto|importe|valor)", re.IGNORECASE)


def units_in_rows(
    connection: duckdb.DuckDBPyConnection, table: MappedTable, units: UnitWords
) -> list[str]:
    """Return a warning for each text of a row that says of what unit or currency its amount is.

    Args:
        connection: holds the relation `fields` of this very table.
        table: the table; its amounts, and the columns that say their units, are read elsewhere.
        units: the words for units.
    """
    if not table.fields & {*AMOUNTS}:
        return []
    currency = "currency_code_text" if "currency_code" in table.fields else "null"
    rows = connection.execute(
        f"select record_number, raw_cells, {currency} from fields where kind = 'data' "
        f"and {says_unit('raw_cells')} order by record_number limit ?",
        [ROWS_AT_MOST],
    ).fetchall()
    read = {n for c in table.columns if c.field in AMOUNTS for n in (c.position, c.unit_position)}
    found = [
        (record, cell)
        for record, raw, currency in rows
        for place, cell in enumerate(json.loads(raw))
        if place not in read and cell and _speaks_of_unit(cell, units, currency)
    ]
    return [
        f"record {record}: the text {cell.strip()!r} speaks of the unit of an amount: the amount "
        "is read as written; say the unit in its header, or in a column 'Unit' or 'Currency'"
        for record, cell in found[:SHOWN_AT_MOST]
    ]


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
