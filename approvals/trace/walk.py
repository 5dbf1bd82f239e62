"""The walk down: a published figure to rows of reports, or one row of a mart to its operands."""

from collections.abc import Mapping
from typing import Any

from approvals.settings import Settings
from approvals.trace.figures import combined, divided
from approvals.trace.model import Step, Trace, Values
from approvals.trace.parts import part_of
from approvals.trace.reader import Reader, open_release
from approvals.trace.steps import step_of, text_of
from approvals.trace.target import figure_of, find_target, label_of


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
         text_of(row[line["column_name"]]))
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
