"""Commands of auditors and of those who sign: `sign-off` and `verify`."""

from typing import Annotated

import typer

from approvals.cli import show
from approvals.cli.options import AsJson, Home
from approvals.errors import TrailBrokenError
from approvals.runs import known_run_id
from approvals.settings import read_settings


def sign_off(
    run_id: Annotated[str, typer.Argument(help="The run that waits; the message names it.")],
    by: Annotated[str, typer.Option("--by", help="Who signs.")],
    reason: Annotated[str, typer.Option("--reason", help="Why the warnings may go out, or not.")],
    reject: Annotated[
        bool, typer.Option("--reject", help="Refuse it: nothing is published.")
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Sign a release whose audit has warnings and publish it, or refuse it."""
    from approvals import pipeline

    settings = read_settings(home)
    run = known_run_id(settings, run_id)
    decision_id = pipeline.sign_off(settings, run, "reject" if reject else "approve", by, reason)
    release_id = None if reject else pipeline.publish_signed(settings, run)
    show.result({"decision_id": decision_id, "release_id": release_id}, as_json)


def verify(
    release: Annotated[
        str | None, typer.Option("--release", help="Only this release; default: all of them.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Recompute every hash and count of journal, lake and releases; name the first broken link."""
    from approvals.trail import verify_trail

    trail = verify_trail(read_settings(home), release)
    if as_json:
        show.json_document(trail.as_json())
    else:
        show.result(trail.counts(), as_json=False)
    if trail.broken:
        raise TrailBrokenError(f"{trail.broken}. {trail.fix}")
