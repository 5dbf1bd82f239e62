"""Commands on suspected duplicates: what was found, one of them, and a decision by two people."""

from datetime import datetime
from typing import Annotated, cast

import typer
from rich.text import Text

from approvals.cli import show
from approvals.cli.options import AsJson, By, Home, Reason
from approvals.cli.show_decisions import print_entry, print_step, shown
from approvals.errors import ConfigurationError
from approvals.settings import read_settings

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Suspected duplicates: what was found, and who decides what counts (docs/duplicates.md).",
)

DuplicateId = Annotated[
    str, typer.Argument(help="The id of the pair, or its first six characters.")
]


@app.command(name="list")
def list_duplicates(
    state: Annotated[
        str | None,
        typer.Option(
            "--state",
            help="undecided, proposed, decided, by_rule or all; default: the first two.",
        ),
    ] = None,
    office: Annotated[str | None, typer.Option("--office", help="Only this office.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List approvals that are or may be one with another."""
    from approvals.duplicates import suspected_duplicates
    from approvals.reading import check_office

    settings = read_settings(home)
    pairs = suspected_duplicates(settings, state=state, office_id=office)
    rows = [pair.summary() for pair in pairs]
    if not rows:
        check_office(settings, office)
    if as_json:
        show.json_document(rows)
        return
    for row in rows:
        identity = f"{row['duplicate_id'][:12]}  {row['state']:<9} {row['suspicion']:<14} "
        sides = " / ".join(
            shown(f"{row[f'{side}_office_id']} {row[f'{side}_project_symbol'] or ''}").strip()
            for side in ("counted", "other")
        )
        amount = f"{row['other_amount_usd']:,}" if row["other_amount_usd"] is not None else "-"
        show.console.print(Text.assemble((identity, "bold"), f"US$ {amount}  {sides}"))
    show.lines([show.counted(len(rows), "suspected duplicate")])


@app.command(name="show")
def show_duplicate(duplicate_id: DuplicateId, home: Home = None, as_json: AsJson = False) -> None:
    """Show two approvals side by side, and what was decided about them."""
    from approvals.duplicates import FACTS, suspected_duplicate

    pair = suspected_duplicate(read_settings(home), duplicate_id).as_json()
    if as_json:
        show.json_document(pair)
        return
    sides = {f"{side}_{name}" for side in ("counted", "other") for name in FACTS}
    history = pair.pop("history")
    facts = {name: shown(value) for name, value in pair.items() if name not in sides}
    show.result(facts, as_json=False)
    for name in FACTS:
        counted, other = shown(pair[f"counted_{name}"]), shown(pair[f"other_{name}"])
        mark = " " if counted == other else "≠"
        show.lines([f"  {mark} {name:<18} {counted:<40} {other}"])
    for entry in history:
        print_step(entry)


@app.command()
def propose(
    duplicate_id: DuplicateId,
    by: By,
    reason: Reason,
    decision: Annotated[
        str,
        typer.Option("--decision", help="counts-once, revision or legitimate-repeat."),
    ],
    counts: Annotated[
        str | None,
        typer.Option(
            "--counts",
            help="The approval that counts; default: the one shown first, of a revision the later.",
        ),
    ] = None,
    expires: Annotated[
        datetime | None,
        typer.Option("--expires", formats=["%Y-%m-%d"], help="The last day on which it holds."),
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Propose what two approvals are to each other; it holds once another person approves it."""
    from typing import get_args

    from approvals import duplicates

    chosen = decision.replace("-", "_")
    if chosen not in get_args(duplicates.Decision):
        raise ConfigurationError(
            f"--decision {decision!r}: use counts-once, revision or legitimate-repeat"
        )
    entry = duplicates.propose(
        read_settings(home),
        duplicate_id,
        by=by,
        reason=reason,
        decision=cast("duplicates.Decision", chosen),
        counts=counts,
        expires_on=expires.date() if expires else None,
    )
    print_entry(entry, as_json)


@app.command()
def approve(
    duplicate_id: DuplicateId, by: By, reason: Reason, home: Home = None, as_json: AsJson = False
) -> None:
    """Approve what another person has proposed; it holds from the next run on."""
    from approvals.duplicates import decide

    entry = decide(read_settings(home), "approve", duplicate_id, by=by, reason=reason)
    print_entry(entry, as_json)


@app.command()
def reject(
    duplicate_id: DuplicateId, by: By, reason: Reason, home: Home = None, as_json: AsJson = False
) -> None:
    """Reject what was proposed; all stays as it was."""
    from approvals.duplicates import decide

    entry = decide(read_settings(home), "reject", duplicate_id, by=by, reason=reason)
    print_entry(entry, as_json)


@app.command()
def revoke(
    duplicate_id: DuplicateId, by: By, reason: Reason, home: Home = None, as_json: AsJson = False
) -> None:
    """Propose that a decision ends; another person approves or rejects that."""
    from approvals.duplicates import revoke as propose_end

    print_entry(propose_end(read_settings(home), duplicate_id, by=by, reason=reason), as_json)
