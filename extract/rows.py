"""From fields to rows: typed values, reasons to quarantine a row, warnings on the others."""

from dataclasses import dataclass

import duckdb
import pyarrow as pa

from approvals.contracts import DATASETS
from approvals.offices import Office
from extract.conditions import row_conditions, row_warnings
from extract.conventions import Conventions
from extract.expressions import (
    date_key,
    exact_number,
    looked_up,
    number_key,
    number_value,
)
from extract.fields import CODED_FIELDS, dataset_fields
from extract.money import currency_columns
from extract.profile import LARGE
from extract.readings import AMOUNT, CURRENCY
from extract.reasons import ROW_REASONS
from extract.relation import columns_of, replace_relation

NOTHING = "cast(null as varchar)"


@dataclass(frozen=True, slots=True)
class Typing:
    """What it takes to type the fields of one table."""

    dataset: str
    office: Office
    conventions: Conventions
    mapped: frozenset[str]
    """The fields that some column of the file gives."""


@dataclass(frozen=True, slots=True)
class _Value:
    """SQL for one field."""

    value: str
    problem: str = NOTHING
    """`missing`, `unreadable`, `ambiguous` …; NULL where the value is as stated."""
    note: str = NOTHING
    key: str = ""
    """What the field's readings are looked up by; empty if it has none."""
    is_exact: bool = False
    """A number of at most sixteen digits before the point and two behind it."""


def create_rows(connection: duckdb.DuckDBPyConnection, typing: Typing) -> None:
    """Create the relation `typed`: one row for each data record, in their order.

    Columns: those of the dataset's contract but `file_sha256`, `office_id` and `sheet_name`, and
    `reasons`, the list of reason codes (empty: accepted), in the order of the catalogue, and
    `is_rejected`, `is_warned`. For each field there are also `<field>_text`, `<field>_problem` and
    `<field>_note`.
    """
    columns = columns_of(connection, "fields")
    values = _values(typing, columns)
    empty = _empty(typing, values)
    conditions = row_conditions(typing.dataset, typing.office, empty)
    reasons = {r.code: conditions[r.code] for r in ROW_REASONS if r.code in conditions}
    warnings = row_warnings(typing.dataset, empty)
    query = f"""
        with valued as ({_valued(typing, columns, values, "kind = 'data'")}),
        final as ({_final(typing)}),
        tested as (select *, {_tests("reason", reasons)}, {_tests("warning", warnings)} from final)
        select * exclude ({_names("reason", reasons)}, {_names("warning", warnings)}),
            {_any("reason", reasons)} as is_rejected, {_any("warning", warnings)} as is_warned,
            {_codes("reason", reasons)} as reasons,
            nullif(array_to_string({_codes("warning", warnings)}, ' '), '') as warning_codes
        from tested"""
    size = connection.execute("select count(*) from cells").fetchone() or (0,)
    replace_relation(connection, "typed", query, as_view=size[0] > LARGE)


def valued_query(connection: duckdb.DuckDBPyConnection, typing: Typing, condition: str) -> str:
    """Return SQL for the records that meet a condition, with the value of each field."""
    columns = columns_of(connection, "fields")
    return _valued(typing, columns, _values(typing, columns), condition)


def _values(typing: Typing, columns: frozenset[str]) -> dict[str, _Value]:
    """Return SQL for each field of the dataset."""
    values = {name: _value(name, typing, columns) for name in dataset_fields(typing.dataset)}
    return {
        name: _multiplied(value, name) if f"{name}_multiplier" in columns else value
        for name, value in values.items()
    }


def _empty(typing: Typing, values: dict[str, _Value]) -> frozenset[str]:
    """Return the columns that are NULL in every row; `_fraction` for amounts below a cent."""
    return frozenset(
        [f"{name}_problem" for name, value in values.items() if value.problem == NOTHING]
        + [f"{name}_note" for name, value in values.items() if value.note == NOTHING]
        + [f"{name}_text" for name in values if name not in typing.mapped]
        + [f"{name}_fraction" for name, value in values.items() if value.is_exact]
    )


def _valued(
    typing: Typing, columns: frozenset[str], values: dict[str, _Value], condition: str
) -> str:
    extra = ""
    if AMOUNT in values and CURRENCY in values:
        extra = ", " + currency_columns(typing.office, typing.mapped, columns, typing.conventions)
    selected = ", ".join(
        f"{v.value} as {name}, {v.problem} as {name}_problem, {v.note} as {name}_note"
        for name, v in values.items()
    )
    looked = [f"read_{name}" for name, value in values.items() if value.key]
    read = "".join(
        f", {looked_up(name, value.key)} as read_{name}"
        for name, value in values.items()
        if value.key
    )
    kept = "*" if not read else f"* exclude ({', '.join(looked)})"
    return (
        f"select fields.{kept}, {selected} {extra} "
        f"from (select *{read} from fields where {condition}) as fields"
    )


def _value(field: str, typing: Typing, columns: frozenset[str]) -> _Value:
    """Return SQL for a field's value."""
    kind = DATASETS[typing.dataset].field(field).type
    if field in CODED_FIELDS or field == CURRENCY:
        return _coded(field, typing)
    if pa.types.is_string(kind):
        return _free_text(field, columns)
    if field not in typing.mapped:
        return _Value(f"cast(null as {sql_type(kind)})")
    is_plain = field in typing.conventions.plain
    if pa.types.is_decimal(kind):
        return _number(field, is_plain, f"{field}_machine" in columns)
    return _day(field, kind, is_plain)


def _free_text(field: str, columns: frozenset[str]) -> _Value:
    """Return SQL for a text: an error of a spreadsheet is none."""
    text, error = f"{field}_text", f"{field}_error"
    if error not in columns:
        return _Value(text)
    return _Value(f"case when not {error} then {text} end", f"case when {error} then 'error' end")


def _number(field: str, is_plain: bool, is_machine: bool) -> _Value:
    text = f"{field}_text"
    exact = exact_number(text)
    if is_plain:
        if is_machine:
            return _Value(exact)
        return _Value(f"try_cast({text} as decimal(18, 2))", is_exact=True)
    reading = f"read_{field}"
    key, value = number_key(text), number_value(text, reading)
    problem = f"{reading}.problem"
    if is_machine:
        key = f"case when {field}_machine then null else {key} end"
        value = f"case when {field}_machine then {exact} else {value} end"
    return _Value(value, problem, f"{reading}.note", key)


def _multiplied(value: _Value, field: str) -> _Value:
    """Apply the unit of the header; a unit in the cell too would be one too many."""
    units = f"{field}_multiplier <> 1 and ({value.note}) = 'unit_word'"
    product = (
        f"cast(cast({value.value} as decimal(28, 8)) * cast({field}_multiplier as decimal(10, 0)) "
        "as decimal(38, 10))"
    )
    return _Value(
        f"case when {units} then null when {field}_multiplier = 1 then {value.value} "
        f"else {product} end",
        f"case when {units} then 'unit' else {value.problem} end",
        value.note,
        value.key,
    )


def _day(field: str, kind: pa.DataType, is_plain: bool) -> _Value:
    text, reading = f"{field}_text", f"read_{field}"
    day = f"try_cast({text} as date)" if is_plain else f"{reading}.day"
    if field == "rate_month":
        day = f"cast(date_trunc('month', {day}) as date)"
    if pa.types.is_timestamp(kind):
        iso = rf"regexp_matches({text}, '^\d{{4}}-\d\d-\d\d[T ]\d')"
        day = f"coalesce(case when {iso} then try_cast({text} as timestamp) end, {day}::timestamp)"
    if is_plain:
        return _Value(day)
    return _Value(day, f"{reading}.problem", f"{reading}.note", date_key(text))


def _coded(field: str, typing: Typing) -> _Value:
    """Return SQL for a word; the default of the field or the office for an empty cell."""
    default = CODED_FIELDS.get(field)
    if field == "negotiation":
        default = typing.office.default_negotiation
    empty = NOTHING if field == CURRENCY else literal(default)
    if field not in typing.mapped:
        return _Value(empty)
    reading = f"read_{field}"
    is_empty = f"{field}_text is null or {reading}.problem = 'missing'"
    return _Value(
        f"case when {is_empty} then {empty} else {reading}.value end",
        f"{reading}.problem",
        key=f"{field}_text",
    )


def _final(typing: Typing) -> str:
    """Return SQL that settles amount and currency against each other."""
    if "amount_usd_reported" not in typing.mapped:
        return _without_usd(typing)
    stated = "amount_original_text is null or amount_original_problem = 'missing'"
    if typing.office.usd_basis == "reported":
        stated += " or currency_code_text is null"
    usable = f"(amount_usd_reported is not null and ({stated}))"
    return f"""
        select * exclude (amount_original, currency_code),
            case when {usable} then amount_usd_reported else amount_original end
                as amount_original,
            case when {usable} then 'USD' else currency_stated end as currency_code,
            coalesce({usable}, false) as amount_from_usd
        from valued"""


def _without_usd(typing: Typing) -> str:
    """Return SQL for rows that have no other amount than the original one."""
    if AMOUNT not in dataset_fields(typing.dataset):
        return "select * from valued"
    currency = "currency_stated"
    if typing.dataset == "agreements":  # no reason holds such a row back: nothing is taken over
        currency = "case when not currency_contradicts then currency_stated end"
    return (
        f"select * exclude (currency_code), {currency} as currency_code, "
        "false as amount_from_usd from valued"
    )


def _names(kind: str, conditions: dict[str, str]) -> str:
    return ", ".join(f"{kind}_{number}" for number in range(len(conditions)))


def _tests(kind: str, conditions: dict[str, str]) -> str:
    """Return SQL for one column for each condition: each is computed once."""
    return ", ".join(
        f"({test}) as {kind}_{number}" for number, test in enumerate(conditions.values())
    )


def _any(kind: str, conditions: dict[str, str]) -> str:
    tests = " or ".join(f"{kind}_{number}" for number in range(len(conditions)))
    return f"coalesce({tests}, false)"


def _codes(kind: str, conditions: dict[str, str]) -> str:
    """Return SQL for the list of codes that apply; rows without one cost a single test."""
    cases = ", ".join(
        f"case when {kind}_{number} then '{code}' end" for number, code in enumerate(conditions)
    )
    return (
        f"case when {_any(kind, conditions)} "
        f"then list_filter([{cases}]::varchar[], code -> code is not null) else [] end"
    )


def sql_type(kind: pa.DataType) -> str:
    """Return DuckDB's name for a type of the lake's contract."""
    if pa.types.is_decimal(kind):
        return f"decimal({kind.precision}, {kind.scale})"
    if pa.types.is_timestamp(kind):
        return "timestamp"
    return {pa.date32(): "date", pa.int64(): "bigint", pa.string(): "varchar"}[kind]


def literal(constant: str | None) -> str:
    """Return a constant of the configuration as SQL; offices.csv was validated when it was read."""
    if constant is None:
        return NOTHING
    if not constant.isalpha():
        raise ValueError(f"{constant!r} is not a word")
    return f"'{constant}'"


def typed_columns(contract: pa.Schema) -> str:
    """Return a select list with the contract's columns in its types."""
    return ", ".join(_cast(field) for field in contract)


def _cast(field: pa.Field) -> str:
    name, kind = field.name, field.type
    if pa.types.is_decimal(kind):
        return f"try_cast(round({name}, {kind.scale}) as {sql_type(kind)}) as {name}"
    if pa.types.is_timestamp(kind):
        return f"cast({name} as timestamptz) as {name}"
    return f"cast({name} as {sql_type(kind)}) as {name}"
