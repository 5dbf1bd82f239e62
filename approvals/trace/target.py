"""What is asked for: a published figure, or one row and one column of a mart, by words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from approvals.errors import TraceNotFoundError, TraceTargetError
from approvals.trace.reader import Reader

SHOWN = 12
"""Known names that an error lists."""
FIGURES = "rpt_published_figures"
"""The mart whose rows are traced as figures."""
FIGURE = """
select
    figure_id, printed.measure, printed.period, printed.dimension, printed.member, printed.operator,
    printed.expected_value, printed.value, printed.value_today, printed.reclassified_difference,
    printed.unit, printed.tolerance, printed.status, printed.status_today, printed.source,
    registered.unit_factor,
    registered.end_year - registered.start_year + 1 as year_count
from marts.rpt_published_figures as printed
inner join marts.dim_published_figures as registered using (figure_id)
where lower(figure_id) = lower(?)
"""
TRACED_ROWS = {
    "fct_approvals": ("amount_usd", "amount_original"),
    "fct_approval_versions": ("amount_usd", "amount_original"),
    "fct_approval_restatements": ("change_usd",),
    "rpt_agreement_provisions": ("is_provided",),
    "dim_agreements": ("amount_original",),
    "rpt_approval_vintages": ("amount_usd", "approval_count"),
    FIGURES: ("value", "value_today", "reclassified_difference"),
}
"""Marts whose rows lead to records past the lineage, and the columns that can be asked for."""
ELSEWHERE = {
    "rpt_approval_vintages": "; what moved it that day is in fct_approval_restatements, traced by "
    "restatement_id",
    "rpt_office_scorecard": "; its counts of files and records are counted in quality.files",
    FIGURES: "; value_then is the value of the release that `approvals build --known-at DAY` makes "
    "of the day of the paper: trace the figure in that with --release",
    "rpt_duplicate_decisions": "; trace either approval: fct_approvals --key approval_id=…",
}
"""Marts with columns that cannot be traced → where what they say is found."""


@dataclass(frozen=True, slots=True)
class Target:
    """One row of a mart and a column of it."""

    table: str
    row: dict[str, Any]
    column: str


def figure_of(reader: Reader, name: str) -> dict[str, Any] | None:
    """Return the published figure of that id, or None."""
    found = reader.rows(FIGURE, [name])
    return found[0] if found else None


def traced_columns(reader: Reader, table: str) -> list[str]:
    """Return the columns of a mart that can be traced, in the mart's order."""
    known = reader.rows(
        "select column_name from marts.lineage_cells where report_name = $1 union "
        "select column_name from marts.lineage_formulas where report_name = $1",
        [table],
    )
    names = {row["column_name"] for row in known} | set(TRACED_ROWS.get(table, ()))
    return [column for column in reader.columns(table) if column in names]


def find_target(reader: Reader, table: str, keys: Mapping[str, str], column: str | None) -> Target:
    """Return the row and column that are asked for.

    Args:
        reader: the release.
        table: the name of a mart.
        keys: a column, or what it begins or ends with, and its value: `year` finds
            `approval_year`, `region` finds `region_id` and `region_name`.
        column: a column that can be traced; None for the first with an amount in US$.

    Raises:
        TraceNotFoundError: there is no such mart or row; the message says how to see those there
            are.
        TraceTargetError: the mart has no such column, or several rows with these keys.
    """
    marts = [name for name in reader.tables if traced_columns(reader, name)]
    if table not in marts:
        raise TraceNotFoundError(
            f"{table!r} is no published figure and no mart that can be traced; `approvals figures` "
            f"lists the figures, the marts are {_listed(marts, len(marts))}"
            f"{ELSEWHERE.get(table, '')}"
        )
    wanted = traced_column(reader, table, column)
    return Target(table, _row(reader, table, keys), wanted)


def traced_column(reader: Reader, table: str, column: str | None) -> str:
    """Return the column that is asked for, or the one that is traced where none is.

    Raises:
        TraceTargetError: the mart has no such column that can be traced.
    """
    columns = traced_columns(reader, table)
    wanted = column or next((name for name in ("amount_usd", *columns) if name in columns), "")
    if wanted not in columns:
        raise TraceTargetError(
            f"{table} has no column {wanted!r} that can be traced: --column is one of "
            f"{_listed(columns, len(columns))}{ELSEWHERE.get(table, '')}"
        )
    return wanted


def label_of(reader: Reader, table: str, row: Mapping[str, Any]) -> dict[str, str | None]:
    """Return what tells a row of a mart from the others, for people."""
    columns = reader.columns(table)
    names = [
        name
        for name in columns
        if name.endswith(("_year", "_name", "_reference", "_symbol", "_date", "_number"))
        or name
        in (
            "dimension",
            "office_id",
            "version_kind",
            "field_name",
            "rate_set_id",
            "deflator_series",
        )
    ]
    names = [name for name in names if columns[name] != "BOOLEAN"]
    chosen = names[:4] if names else list(columns)[:1]
    return {name: None if row[name] is None else str(row[name]) for name in chosen}


def _row(reader: Reader, table: str, keys: Mapping[str, str]) -> dict[str, Any]:
    where, parameters = _condition(reader, table, keys)
    found = reader.rows(f'select * from marts."{table}" where {where} limit 1001', parameters)
    if len(found) == 1:
        return found[0]
    if found:
        raise TraceTargetError(
            f"{table} has {_many(found)} rows with {_asked(keys)}: add --key for one of "
            f"{_listed(_telling(reader, table, found), SHOWN)}"
        )
    raise TraceNotFoundError(
        f"{table} has no row with {_asked(keys)}{_values_there_are(reader, table, keys)}"
    )


def _condition(reader: Reader, table: str, keys: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return what rows with these keys fulfil, and its parameters."""
    conditions, parameters = ["true"], []
    for name, value in keys.items():
        columns = _key_columns(reader, table, name)
        tests = [f'lower(cast("{column}" as varchar)) = lower(?)' for column in columns]
        conditions.append(f"({' or '.join(tests)})")
        parameters += [value] * len(columns)
    return " and ".join(conditions), parameters


def _values_there_are(reader: Reader, table: str, keys: Mapping[str, str]) -> str:
    """Return what the first key without a row may be where the keys before it hold."""
    before: dict[str, str] = {}
    for name, value in keys.items():
        where, parameters = _condition(reader, table, before)
        column = _key_columns(reader, table, name)[-1]
        known = [
            row["known"]
            for row in reader.rows(
                f'select distinct cast("{column}" as varchar) as known from marts."{table}" '
                f'where {where} and "{column}" is not null order by 1',
                parameters,
            )
        ]
        before[name] = value
        where, parameters = _condition(reader, table, before)
        if not reader.rows(f'select 1 from marts."{table}" where {where} limit 1', parameters):
            break
    else:
        return ": it is empty"
    others = {other: value for other, value in before.items() if other != name}
    given = f" with {_asked(others)}" if others else ""
    if not known:
        return f": {column}{given} is empty"
    how = (
        f"; all of them: select distinct {column} from marts.{table}, in {reader.database}"
        if len(known) > SHOWN
        else ""
    )
    return f": {column}{given} is one of {_listed(known, SHOWN)}{how}"


def _asked(keys: Mapping[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in keys.items()) or "no --key"


def _key_columns(reader: Reader, table: str, name: str) -> list[str]:
    columns = list(reader.columns(table))
    tiers = (
        [name],
        [f"{name}_id", f"{name}_name"],
        [f"approval_{name}"],
        [column for column in columns if column.endswith(f"_{name}")],
    )
    for tier in tiers:
        found = [column for column in tier if column in columns]
        if found:
            return found
    raise TraceTargetError(
        f"{table} has no column {name!r} for --key; its columns are "
        f"{_listed(columns, len(columns))}"
    )


def _telling(reader: Reader, table: str, rows: list[dict[str, Any]]) -> list[str]:
    """Return the columns that tell rows apart, without measures."""
    kinds = reader.columns(table)
    return [
        name
        for name, kind in kinds.items()
        if not kind.startswith("DECIMAL")
        and kind != "BOOLEAN"
        and not name.endswith(("_count", "_rank"))
        and len({row[name] for row in rows}) > 1
    ]


def _many(rows: list[dict[str, Any]]) -> str:
    return "more than 1,000" if len(rows) > 1000 else str(len(rows))


def _listed(names: list[str], shown: int) -> str:
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(names[:shown]) + more
