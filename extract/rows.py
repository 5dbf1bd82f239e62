"""From fields to rows: typed values, reasons to quarantine a row, warnings on the others."""

from collections.abc import Iterator

import duckdb

from extract.conditions import row_conditions, row_warnings
from extract.expressions import looked_up
from extract.field_values import NOTHING, Typing, Value, field_value, multiplied
from extract.fields import SUM, dataset_fields
from extract.mapping import AMOUNTS
from extract.misplaced import MISPLACED
from extract.money import currency_columns
from extract.profile import LARGE
from extract.readings import AMOUNT, CURRENCY
from extract.reasons import ROW_REASONS
from extract.relation import columns_of, replace_relation
from extract.shown_currencies import shown_fields

__all__ = ["Typing", "create_rows", "valued_query"]


def create_rows(connection: duckdb.DuckDBPyConnection, typing: Typing) -> None:
    """Create the relation `typed`: one row for each data record, in their order.

    Columns: those of the dataset's contract but `file_sha256`, `office_id` and `sheet_name`, and
    `reasons`, the list of reason codes (empty: accepted), in the order of the catalogue, and
    `is_rejected`, `is_warned`. For each field there is also `<field>_text`; and `<field>_problem`
    and `<field>_note`, where a row of this table may have one: binding a column costs more than
    the rows of a small file.
    """
    columns = columns_of(connection, "fields")
    values = _values(typing, columns)
    empty = _empty(typing, values, columns)
    conditions = row_conditions(typing.dataset, typing.office, empty)
    if typing.has_misplaced:
        conditions["cells_misplaced"] = MISPLACED
    reasons = {r.code: conditions[r.code] for r in ROW_REASONS if r.code in conditions}
    warnings = row_warnings(typing.dataset, empty)
    tests = {
        **{f"reason_{number}": test for number, test in enumerate(reasons.values())},
        **{f"warning_{number}": test for number, test in enumerate(warnings.values())},
    }
    valued = _valued(typing, columns, values, "kind = 'data'")
    query = f"""
        select * exclude ({", ".join(tests)}) {_trusted(typing)},
            {_any("reason", reasons)} as is_rejected, {_any("warning", warnings)} as is_warned,
            {_codes("reason", reasons)} as reasons,
            nullif(array_to_string({_codes("warning", warnings)}, ' '), '') as warning_codes
        from (
            select *, {", ".join(f"({test}) as {name}" for name, test in tests.items())}
            from ({_final(typing, valued)}) as final
        ) as tested"""
    size = connection.execute("select count(*) from cells").fetchone() or (0,)
    replace_relation(connection, "typed", query, as_view=size[0] > LARGE)


def valued_query(connection: duckdb.DuckDBPyConnection, typing: Typing, condition: str) -> str:
    """Return SQL for the records that meet a condition, with the value of each field."""
    columns = columns_of(connection, "fields")
    return _valued(typing, columns, _values(typing, columns), condition)


def _values(typing: Typing, columns: frozenset[str]) -> dict[str, Value]:
    """Return SQL for each field of the dataset."""
    values = {name: field_value(name, typing, columns) for name in dataset_fields(typing.dataset)}
    return {
        name: multiplied(value, name) if f"{name}_multiplier" in columns else value
        for name, value in values.items()
    }


def _empty(typing: Typing, values: dict[str, Value], columns: frozenset[str]) -> frozenset[str]:
    """Return the columns that are NULL in every row; `_fraction` for amounts below a cent."""
    return frozenset(
        [f"{name}_problem" for name, value in values.items() if value.problem == NOTHING]
        + [f"{name}_note" for name, value in values.items() if value.note == NOTHING]
        + [f"{name}_text" for name in values if name not in typing.mapped]
        + [f"{name}_shown" for name in AMOUNTS if f"{name}_shown" not in columns]
        + [f"{name}_fraction" for name, value in values.items() if value.is_exact]
        + ([] if SUM in columns else [SUM])
    )


def _valued(
    typing: Typing, columns: frozenset[str], values: dict[str, Value], condition: str
) -> str:
    extra = ""
    if AMOUNT in values and CURRENCY in values:
        extra = ", " + currency_columns(typing.office, typing.mapped, columns, typing.conventions)
    selected = ", ".join(
        f"{sql} as {name}" for field, value in values.items() for name, sql in _said(field, value)
    )
    keys = {name: value.key for name, value in values.items() if value.key}
    if extra:
        keys |= {name: name for name in shown_fields(columns)}
    read = {f"read_{name}": looked_up(name, key) for name, key in keys.items()}
    latin = {f"latin_{name}": value.latin for name, value in values.items() if value.latin}
    digits = {f"digits_{name}": value.digits for name, value in values.items() if value.digits}
    source = f"from fields where {condition}"
    for step in (latin, read, digits):
        added = ", ".join(f"{sql} as {name}" for name, sql in step.items())
        source = f"from (select *, {added} {source}) as fields" if added else source
    helpers = ", ".join([*latin, *read, *digits])
    kept = f"* exclude ({helpers})" if helpers else "*"
    return f"select fields.{kept}, {selected} {extra} {source}"


def _said(field: str, value: Value) -> Iterator[tuple[str, str]]:
    """Yield the columns of a field: its value, what is wrong with it, what is noticed."""
    yield field, value.value
    if value.problem != NOTHING or field == AMOUNT:
        yield f"{field}_problem", value.problem
    if value.note != NOTHING:
        yield f"{field}_note", value.note


def _final(typing: Typing, valued: str) -> str:
    """Return SQL that settles the amounts and currencies of a query against each other."""
    if "amount_usd_reported" not in typing.mapped:
        return _without_usd(typing, valued)
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
        from ({valued}) as valued"""


def _without_usd(typing: Typing, valued: str) -> str:
    """Return SQL for rows that have no other amount than the original one."""
    if AMOUNT not in dataset_fields(typing.dataset):
        return valued
    currency = "currency_stated"
    if typing.dataset == "agreements":  # no reason holds such a row back: nothing is taken over
        currency = "case when not currency_contradicts then currency_stated end"
    return (
        f"select * exclude (currency_code), {currency} as currency_code, "
        f"false as amount_from_usd from ({valued}) as valued"
    )


def _trusted(typing: Typing) -> str:
    """Return SQL that takes the amount from rows whose cells may stand in wrong columns.

    It may be half of one, so no sum may hold it, not even those of the quarantine.
    """
    if not typing.has_misplaced or AMOUNT not in dataset_fields(typing.dataset):
        return ""
    return f"replace (case when not ({MISPLACED}) then {AMOUNT} end as {AMOUNT})"


def _any(kind: str, conditions: dict[str, str]) -> str:
    """Return SQL for: one of the conditions holds; each was computed once."""
    tests = " or ".join(f"{kind}_{number}" for number in range(len(conditions)))
    return f"coalesce({tests or 'false'}, false)"


def _codes(kind: str, conditions: dict[str, str]) -> str:
    """Return SQL for the list of codes that apply; rows without one cost a single test."""
    cases = ", ".join(
        f"case when {kind}_{number} then '{code}' end" for number, code in enumerate(conditions)
    )
    return (
        f"case when {_any(kind, conditions)} "
        f"then list_filter([{cases}]::varchar[], code -> code is not null) else [] end"
    )
