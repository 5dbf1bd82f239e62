"""The catalogue of reason codes: what can be wrong with an export, and what its office should do.

The catalogue is data, `reasons.csv`, one line for each code; this module only reads it, and
`extract.reasons_page` shows it. Codes are stable: they stand in the lake.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

CATALOGUE: Final = Path(__file__).with_name("reasons.csv")
LANGUAGES: Final = ("en", "fr", "es", "pt")
LEVELS: Final = ("row", "warning", "file", "dropped")
SEVERITIES: Final = ("critical", "warning", "info")


@dataclass(frozen=True, slots=True)
class Reason:
    """One code of the catalogue."""

    code: str
    level: str
    """row: it waits in quarantine; warning: it is loaded all the same; file: critical ones reject
    the file whole, the others are noticed; dropped: the record is no row and only counted."""
    severity: str
    """critical: not loaded; warning: loaded, somebody should look; info: loaded, for the record."""
    field: str
    """The field whose column the message names; empty where no single column is concerned."""
    order: int
    """Precedence among the reasons of a row: the lowest is the row's `reason_code`."""
    meanings: Mapping[str, str]
    """Language → what it says, as part of a sentence."""
    fixes: Mapping[str, str]
    """Language → what the office should do, as part of a sentence."""

    @property
    def meaning(self) -> str:
        """What the code says, in English."""
        return self.meanings["en"]

    @property
    def fix(self) -> str:
        """What the office should do, in English."""
        return self.fixes["en"]


@cache
def catalogue() -> Mapping[str, Reason]:
    """Return every reason by its code: level by level, inside a level by precedence."""
    with CATALOGUE.open(encoding="utf-8", newline="") as source:
        found = [_reason(line) for line in csv.DictReader(source)]
    found.sort(key=lambda reason: (LEVELS.index(reason.level), reason.order, reason.code))
    return {reason.code: reason for reason in found}


def of_level(level: str) -> tuple[Reason, ...]:
    """Return the reasons of one level, in their order."""
    return tuple(reason for reason in catalogue().values() if reason.level == level)


def _reason(line: dict[str, str]) -> Reason:
    return Reason(
        code=line["code"],
        level=line["level"],
        severity=line["severity"],
        field=line["field"],
        order=int(line["order"]),
        meanings={language: line[f"meaning_{language}"] for language in LANGUAGES},
        fixes={language: line[f"fix_{language}"] for language in LANGUAGES},
    )


ROW_REASONS: Final = of_level("row")
"""Why a row waits in quarantine; the first that applies is the row's `reason_code`."""

WARNINGS: Final = {reason.code: reason.meaning for reason in of_level("warning")}
"""Code → meaning of what is noticed on a row that is loaded all the same."""

FILE_REASONS: Final = {
    reason.code: f"{reason.meaning}: {reason.fix}"
    for reason in of_level("file")
    if reason.severity == "critical"
}
"""Code → meaning and fix of why a file is rejected whole; the rest of the load goes on."""
