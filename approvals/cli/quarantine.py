"""Commands on the quarantine: what waits, one record, and a decision by two people."""

from datetime import datetime
from typing import Annotated

import typer
from rich.text import Text

from approvals.cli import show
from approvals.cli.options import AsJson, By, Home, Reason
from approvals.cli.show_decisions import print_entry, print_step, shown
from approvals.settings import read_settings
from approvals.visible import visible

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Quarantined records: what waits, and who lets it through (docs/quarantine.md).",
)

RecordId = Annotated[str, typer.Argument(help="The record's id, or its first six characters.")]


@app.command(name="list")
def list_records(
    state: Annotated[
        str | None,
        typer.Option(
            "--state",
            help="waiting, proposed, released, rejected, expired, revoked or all; "
            "default: those that wait for a person.",
        ),
    ] = None,
    office: Annotated[str | None, typer.Option("--office", help="Only this office.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List what waits in quarantine."""
    from approvals.quarantine import quarantined
    from approvals.reading import check_office

    settings = read_settings(home)
    found = quarantined(settings, state=state, office_id=office)
    records = [record.summary() for record in found]
    if not records:
        check_office(settings, office)
    if as_json:
        show.json_document(records)
        return
    for record in records:
        identity = f"{record['quarantine_id'][:12]}  {record['state']:<9} "
        message = visible(str(record["message"]), show.MESSAGE)
        show.console.print(Text.assemble((identity, "bold"), message))
    show.lines([show.counted(len(records), "record")])


@app.command(name="show")
def show_record(record_id: RecordId, home: Home = None, as_json: AsJson = False) -> None:
    """Show one record: its reason, its cells, its place, and what was decided about it."""
    from approvals.quarantine import quarantined_record

    record = quarantined_record(read_settings(home), record_id).as_json()
    if as_json:
        show.json_document(record)
        return
    cells, history = record.pop("raw_cells"), record.pop("history")
    show.result({name: shown(value) for name, value in record.items()}, as_json=False)
    show.lines(f"cell {number}  {shown(cell)}" for number, cell in enumerate(cells, start=1))
    for entry in history:
        print_step(entry)


@app.command()
def propose(
    record_id: RecordId,
    by: By,
    reason: Reason,
    values: Annotated[
        list[str] | None,
        typer.Option("--set", help="field=value: a correction; without any, as it stands."),
    ] = None,
    expires: Annotated[
        datetime | None,
        typer.Option("--expires", formats=["%Y-%m-%d"], help="The last day on which it counts."),
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Propose that a record counts, corrected or as it stands."""
    from approvals import quarantine

    entry = quarantine.propose(
        read_settings(home),
        record_id,
        by=by,
        reason=reason,
        corrected=quarantine.assignments(values or []),
        expires_on=expires.date() if expires else None,
    )
    print_entry(entry, as_json)


@app.command()
def approve(
    record_id: RecordId, by: By, reason: Reason, home: Home = None, as_json: AsJson = False
) -> None:
    """Approve what another person has proposed; the record counts with the next run."""
    from approvals.quarantine import decide

    entry = decide(read_settings(home), "approve", record_id, by=by, reason=reason)
    print_entry(entry, as_json)


@app.command()
def reject(
    record_id: RecordId, by: By, reason: Reason, home: Home = None, as_json: AsJson = False
) -> None:
    """Reject what was proposed; the record stays in quarantine."""
    from approvals.quarantine import decide

    entry = decide(read_settings(home), "reject", record_id, by=by, reason=reason)
    print_entry(entry, as_json)


@app.command()
def revoke(
    record_id: RecordId, by: By, reason: Reason, home: Home = None, as_json: AsJson = False
) -> None:
    """Propose that a released record waits again; another person approves or rejects that."""
    from approvals.quarantine import revoke as propose_end

    print_entry(propose_end(read_settings(home), record_id, by=by, reason=reason), as_json)
