"""How the columns of a table write numbers, dates and words, decided for each column as a whole.

DuckDB tells which cells need no second look and lists the notations of the others; they are read
one by one (`extract.values`), and what they say goes back for DuckDB to look up.
"""

from dataclasses import dataclass

import duckdb
import pyarrow as pa

from approvals.contracts import DATASETS
from approvals.offices import Office
from extract.expressions import (
    date_key,
    is_plain_date,
    is_plain_number,
    number_key,
    western_digits,
)
from extract.fields import WORDS
from extract.mapping import MappedTable
from extract.readings import of_dates, of_numbers, of_words, set_readings
from extract.relation import columns_of
from extract.shown_currencies import shown_readings
from extract.values.currencies import Currencies
from extract.values.date_columns import DateColumn, decide_orders
from extract.values.number_columns import NumberColumn, decide_signs
from extract.values.numbers import read_notation
from extract.words_of_office import OfficeWords

TYPED_KINDS = "('data', 'total')"
"""Kinds of records whose numbers are read."""

READINGS_AT_MOST = 60_000
"""Different texts of one field that are read; there are fewer days in a century. What is beyond
them is damaged and counts as unreadable."""


@dataclass(frozen=True, slots=True)
class Conventions:
    """What holds for the columns of one table."""

    decimal_signs: dict[str, str | None]
    """Field with numbers → decimal sign, as far as one is known."""
    date_orders: dict[str, str | None]
    """Field with dates → order of day and month, as far as one is known."""
    plain: tuple[str, ...]
    """Fields of which every cell is a plain number or an ISO date."""
    warnings: tuple[str, ...]


def decide(
    connection: duckdb.DuckDBPyConnection, table: MappedTable, office: Office, words: OfficeWords
) -> Conventions:
    """Return the conventions of the relation `fields`, with a warning for each doubt.

    Sets what each notation, date and word of the table says (`extract.readings`).

    Args:
        connection: holds the relation `fields`.
        table: the mapped table.
        office: declares what holds where the values prove nothing.
        words: the words of the office.
    """
    numbers, dates = number_and_date_fields(table)
    names = columns_of(connection, "fields")
    machine = machine_fields(names)
    plain, pointed = _plain(connection, numbers, dates, machine)
    keys = {
        name: number_key(western_digits(f"{name}_text")) for name in numbers if name not in plain
    }
    keys |= {name: date_key(f"{name}_text") for name in dates if name not in plain}
    coded = sorted(table.fields & WORDS)
    keys |= {name: f"{name}_text" for name in coded}
    listed = _listed(connection, keys, machine & set(numbers))
    language = office.language or table.language
    columns = [
        _with_plain(_number_column(name, listed.get(name, {}), language), pointed)
        for name in numbers
    ]
    epoch = table.raw.date_epoch
    days = [DateColumn.of(name, listed.get(name, {}), epoch, office.date_order) for name in dates]
    signs = decide_signs(columns, office.decimal_sign)
    orders = decide_orders(days, table.language or office.language)
    currencies = Currencies(office, words.currencies)
    said = of_numbers(columns, signs, currencies) + of_dates(days, orders)
    said += of_words({name: listed[name] for name in coded}, words, currencies)
    said += shown_readings(connection, names, currencies)
    set_readings(connection, said)
    doubts = [d.warning for d in signs.values()] + [d.warning for d in orders.values()]
    return Conventions(
        decimal_signs={name: decision.sign for name, decision in signs.items()},
        date_orders={name: decision.order for name, decision in orders.items()},
        plain=tuple(sorted(plain)),
        warnings=(*_units(table), *filter(None, doubts)),
    )


def number_and_date_fields(table: MappedTable) -> tuple[list[str], list[str]]:
    """Return the fields of a table that are numbers, and those that are dates."""
    types = {name: DATASETS[table.dataset].field(name).type for name in sorted(table.fields)}
    numbers = [name for name, kind in types.items() if pa.types.is_decimal(kind)]
    return numbers, [name for name, kind in types.items() if pa.types.is_temporal(kind)]


def machine_fields(names: frozenset[str]) -> set[str]:
    """Return the fields with cells that were numbers or dates of the format itself."""
    return {name.removesuffix("_machine") for name in names if name.endswith("_machine")}


def _plain(
    connection: duckdb.DuckDBPyConnection, numbers: list[str], dates: list[str], machine: set[str]
) -> tuple[set[str], set[str]]:
    """Return the fields whose every cell is plain, and those of them that show a decimal point."""
    if not numbers and not dates:
        return set(), set()
    free = {n: f" or {n}_machine" if n in machine else "" for n in numbers}
    tests = [
        f"bool_and({n}_text is null or {is_plain_number(f'{n}_text')}{free[n]})" for n in numbers
    ]
    tests += [f"bool_and({n}_text is null or {is_plain_date(f'{n}_text')})" for n in dates]
    points = [
        f"bool_or(strpos({n}_text, '.') > 0" + (f" and not {n}_machine)" if free[n] else ")")
        for n in numbers
    ]
    row = (
        connection.execute(
            f"select {', '.join(tests + points)} from fields where kind in {TYPED_KINDS}"
        ).fetchone()
        or ()
    )
    names = [*numbers, *dates]
    plain = {name for name, is_plain in zip(names, row[: len(names)], strict=True) if is_plain}
    pointed = {n for n, has in zip(numbers, row[len(names) :], strict=True) if has}
    return plain, pointed & plain


def _listed(
    connection: duckdb.DuckDBPyConnection, keys: dict[str, str], machine: set[str]
) -> dict[str, dict[str, int]]:
    """Return for each field its different texts (or notations) with the number of cells."""
    if not keys:
        return {}
    parts = [
        f"(select '{name}' as field, {key} as text, count(*) as cells from fields "
        f"where kind in {TYPED_KINDS} and {name}_text is not null"
        + (f" and not {name}_machine" if name in machine else "")
        + f" group by text order by cells desc, text limit {READINGS_AT_MOST})"
        for name, key in keys.items()
    ]
    found: dict[str, dict[str, int]] = {name: {} for name in keys}
    for name, text, cells in connection.execute(" union all ".join(parts)).fetchall():
        found[name][text] = cells
    return found


def _number_column(name: str, keys: dict[str, int], language: str | None) -> NumberColumn:
    return NumberColumn(name, {key: read_notation(key, language) for key in keys}, keys)


def _with_plain(column: NumberColumn, pointed: set[str]) -> NumberColumn:
    """Add the one notation that a plain column with decimals proves its point by."""
    if column.field not in pointed:
        return column
    return NumberColumn(column.field, {"9.99": read_notation("9.99", None)}, {"9.99": 1})


def _units(table: MappedTable) -> list[str]:
    """Return what headers say of the numbers below them."""
    return [
        f"column {column.header!r}: every number is multiplied by {column.multiplier}"
        for column in table.columns
        if column.field and column.multiplier != 1
    ]
