"""The walk down: a published figure to rows of reports, or one row of a mart to its operands."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from approvals.settings import Settings
from approvals.trace.figures import combined, divided
from approvals.trace.formulas import WORDS, evaluate, rounded
from approvals.trace.model import Step, Trace, Values
from approvals.trace.parts import part_of
from approvals.trace.reader import Reader, open_release
from approvals.trace.steps import step_of, text_of
from approvals.trace.target import FIGURES, figure_of, find_target, label_of, traced_column

STATUS = {"value": "status", "value_today": "status_today"}
"""Column of a figure that is traced → whether its value is the printed one."""
NO_NUMBERS = ("flag", "list", "year")
"""Units of figures that differ by nothing that can be counted."""


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
        column: the column of the mart, or of the figure in rpt_published_figures; None for the
            first amount in US$, or the figure's value.
        release_id: the release; None for the current one.
        limit: how many approvals to describe below each sum; None for all.

    Raises:
        NoReleaseError: there is no such release.
        TraceNotFoundError: no such figure, mart or row.
        TraceTargetError: no such column, or several rows.
    """
    with open_release(settings, release_id) as reader:
        root = _root(reader, what, keys, column, limit)
        return Trace(
            release_id=reader.manifest["release_id"],
            created_at=reader.manifest["created_at"],
            content_sha256=reader.manifest["content_sha256"],
            root=root,
        )


def _root(
    reader: Reader, what: str, keys: Mapping[str, str], column: str | None, limit: int | None
) -> Step:
    figure = None if keys else figure_of(reader, what)
    if figure:
        return _figure(reader, figure, traced_column(reader, FIGURES, column), limit)
    target = find_target(reader, what, keys, column)
    if target.table == FIGURES:
        figure = figure_of(reader, target.row["figure_id"])
    if figure:
        return _figure(reader, figure, target.column, limit)
    return step_of(reader, target.table, target.row, target.column, limit)


def _figure(reader: Reader, figure: Mapping[str, Any], column: str, limit: int | None) -> Step:
    """Return a figure with the rows that it stands on, or with both sides of its difference."""
    if column == "reclassified_difference":
        return _difference(reader, figure, limit)
    rows = reader.rows(
        "select * from marts.lineage_figures where figure_id = ? and classification in (?, 'both') "
        "order by operand_number, report_name, row_id, column_name",
        [figure["figure_id"], "today" if column == "value_today" else "then"],
    )
    found = [(line, reader.row_of(line["report_name"], line["row_id"])) for line in rows]
    parts = {}
    for number, (line, row) in enumerate(found):
        if line["part_dimension"]:
            amount, parts[number] = part_of(reader, line, row, limit)
            found[number] = (line, {**row, line["column_name"]: amount})
    chosen, value = combined(found, figure["year_count"])
    shown = divided(value, figure["unit"], figure["unit_factor"])
    printed = figure[column]
    steps = [
        parts.get(number) or step_of(reader, line["report_name"], row, line["column_name"], limit)
        for number, (line, row) in enumerate(found)
        if line in chosen
    ]
    beside = [
        (" ".join(filter(None, label_of(reader, line["report_name"], row).values())),
         text_of(row[line["column_name"]]))
        for line, row in found
    ]  # fmt: skip
    sets = [Values(rows[0]["combination"], rows[0]["column_name"], beside)] if rows[1:] else []
    return Step(
        table_name=FIGURES,
        row_id=figure["figure_id"],
        key=_key(figure, column),
        column_name=column,
        value=printed,
        operation=rows[0]["combination"] if rows else "none",
        formula=_figure_formula(rows, figure, column),
        recomputed=shown,
        agrees=shown == printed,
        operands=steps,
        values=sets,
    )


def _difference(reader: Reader, figure: Mapping[str, Any], limit: int | None) -> Step:
    """Return by how much a figure differs in the classification of today, with both sides."""
    sides = [_figure(reader, figure, column, limit) for column in ("value_today", "value")]
    is_number = figure["unit"] not in NO_NUMBERS
    values = [Decimal(side.recomputed) if is_number and side.recomputed else None for side in sides]
    result = evaluate("difference", [[value] for value in values])
    stated = figure["reclassified_difference"]
    return Step(
        table_name=FIGURES,
        row_id=figure["figure_id"],
        key=_key(figure, "value_today"),
        column_name="reclassified_difference",
        value=text_of(stated),
        operation="difference",
        formula=WORDS["difference"].format("value_today", "value"),
        recomputed=None if result is None else str(rounded(Decimal(result))),
        agrees=result == stated,
        operands=sides,
    )


def _key(figure: Mapping[str, Any], column: str) -> dict[str, str | None]:
    """Return what is printed of a figure, and how the value in the column compares with it."""
    return (
        {name: figure[name] for name in ("measure", "period", "dimension", "member")}
        | {"printed": f"{figure['operator']} {figure['expected_value']}"}
        | {"tolerance": figure["tolerance"], "status": figure[STATUS[column]]}
        | {"source": figure["source"]}
    )


def _figure_formula(rows: list[dict[str, Any]], figure: Mapping[str, Any], column: str) -> str:
    if not rows and figure[STATUS[column]] == "no_data":
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
