"""What stands in each export: the rows that an office knew at its cutoff."""

from collections.abc import Iterable

from examples.approval import Approval, History
from examples.schedule import Export

Line = tuple[Approval, str]
"""What an office reports, and with which status."""


def lines(export: Export, histories: Iterable[History]) -> list[Line]:
    """Return the rows of an export in the order of date and symbol."""
    found: list[Line] = []
    for history in histories:
        told = _cumulative(export, history) if export.year else _delta(export, history)
        found += told * history.copies
    return sorted(found, key=lambda line: (line[0].approval_date, line[0].project_symbol))


def _cumulative(export: Export, history: History) -> list[Line]:
    approval = history.known_on(export.cutoff)
    if approval is None or approval.approval_date.year != export.year:
        return []
    return [(approval, approval.status)]


def _delta(export: Export, history: History) -> list[Line]:
    """A delta tells each change; what was withdrawn is told once more, as cancelled."""
    found = []
    for number, version in enumerate(history.versions):
        if not export.since < version.known_from <= export.cutoff:
            continue
        if version.approval is None:
            found.append((history.first, "cancelled"))
        else:
            found.append((version.approval, "revised" if number else version.approval.status))
    return found[-1:]
