"""The walk down: a figure to rows of reports, a row to its operands, those to approvals."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from approvals.settings import Settings
from approvals.trace.figures import combined, divided
from approvals.trace.formulas import WORDS, evaluate
from approvals.trace.model import Step, Trace, Values
from approvals.trace.parts import part_of
from approvals.trace.rate_sets import revalued
from approvals.trace.reader import Reader, open_release
from approvals.trace.records import step_of_row
from approvals.trace.sums import sum_of_cell
from approvals.trace.target import TRACED_ROWS, figure_of, find_target, label_of

OTHER_ROWS = {"period": "=", "earlier": "<", "others": "<>"}
"""Relations of an operand's rows to the row that is computed, by year."""
SERIES = ("deflator_series",)
"""Columns by which a report has several rows for a year, each series with a year before."""
REFERENCES = {
    "rpt_dwcp_contribution_by_biennium": "targets",
    "rpt_approvals_in_constant_prices": "deflators",
}
"""Reports with columns that a reference table sets, and its name."""


def trace(
    settings: Settings,
    what: str,
    keys: Mapping[str, str],
    column: str | None = None,
    release_id: str | None = None,
    limit: int | None = None,
) -> Trace:
    """Return how a value comes about, down to the cells of the files.

    Args:
        settings: where the releases lie.
        what: the id of a published figure, or the name of a mart.
        keys: what tells the row of the mart from the others; empty for a figure.
        column: the column of the mart; None for its first amount in US$.
        release_id: the release; None for the current one.
        limit: how many approvals to describe below each sum; None for all.

    Raises:
        NoReleaseError: there is no such release.
        TraceNotFoundError: no such figure, mart or row.
        TraceTargetError: no such column, or several rows.
    """
    with open_release(settings, release_id) as reader:
        figure = None if keys or column else figure_of(reader, what)
        if figure:
            root = _figure(reader, figure, limit)
        else:
            target = find_target(reader, what, keys, column)
            root = step_of(reader, target.table, target.row, target.column, limit)
        return Trace(
            release_id=reader.manifest["release_id"],
            created_at=reader.manifest["created_at"],
            content_sha256=reader.manifest["content_sha256"],
            root=root,
        )


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
        value=_text(row[column]),
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
        value=_text(row[column]),
        operation=operation,
        formula=WORDS[operation].format(*names, all=", ".join(names)),
        recomputed=_text(result),
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
        value=_text(row[column]),
        operation="reference",
        formula=f"set by {row[source]}, as written in the reference table {written_in}"
        if row[source]
        else f"no row of the reference table {written_in} sets it",
        recomputed=_text(row[column]),
        agrees=True,
    )


def _figure(reader: Reader, figure: Mapping[str, Any], limit: int | None) -> Step:
    rows = reader.rows(
        "select * from marts.lineage_figures where figure_id = ? "
        "order by operand_number, report_name, row_id, column_name",
        [figure["figure_id"]],
    )
    found = [(line, reader.row_of(line["report_name"], line["row_id"])) for line in rows]
    parts = {}
    for number, (line, row) in enumerate(found):
        if line["part_dimension"]:
            amount, parts[number] = part_of(reader, line, row, limit)
            found[number] = (line, {**row, line["column_name"]: amount})
    chosen, value = combined(found, figure["year_count"])
    shown = divided(value, figure["unit"], figure["unit_factor"])
    printed = figure["value"]
    steps = [
        parts.get(number) or step_of(reader, line["report_name"], row, line["column_name"], limit)
        for number, (line, row) in enumerate(found)
        if line in chosen
    ]
    beside = [
        (" ".join(filter(None, label_of(reader, line["report_name"], row).values())),
         _text(row[line["column_name"]]))
        for line, row in found
    ]  # fmt: skip
    sets = [Values(rows[0]["combination"], rows[0]["column_name"], beside)] if rows[1:] else []
    return Step(
        table_name="rpt_published_figures",
        row_id=figure["figure_id"],
        key={name: figure[name] for name in ("measure", "period", "dimension", "member")}
        | {"printed": f"{figure['operator']} {figure['expected_value']}"}
        | {name: figure[name] for name in ("tolerance", "status", "source")},
        column_name="value",
        value=printed,
        operation=rows[0]["combination"] if rows else "none",
        formula=_figure_formula(rows, figure),
        recomputed=shown,
        agrees=shown == printed,
        operands=steps,
        values=sets,
    )


def _figure_formula(rows: list[dict[str, Any]], figure: Mapping[str, Any]) -> str:
    if not rows and figure["status"] == "no_data":
        return "the release holds no row for this figure: it has no data"
    if not rows:
        return "no report holds a row for this figure: it is made from fct_approval_versions"
    where = f"{rows[0]['column_name']} of {rows[0]['report_name']}"
    first = sum(row["operand_number"] == 1 for row in rows)
    added = f"{where} over {first} rows"
    other = f"{rows[-1]['column_name']} over {len(rows) - first} rows"
    words = {
        "value": where,
        "least": f"the least {where} among {len(rows)} rows",
        "highest": f"the year with the highest {where} among {len(rows)} rows",
        "list": f"the donors of {len(rows)} rows of {rows[0]['report_name']}",
        "sum": f"the sum of {where} over {len(rows)} rows",
        "mean": f"the sum of {where} over {len(rows)} rows ÷ {figure['year_count']} years",
        "percentage": f"100 × the sum of {added} ÷ the sum of {other}",
        "change": f"the sum of {added} exceeds the sum of {other} by so many percent of it",
        "least change": f"the least of the members' changes: {added} less {other}",
        "rank": f"the place of the sum of {added} among the other members' sums of {other}",
        "exceeds": f"whether the sum of {added} is above {other} of earlier years",
    }[rows[0]["combination"]]
    return f"{words} ÷ {figure['unit_factor']:,}" if figure["unit_factor"] > 1 else words


def _values(
    reader: Reader, table: str, row: Mapping[str, Any], column: str, relation: str
) -> Values:
    found = reader.rows(
        f'select * from marts."{table}" '
        f"where approval_year {OTHER_ROWS[relation]} ? "
        f'order by "{column}" desc nulls last, 1',
        [row["approval_year"]],
    )
    return Values(
        relation,
        column,
        [
            (" ".join(filter(None, label_of(reader, table, other).values())), _text(other[column]))
            for other in found
        ],
    )


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


def _text(value: Any) -> str | None:  # noqa: ANN401 - whatever a mart holds
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)
