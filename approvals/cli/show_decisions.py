"""Steps of a decision as people read them, for every command that decides about something."""

from dataclasses import asdict
from typing import Any, Final

from rich.text import Text

from approvals.cli import show
from approvals.decisions import Entry
from approvals.visible import visible

CELL: Final = 300
"""Characters of a cell that are shown."""


def print_entry(entry: Entry, as_json: bool) -> None:
    """Print an entry of the journal."""
    if as_json:
        show.json_document(asdict(entry))
    else:
        print_step(asdict(entry))


def print_step(step: dict[str, Any]) -> None:
    """Print one step of a decision; a proposal with the record as it would count."""
    title = (
        f"{step['sequence']:>4}  {step['recorded_at'][:19]}Z  {step['action']} {step['decision']}"
    )
    show.console.print(Text(f"{title} by {shown(step['person'])}: {shown(step['reason'])}", "bold"))
    if step["expires_at"]:
        show.lines([f"      until {step['expires_at']}"])
    if step["accepted_codes"]:
        show.lines([f"      overrules {step['accepted_codes']}"])
    corrected = step["corrected"] or {}
    for name, value in (step["row_values"] or {}).items():
        if value is not None or name in corrected:
            mark = "*" if name in corrected else " "
            show.lines([f"    {mark} {name:<24} {shown(value)}"])


def shown(value: object) -> str:
    """Return a value as a terminal may show it; nothing for None."""
    return "" if value is None else visible(str(value), CELL)
