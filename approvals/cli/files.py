"""Commands on files: load them, say what would be read in one, propose its column map."""

from pathlib import Path
from typing import Annotated

import typer

from approvals.cli import show
from approvals.cli.options import AsJson, Home
from approvals.errors import StorageError
from approvals.home import open_home
from approvals.settings import read_settings

File = Annotated[Path, typer.Argument(help="One export.")]
Office = Annotated[
    str | None, typer.Option("--office", help="Whose it is; default: by file_pattern, else nobody.")
]


def extract(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders; default: the drop folder.")
    ] = None,
    office: Annotated[str | None, typer.Option("--office", help="Only this office.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Load new exports into the lake; a file that cannot be loaded does not stop the others."""
    from approvals.configuration import resolve_configuration
    from extract import load_exports

    settings = read_settings(home)
    open_home(settings)
    report = load_exports(
        settings,
        resolve_configuration(settings),
        office_id=office,
        paths=paths or None,
        on_file=None if as_json else show.file_report,
    )
    if as_json:
        show.json_document(report.as_json())
    else:
        show.load_summary(report.as_json())


def inspect(file: File, office: Office = None, home: Home = None, as_json: AsJson = False) -> None:
    """Say how a file would be read, and why; nothing is loaded."""
    from approvals.cli import show_findings
    from approvals.configuration import resolve_configuration
    from extract.inspection import inspect_file

    settings = read_settings(home)
    found = inspect_file(settings, resolve_configuration(settings), file, office)
    if as_json:
        show.json_document(found.as_json())
    else:
        show_findings.print_findings(found)


def propose_map(
    file: File,
    office: Annotated[str, typer.Option("--office", help="The office whose map it will be.")],
    output: Annotated[
        Path | None, typer.Option("--output", help="Write the CSV here instead of to the output.")
    ] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Propose a column map for a file, as a CSV to review; why goes to standard error."""
    from approvals.cli import show_findings
    from approvals.configuration import resolve_configuration
    from extract.proposal import propose_map as propose

    proposal = propose(resolve_configuration(read_settings(home)), file, office)
    if output:
        _write_new(output, proposal.as_csv())
    if as_json:
        show.json_document(proposal.as_json())
        return
    show_findings.print_proposal(proposal)
    if not output:
        typer.echo(proposal.as_csv(), nl=False)


def _write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet: a map that somebody has reviewed is not drafted over."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise StorageError(
            f"{path} exists, and a reviewed map is not written over: name another file with "
            "--output, or delete it first"
        ) from error
