"""How an inspection is shown on a terminal: from the bytes to what a load would do."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from approvals.cli.show import STYLES, console
from approvals.cli.tables import print_table
from approvals.visible import visible
from extract.inspection import Findings
from extract.inspection.findings import ColumnFinding, RowFinding, SheetFinding, TableFinding
from extract.proposal import Proposal

CELL = 60
RECORDS_SHOWN = 3
NAMES = {
    "\t": "tab",
    " ": "space",
    "": "none",
    ",": "comma",
    ", ": "comma and space",
    ";": "semicolon",
    "|": "pipe",
    '"': "double",
    "'": "single",
    "\\": "backslash",
}
DIALECT = ("delimiter", "quote", "escape", "line_end")
CHOICES = ("", " (second choice)", " (third choice)")
"""Of columns that give the same field: the first with a value counts."""


def print_findings(found: Findings) -> None:
    """Print everything that was found."""
    _facts(_file(found))
    _sheets(found.sheets)
    for table in found.tables:
        _table(table)
    _warnings(found.on_load["messages"])
    _outcome(found.on_load, found.control_totals)


def _file(found: Findings) -> dict[str, str]:
    declared = "declared" if found.office_is_declared else "not declared: default aliases hold"
    because = f" ({found.encoding_because})" if found.encoding_because else ""
    signs = found.dialect or {}
    dialect = ", ".join(
        f"{name.replace('_', ' ')} {NAMES.get(signs[name], signs[name])}"
        for name in DIALECT
        if name in signs
    )
    return {
        "file": f"{found.path}, {found.size_bytes:,} bytes",
        "sha256": found.file_sha256,
        "office": f"{found.office_id} ({declared})",
        "format": found.format or "not understood",
        "encoding": f"{found.encoding}{because}" if found.encoding else "",
        "dialect": dialect,
    }


def _facts(facts: Mapping[str, str]) -> None:
    width = max(len(name) for name in facts)
    for name, value in facts.items():
        if value:
            console.print(Text.assemble((f"{name:<{width}}  ", "dim"), visible(value)))


def _sheets(sheets: Sequence[SheetFinding]) -> None:
    """Print sheets where there are several, and the first records of those that are not read."""
    if len(sheets) > 1:
        _heading("sheets")
        _grid(
            ["sheet", "records", "columns", "read"],
            [
                [
                    sheet.sheet_name,
                    f"{sheet.records:,}",
                    str(sheet.width),
                    "yes" if sheet.is_read else "no",
                ]
                for sheet in sheets
            ],
        )
    for sheet in [sheet for sheet in sheets if not sheet.is_read][:RECORDS_SHOWN]:
        _heading(f"first records of {sheet.sheet_name or 'the file'}, which is not read")
        for cells in sheet.first_records:
            console.print(Text(visible(" | ".join(cells))))


def _table(table: TableFinding) -> None:
    place = f"sheet {table.sheet_name!r}, " if table.sheet_name else ""
    rows = ", ".join(str(row) for row in table.header_rows) or "none"
    _heading(
        f"table: {place}{table.dataset}, header in record {rows}; "
        f"{table.rows_accepted:,} rows accepted, {table.rows_rejected:,} quarantined"
    )
    _grid(
        [
            "column",
            "header",
            "field",
            "score",
            "alias",
            "unit",
            "filled",
            "written as",
            "notations",
        ],
        [_column(column, _choice(column, table)) for column in table.columns],
    )
    unmapped = [column.header for column in table.columns if not column.field and column.header]
    if unmapped:
        console.print(Text(visible(f"kept, not interpreted: {', '.join(unmapped)}", 2000)))
    console.print(Text(f"not in this table: {', '.join(table.fields_missing) or 'nothing'}", "dim"))
    _first_rows(table.first_rows)


def _choice(column: ColumnFinding, table: TableFinding) -> str:
    """Return which of several columns for its field a column is, in words."""
    ranks = [(c.priority, -c.score, c.position) for c in table.columns if c.field == column.field]
    place = sorted(ranks).index((column.priority, -column.score, column.position))
    return CHOICES[min(place, 2)] if column.field else ""


def _column(column: ColumnFinding, choice: str) -> list[str]:
    unit = f"x {column.multiplier:,}" if column.multiplier != 1 else ""
    alias = (column.alias or "") if column.score < 100 else ""
    return [
        column.letters,
        column.header,
        (column.field or "-") + choice,
        str(column.score) if column.field else "",
        alias,
        " ".join(filter(None, [unit, column.currency_code])),
        f"{column.filled:,}",
        column.written_as or "",
        ("\n" if console.is_terminal else ", ").join(
            f"{visible(n.pattern, 24)}  {n.cells:,}" for n in column.notations
        ),
    ]


def _first_rows(rows: Sequence[RowFinding]) -> None:
    """Print the first rows side by side: fields are many, rows few."""
    if not rows:
        return
    fields = dict.fromkeys(name for row in rows for name in row.values)
    lines = [
        ["", *("loaded" if row.is_loaded else "quarantined" for row in rows)],
        *([name, *(visible(row.values.get(name, ""), CELL) for row in rows)] for name in fields),
    ]
    codes = [" ".join((*row.reasons, *row.warnings)) for row in rows]
    if any(codes):  # `remarks` is a field of the table
        lines.append(["reason codes", *codes])
    _grid(["first rows", *(f"row {row.record_number}" for row in rows)], lines)


def _warnings(messages: Iterable[str]) -> None:
    listed = list(messages)
    if listed:
        _heading("warnings and reasons")
        for message in listed:
            console.print(Text(f"- {visible(message, 2000)}"))


def _outcome(on_load: Mapping[str, Any], control_totals: Sequence[Mapping[str, Any]]) -> None:
    _heading("on load")
    status = str(on_load["status"])
    console.print(
        Text.assemble(
            (status, STYLES.get(status, "")),
            f": {on_load['rows_read']:,} records below the header, "
            f"{on_load['rows_accepted']:,} accepted, {on_load['rows_rejected']:,} quarantined, "
            f"{on_load['rows_dropped']:,} left out",
        )
    )
    for currency, amount in on_load["totals"].items():
        console.print(Text(f"{currency} {amount}"))
    for code, count in on_load["reasons"].items():
        console.print(Text(f"{code}: {count:,}"))
    for total in control_totals:
        agrees = "agrees" if total["agrees"] else "differs"
        console.print(
            Text(
                f"{_sheet(total)}row {total['record_number']} states {total['stated']}, the rows "
                f"add up to {total['computed']}: {agrees}"
            )
        )


def _sheet(total: Mapping[str, Any]) -> str:
    return f"sheet {visible(total['sheet_name'])}, " if total["sheet_name"] else ""


def print_proposal(proposal: Proposal) -> None:
    """Print on standard error why each column is proposed, so that the CSV can be piped."""
    place = f"sheet {proposal.sheet_name!r}, " if proposal.sheet_name else ""
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    title = f"{place}{proposal.dataset}, header in record {proposal.header_record}"
    errors.print(Text(visible(title), "bold"))
    rows = [
        [
            column.letters,
            column.header,
            column.field or "-",
            str(column.score or ""),
            column.why,
            ", ".join(column.others),
        ]
        for column in proposal.columns
    ]
    _grid(["column", "header", "field", "score", "why", "or"], rows, to_errors=True)
    if proposal.missing:
        missing = f"no column is proposed for {', '.join(proposal.missing)}: add it by hand"
        errors.print(Text(missing, "yellow"))


def _heading(title: str) -> None:
    console.print()
    console.print(Text(visible(title), "bold"))


def _grid(columns: list[str], rows: Iterable[list[str]], *, to_errors: bool = False) -> None:
    """Print a table of what came from a file."""
    print_table(
        [visible(name, CELL) for name in columns],
        [[Text(visible(cell, CELL * 3), STYLES.get(cell, "")) for cell in row] for row in rows],
        header_style="dim",
        to_errors=to_errors,
    )
