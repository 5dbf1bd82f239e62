"""SQL for the value of each field of a row, and for what is wrong with it."""

from dataclasses import dataclass, replace

import pyarrow as pa

from approvals.contracts import DATASETS
from approvals.offices import Office
from extract.conventions import Conventions
from extract.expressions import (
    date_key,
    exact_number,
    number_digits,
    number_key,
    number_value,
    western_digits,
)
from extract.fields import CODED_FIELDS
from extract.lake_types import literal, sql_type
from extract.readings import CURRENCY

NOTHING = "cast(null as varchar)"


@dataclass(frozen=True, slots=True)
class Typing:
    """What it takes to type the fields of one table."""

    dataset: str
    office: Office
    conventions: Conventions
    mapped: frozenset[str]
    """The fields that some column of the file gives."""
    has_misplaced: bool = False
    """Whether `misplaced_records` names rows that wait whatever they say."""


@dataclass(frozen=True, slots=True)
class Value:
    """SQL for one field."""

    value: str
    problem: str = NOTHING
    """`missing`, `unreadable`, `ambiguous` …; NULL where the value is as stated."""
    note: str = NOTHING
    key: str = ""
    """What the field's readings are looked up by; empty if it has none."""
    latin: str = ""
    """SQL for the column `latin_<field>`, which the key is made of; computed once."""
    digits: str = ""
    """SQL for the column `digits_<field>`, made of that and of what the key says."""
    is_exact: bool = False
    """A number of at most sixteen digits before the point and two behind it."""


def field_value(field: str, typing: Typing, columns: frozenset[str]) -> Value:
    """Return SQL for a field's value."""
    kind = DATASETS[typing.dataset].field(field).type
    if field in CODED_FIELDS or field == CURRENCY:
        return _coded(field, typing)
    if pa.types.is_string(kind):
        return _free_text(field, columns)
    if field not in typing.mapped:
        return Value(f"cast(null as {sql_type(kind)})")
    is_plain = field in typing.conventions.plain
    if pa.types.is_decimal(kind):
        return _number(field, is_plain, f"{field}_machine" in columns)
    return _day(field, kind, is_plain)


def _free_text(field: str, columns: frozenset[str]) -> Value:
    """Return SQL for a text: an error of a spreadsheet is none."""
    text, error = f"{field}_text", f"{field}_error"
    if error not in columns:
        return Value(text)
    return Value(f"case when not {error} then {text} end", f"case when {error} then 'error' end")


def _number(field: str, is_plain: bool, is_machine: bool) -> Value:
    text = f"{field}_text"
    exact = exact_number(text)
    if is_plain:
        if is_machine:
            return Value(exact)
        return Value(f"try_cast({text} as decimal(18, 2))", is_exact=True)
    reading, latin, digits = f"read_{field}", f"latin_{field}", f"digits_{field}"
    key, value = number_key(latin), number_value(latin, reading, digits)
    if is_machine:
        key = f"case when {field}_machine then null else {key} end"
        value = f"case when {field}_machine then {exact} else {value} end"
    return Value(
        value,
        f"{reading}.problem",
        f"{reading}.note",
        key,
        western_digits(text),
        number_digits(latin, reading),
    )


def multiplied(value: Value, field: str) -> Value:
    """Apply the unit of the header; a unit in the cell too would be one too many."""
    units = f"{field}_multiplier <> 1 and ({value.note}) = 'unit_word'"
    product = (
        f"cast(cast({value.value} as decimal(28, 8)) * cast({field}_multiplier as decimal(10, 0)) "
        "as decimal(38, 10))"
    )
    return replace(
        value,
        value=f"case when {units} then null when {field}_multiplier = 1 then {value.value} "
        f"else {product} end",
        problem=f"case when {units} then 'unit' else {value.problem} end",
        is_exact=False,
    )


def _day(field: str, kind: pa.DataType, is_plain: bool) -> Value:
    text, reading = f"{field}_text", f"read_{field}"
    day = f"try_cast({text} as date)" if is_plain else f"{reading}.day"
    if field == "rate_month":
        day = f"cast(date_trunc('month', {day}) as date)"
    if pa.types.is_timestamp(kind):
        iso = rf"regexp_matches({text}, '^\d{{4}}-\d\d-\d\d[T ]\d')"
        day = f"coalesce(case when {iso} then try_cast({text} as timestamp) end, {day}::timestamp)"
    if is_plain:
        return Value(day)
    return Value(day, f"{reading}.problem", f"{reading}.note", date_key(text))


def _coded(field: str, typing: Typing) -> Value:
    """Return SQL for a word; the default of the field or the office for an empty cell."""
    default = CODED_FIELDS.get(field)
    if field == "negotiation":
        default = typing.office.default_negotiation
    empty = NOTHING if field == CURRENCY else literal(default)
    if field not in typing.mapped:
        return Value(empty)
    reading = f"read_{field}"
    is_empty = f"{field}_text is null or {reading}.problem = 'missing'"
    return Value(
        f"case when {is_empty} then {empty} else {reading}.value end",
        f"{reading}.problem",
        key=f"{field}_text",
    )
