"""`approvals trace`: from a figure, or one value of a mart, down to the cells of the files."""

import json
from pathlib import Path
from typing import Annotated

import typer

from approvals.cli import show
from approvals.cli.options import AsJson, Home
from approvals.errors import TraceTargetError
from approvals.settings import read_settings

SHOWN = 5
"""Approvals below each sum that the terminal shows."""
TO_KEEP = 200
"""Approvals below each sum that a page and the JSON hold."""


def trace(
    what: Annotated[str, typer.Argument(help="A published figure, such as H01, or a mart.")],
    key: Annotated[
        list[str] | None,
        typer.Option("--key", help="What names the row of a mart: year=2006, region=Africa."),
    ] = None,
    column: Annotated[
        str | None, typer.Option("--column", help="Column of the mart; default: its amount_usd.")
    ] = None,
    release: Annotated[
        str | None, typer.Option("--release", help="A release id; default: the current release.")
    ] = None,
    show_all: Annotated[
        bool, typer.Option("--all", help="Show every approval below a sum.")
    ] = False,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            min=0,
            help=f"Show so many approvals below a sum, the largest first; default: {SHOWN}, on a "
            f"page and in JSON {TO_KEEP}. All are added up.",
        ),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write one page to keep instead of text.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Walk from a figure to the cells that it comes from, adding up again at every level."""
    from approvals.cli.show_trace import print_trace
    from approvals.trace import render_page
    from approvals.trace import trace as walk

    if limit is None:
        limit = TO_KEEP if as_json or html else SHOWN
    shown = None if show_all else limit
    found = walk(read_settings(home), what, _keys(key or []), column, release, shown)
    if html:
        html.write_text(render_page(found), encoding="utf-8")
        show.progress(f"wrote {html}")
    if as_json:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False, default=str))
    elif not html:
        print_trace(found)


def _keys(pairs: list[str]) -> dict[str, str]:
    keys = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not (name and sign and value):
            raise TraceTargetError(f"--key {pair!r} is not COLUMN=VALUE, such as year=2006")
        keys[name] = value
    return keys
