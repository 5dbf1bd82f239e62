"""Commands and their options. Stages are imported inside, so that `--help` answers at once."""

import logging
import sys
from datetime import datetime
from typing import Annotated

import typer

from approvals import __version__
from approvals.cli import decisions, duplicates, files, history, quarantine, show, trace
from approvals.cli.options import AsJson, Classification, ClassificationOf, Home
from approvals.errors import ApprovalsError, FiguresFailedError, StorageError
from approvals.home import prepare_process, refusal
from approvals.runs import known_run_id
from approvals.settings import read_settings

app = typer.Typer(
    name="approvals",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

RunId = Annotated[str, typer.Option("--run", help="The run id that `build` printed.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        show.lines([f"approvals {__version__}"])
        raise typer.Exit


@app.callback()
def root(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and stop."
        ),
    ] = False,
) -> None:
    """The approvals warehouse: exports in, audited marts out."""


app.command()(files.extract)
app.command()(files.inspect)
app.command(name="map")(files.propose_map)
app.command()(history.diff)
app.command()(history.shares)
app.command()(trace.trace)
app.command(name="sign-off")(decisions.sign_off)
app.command()(decisions.verify)
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(duplicates.app, name="duplicates")


@app.command()
def build(
    known_at: Annotated[
        datetime | None,
        typer.Option(
            "--known-at",
            formats=["%Y-%m-%d"],
            help="Rebuild as known at the end of that day (UTC), into a release of its own.",
        ),
    ] = None,
    full_refresh: Annotated[
        bool, typer.Option("--full-refresh", help="Build every table anew, from the whole lake.")
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Build a candidate database from the lake; nothing that a reader sees changes."""
    from approvals import pipeline

    settings = pipeline.forced(read_settings(home), full_refresh)
    if known_at:
        from approvals.rebuild import rebuild

        progress = (lambda _: None) if as_json else show.progress
        show.result(rebuild(settings, known_at.date(), progress), as_json)
        return
    run = pipeline.open_run(settings)
    database = pipeline.build_candidate(settings, run)
    show.result({**run, "database": database}, as_json)


@app.command()
def audit(run_id: RunId, home: Home = None, as_json: AsJson = False) -> None:
    """Audit the lake's new rows and a candidate's marts."""
    from approvals import pipeline

    settings = read_settings(home)
    run = {"run_id": known_run_id(settings, run_id)}
    lake = pipeline.audit_lake(settings, run)
    marts = pipeline.audit_marts(settings, run)
    report = settings.builds / run_id / "quality"
    show.result({"run_id": run_id, "lake": lake, "marts": marts, "report": str(report)}, as_json)


@app.command()
def publish(
    run_id: RunId,
    token: Annotated[int, typer.Option("--token", help="The token that `build` printed.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Make an audited candidate the current release."""
    from approvals import pipeline

    settings = read_settings(home)
    run = {"run_id": known_run_id(settings, run_id), "token": token}
    release_id = pipeline.publish_release(settings, run)
    show.result({"release_id": release_id}, as_json)


@app.command()
def run(
    force: Annotated[
        bool, typer.Option("--force", help="Build everything anew, though nothing is new.")
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Run all stages once, without a scheduler."""
    from approvals import pipeline

    result = pipeline.run(
        read_settings(home),
        force=force,
        progress=(lambda _: None) if as_json else show.progress,
        on_file=None if as_json else show.refused_file,
    )
    show.run_result(result, as_json)


@app.command()
def releases(home: Home = None, as_json: AsJson = False) -> None:
    """List the releases, the newest first."""
    from publish import list_releases

    show.releases(list_releases(read_settings(home)), as_json)


@app.command()
def rollback(
    release_id: Annotated[
        str | None, typer.Argument(help="The release to go back to; default: the one before.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Make an earlier release the current one again."""
    from publish import rollback as roll_back

    show.result({"release_id": roll_back(read_settings(home), release_id).release_id}, as_json)


@app.command()
def figures(
    classification: Classification = ClassificationOf.THEN,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Print every published figure beside what the current release gives."""
    from approvals.reading import kind_of_data, published_figures

    settings = read_settings(home)
    rows = published_figures(settings, classification.value)
    if as_json:
        show.json_document(rows)
    else:
        show.figures(rows, classification.value, kind_of_data(settings))
    failed = [str(row["figure_id"]) for row in rows if row["status"] == "fail"]
    # A paper counted in the classification of its day: what does not come out in that of today
    # is an answer and no fault of the release.
    if failed and classification is ClassificationOf.THEN:
        raise FiguresFailedError(
            f"published figures do not come out: {', '.join(failed)}; see quality.rule_results and "
            "the quality report of the release for what changed"
        )


@app.command()
def status(home: Home = None, as_json: AsJson = False) -> None:
    """Say what the lake holds, which release is current and whether a build is due."""
    from approvals.reading import warehouse_status

    show.result(warehouse_status(read_settings(home)), as_json)


@app.command()
def where(home: Home = None) -> None:
    """Say where the current release lies and how to look at it."""
    from approvals.reading import how_to_look

    show.lines(how_to_look(read_settings(home)))


def main() -> None:
    """Run the command line; an error is one line on standard error and an exit code."""
    prepare_process()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        app()
    except ApprovalsError as error:
        show.error(str(error))
        sys.exit(error.exit_code)
    except OSError as error:
        show.error(refusal(error))
        sys.exit(StorageError.exit_code)
