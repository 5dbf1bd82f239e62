"""How results are shown: text for people, one JSON document for machines, colour on a terminal."""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from approvals.cli.tables import print_table
from approvals.visible import visible

if TYPE_CHECKING:
    from approvals.pipeline import RunResult
    from extract.report import FileReport

STYLES = {
    "loaded": "green",
    "loaded_with_warnings": "yellow",
    "quarantined_rows": "yellow",
    "rejected": "red",
    "skipped_duplicate": "dim",
    "pass": "green",
    "fail": "red",
    "no_data": "yellow",
}
MESSAGE = 2000
"""Characters of a message that are shown; a cell in it may be of any length."""
console = Console(highlight=False, soft_wrap=True)


def error(message: str) -> None:
    """Print an error in one line on standard error."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(Text(f"error: {message}", "red"))


def progress(sentence: str) -> None:
    """Print what begins now on standard error, so that output can be piped."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(Text(f"… {sentence}", "dim"))


def json_document(value: object) -> None:
    """Print one JSON document."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def result(values: Mapping[str, Any], as_json: bool) -> None:
    """Print a flat result, a line for each value."""
    if as_json:
        json_document(values)
        return
    width = max(len(name) for name in values)
    for name, value in values.items():
        console.print(Text(f"{name:<{width}}  {_worded(value)}"))


def _worded(value: object, nothing: str = "none yet") -> str:
    """Return a value as people say it; JSON keeps null, true and false."""
    if value is None:
        return nothing
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def counted(number: int, noun: str) -> str:
    """Return a number and what it counts."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def lines(sentences: Iterable[str]) -> None:
    """Print one sentence a line."""
    for sentence in sentences:
        console.print(Text(sentence))


def file_report(report: "FileReport") -> None:
    """Print one line for a file and its messages below; a file already known stays silent."""
    if report.status == "skipped_duplicate":
        return
    style = STYLES.get(report.status, "")
    rows = f"{report.rows_accepted} accepted, {report.rows_rejected} quarantined"
    path = visible(report.path)
    console.print(Text.assemble((f"{report.status:<20} ", style), f"{path}  {rows}"))
    for message in report.messages:
        said = message.removeprefix(f"{report.path}: ")
        console.print(Text(f"    {visible(said, MESSAGE)}", "dim"))
    if report.feedback and report.status != "loaded":
        console.print(Text(f"    answer to the office: {report.feedback}", "dim"))


def refused_file(report: "FileReport") -> None:
    """Print a file that was refused, with its reason and fix; stay silent on every other."""
    if report.status == "rejected":
        file_report(report)


def load_summary(report: Mapping[str, Any]) -> None:
    """Print how many files ended in each status."""
    counts = [f"{count} {name}" for name, count in report["statuses"].items() if count]
    console.print(Text(f"{counted(len(report['files']), 'file')}: {', '.join(counts)}"))


def run_result(outcome: "RunResult", as_json: bool) -> None:
    """Print what a whole run did and how long each stage took."""
    if as_json:
        json_document(asdict(outcome))
        return
    load_summary(outcome.load)
    console.print(Text(f"release {outcome.release_id or 'unchanged'}", "bold"))
    timing = ", ".join(f"{name} {seconds} s" for name, seconds in outcome.seconds.items())
    console.print(Text(timing, "dim"))


def releases(rows: Iterable[Any], as_json: bool) -> None:
    """Print the releases, the newest first."""
    listed = [row.summary() for row in rows]
    if as_json:
        json_document(listed)
    elif listed:
        cells = [[_worded(value, "") for value in row.values()] for row in listed]
        _table(list(listed[0]), cells)
    else:
        console.print("no release yet: run `approvals run`")


def figures(rows: list[dict[str, str | None]], classification: str, data: str) -> None:
    """Print each published figure beside the recomputed one, how classified and on what data."""
    if not rows:
        console.print("there are no published figures: put them into seeds/published_figures.csv")
        return
    shown = [
        *("figure_id", "measure", "period", "member", "operator", "expected"),
        *("value", "status", "value_then", "status_then"),
    ]
    _table(shown, [[row[name] or "" for name in shown] for row in rows])
    counts = {name: sum(row["status"] == name for row in rows) for name in STYLES}
    console.print(Text(", ".join(f"{n} {name}" for name, n in counts.items() if n), "bold"))
    console.print(Text(f"in the classification of {classification}"))
    console.print(Text(f"data: {data}"))


def records(title: str, rows: list[dict[str, Any]]) -> None:
    """Print a title and below it a table of objects with the same keys; NULL is empty."""
    console.print(Text(title, "bold"))
    if rows:
        cells = [
            ["" if value is None else visible(str(value)) for value in row.values()] for row in rows
        ]
        _table(list(rows[0]), cells)


def _table(columns: list[str], rows: list[list[str]]) -> None:
    print_table(columns, [[Text(cell, STYLES.get(cell, "")) for cell in row] for row in rows])
