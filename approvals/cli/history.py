"""Commands about what was known when."""

from collections import Counter
from enum import StrEnum
from typing import Annotated, Any

import typer

from approvals.cli import show
from approvals.cli.options import AsJson, Classification, ClassificationOf, Home
from approvals.settings import read_settings

SHOWN = 20
COLUMNS = (
    *("office_id", "office_reference", "project_symbol", "change_usd", "reason"),
    *("file_name", "sheet_name", "record_number"),
)
"""Of an approval, for people; `--json` has them all."""


class Dimension(StrEnum):
    """What approvals are classified by."""

    REGION = "region"
    SECTOR = "sector"
    DONOR_GROUP = "donor_group"


def shares(
    dimension: Annotated[Dimension, typer.Argument(help="By what approvals are added up.")],
    classification: Classification = ClassificationOf.THEN,
    year: Annotated[int | None, typer.Option(help="One year of approval; default: all.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Print amount and share by region, sector or donor group, as classified then or today."""
    from approvals.reading import kind_of_data, member_shares

    settings = read_settings(home)
    found = member_shares(settings, dimension.value, classification.value, year)
    if as_json:
        show.json_document(found)
        return
    show.records(f"approvals by {dimension}, in the classification of {classification}", found)
    if not found:
        show.lines([f"no approvals of {year}" if year else "no approvals"])
    show.lines([f"data: {kind_of_data(settings)}"])


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

    found = difference(read_settings(home), before, after)
    if as_json:
        show.json_document(found)
        return
    show.lines(_summary(found))
    for title in ("figures", "years"):
        show.records(f"{show.counted(len(found[title]), title[:-1])} changed", found[title])
    show.records(_reclassified(found["reclassified"]), found["members"])
    approvals = [{name: row[name] for name in COLUMNS} for row in found["approvals"]]
    limit = len(approvals) if show_all else SHOWN
    show.records(f"{show.counted(len(approvals), 'approval')} changed", approvals[:limit])
    hidden = len(approvals) - limit
    if hidden > 0:
        show.lines([f"and {show.counted(hidden, 'more approval')}: --all shows them"])


def _reclassified(rows: list[dict[str, Any]]) -> str:
    reasons = Counter(row["reason"] for row in rows)
    parts = ", ".join(f"{count} by {reason}" for reason, count in sorted(reasons.items()))
    verb = "counts" if len(rows) == 1 else "count"
    moved = f"{show.counted(len(rows), 'approval')} {verb} elsewhere"
    return moved + (f": {parts}" if parts else "")


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
