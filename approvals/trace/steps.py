"""One value of a mart, how it is made, and what it is made of, down to sums of approvals."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from approvals.trace.formulas import WORDS, evaluate
from approvals.trace.model import Step, Values
from approvals.trace.rate_sets import revalued
from approvals.trace.reader import Reader
from approvals.trace.records import step_of_row
from approvals.trace.sums import sum_of_cell
from approvals.trace.target import TRACED_ROWS, label_of

OTHER_ROWS = {"period": "=", "earlier": "<", "others": "<>"}
"""Relations of an operand's rows to the row that is computed, by year."""
SERIES = ("deflator_series",)
"""Columns by which a report has several rows for a year, each series with a year before."""
REFERENCES = {
    "rpt_dwcp_contribution_by_biennium": "targets",
    "rpt_approvals_in_constant_prices": "deflators",
}
"""Reports with columns that a reference table sets, and its name."""


def step_of(
    reader: Reader, table: str, row: Mapping[str, Any], column: str, limit: int | None
) -> Step:
    """Return one cell of a mart with all that it is made of."""
    if column in TRACED_ROWS.get(table, ()):
        return step_of_row(reader, table, row, column, limit)
    formula = reader.rows(
        "select * from marts.lineage_formulas where report_name = ? and column_name = ? "
        "order by operand_number",
        [table, column],
    )
    if formula:
        return _computed(reader, table, row, column, formula, limit)
    row_id = _row_id(row)
    added = sum_of_cell(reader, table, row_id, column, row[column], limit)
    unit = "row_count" if column.endswith("_count") else "amount_usd"
    return Step(
        table_name=table,
        row_id=row_id,
        key=label_of(reader, table, row),
        column_name=column,
        value=text_of(row[column]),
        operation="count" if unit == "row_count" else "sum",
        formula=f"the sum of {unit} of its contributions",
        recomputed=added.levels[0].value,
        agrees=added.levels[0].agrees,
        sum=added,
    )


def _computed(
    reader: Reader,
    table: str,
    row: Mapping[str, Any],
    column: str,
    formula: list[dict[str, Any]],
    limit: int | None,
) -> Step:
    steps, sets, operands, names = [], [], [], []
    operation = formula[0]["operation"]
    if operation == "reference":
        return _reference(reader, table, row, column, formula[0]["operand_column"])
    if operation == "revalued":
        return revalued(reader, table, row, column, limit)
    for operand in formula:
        name, relation = operand["operand_column"], operand["operand_rows"]
        names.append(name if relation == "row" else f"{name} ({relation})")
        if relation in OTHER_ROWS:
            values = _values(reader, table, row, name, relation)
            sets.append(values)
            # A year without others is compared with nothing that was approved.
            found = [None if text is None else Decimal(text) for _, text in values.values]
            operands.append(found or ([Decimal(0)] if relation == "others" else []))
            continue
        source = row if relation == "row" else _year_before(reader, table, row)
        held = source[name] if source else None
        operands.append([None if held is None else Decimal(held)])
        if source and source[name] is not None:
            steps.append(step_of(reader, table, source, name, limit))
    result = evaluate(operation, operands)
    return Step(
        table_name=table,
        row_id=_row_id(row),
        key=label_of(reader, table, row),
        column_name=column,
        value=text_of(row[column]),
        operation=operation,
        formula=WORDS[operation].format(*names, all=", ".join(names)),
        recomputed=text_of(result),
        agrees=result == row[column],
        operands=steps,
        values=sets,
    )


def _reference(
    reader: Reader, table: str, row: Mapping[str, Any], column: str, source: str
) -> Step:
    written_in = REFERENCES[table]
    return Step(
        table_name=table,
        row_id=_row_id(row),
        key=label_of(reader, table, row),
        column_name=column,
        value=text_of(row[column]),
        operation="reference",
        formula=f"set by {row[source]}, as written in the reference table {written_in}"
        if row[source]
        else f"no row of the reference table {written_in} sets it",
        recomputed=text_of(row[column]),
        agrees=True,
    )


def _values(
    reader: Reader, table: str, row: Mapping[str, Any], column: str, relation: str
) -> Values:
    found = reader.rows(
        f'select * from marts."{table}" '
        f"where approval_year {OTHER_ROWS[relation]} ? "
        f'order by "{column}" desc nulls last, 1',
        [row["approval_year"]],
    )
    labels = [" ".join(filter(None, label_of(reader, table, other).values())) for other in found]
    values = [text_of(other[column]) for other in found]
    return Values(relation, column, list(zip(labels, values, strict=True)))


def _year_before(reader: Reader, table: str, row: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the row of the year before, of the same series where a year has several."""
    found = reader.rows(
        f'select * from marts."{table}" where approval_year = ?', [row["approval_year"] - 1]
    )
    series = [row.get(name) for name in SERIES]
    found = [other for other in found if [other.get(name) for name in SERIES] == series]
    return found[0] if found else None


def _row_id(row: Mapping[str, Any]) -> str:
    """Return a row's key as text: the first column of every mart."""
    return str(next(iter(row.values())))


def text_of(value: Any) -> str | None:  # noqa: ANN401 - whatever a mart holds
    """Return a value as a trace says it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)
