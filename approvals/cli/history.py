"""Commands about what was known when."""

from typing import Annotated, Any

import typer

from approvals.cli import show
from approvals.cli.options import AsJson, Home, settings_of

SHOWN = 20
COLUMNS = (
    *("office_id", "office_reference", "project_symbol", "change_usd", "reason"),
    *("file_name", "sheet_name", "record_number"),
)
"""Of an approval, for people; `--json` has them all."""


def diff(
    before: Annotated[str, typer.Argument(help="The id of a release.")],
    after: Annotated[str, typer.Argument(help="The id of another one.")],
    show_all: Annotated[
        bool, typer.Option("--all", help=f"Show every approval, not the {SHOWN} largest changes.")
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Say what changed between two releases: figures, years, approvals, and why."""
    from approvals.difference import difference

    found = difference(settings_of(home), before, after)
    if as_json:
        show.json_document(found)
        return
    show.lines(_summary(found))
    for title in ("figures", "years"):
        show.records(f"{len(found[title])} {title} changed", found[title])
    approvals = [{name: row[name] for name in COLUMNS} for row in found["approvals"]]
    limit = len(approvals) if show_all else SHOWN
    show.records(f"{len(approvals)} approvals changed", approvals[:limit])
    hidden = len(approvals) - limit
    if hidden > 0:
        show.lines([f"and {hidden} more approvals: --all shows them"])


def _summary(found: dict[str, Any]) -> list[str]:
    before, after = found["before"], found["after"]
    lines = [
        f"{side['release_id']}" + (f", as known at {side['known_at']}" if side["known_at"] else "")
        for side in (before, after)
    ]
    lines += [
        f"files: {len(found['files_added'])} more, {len(found['files_removed'])} fewer",
        *(
            f"{what} {'changed' if before[key] != after[key] else 'is the same'}"
            for what, key in (
                ("configuration", "config_sha256"),
                ("set of rates", "rate_set"),
                ("code", "commit"),
                ("content", "content_sha256"),
            )
        ),
    ]
    return lines
