"""`docs/reason-codes.md`, written from the catalogue: one place to change a code's text.

Run as `python -m extract.reasons_page > docs/reason-codes.md`.
"""

import sys
from typing import Final

from extract.reasons import Reason, of_level

SECTIONS: Final[dict[str, tuple[str, str]]] = {
    "row": (
        "A row waits in quarantine",
        "The first that applies is the row's `reason_code`; all stand in `reason_codes`.",
    ),
    "warning": (
        "A row is loaded with a warning",
        "Its codes stand in the row's `warning_codes`.",
    ),
    "file": (
        "A file as a whole",
        "Critical: it is rejected, and tried again when the configuration changes.",
    ),
    "dropped": (
        "A record is no row",
        "It is counted in `rows_dropped` and by its code in the manifest's `dropped`.",
    ),
}
INTRODUCTION: Final = """# Reason codes

Written by `make docs` from `extract/reasons.csv`, which holds every text in English, French,
Spanish and Portuguese; a test holds this page true. Codes are stable: they stand in the lake. A new
code is one more line there, with all languages; for a row, `order` says which reason comes first.

- *critical*: the row or the file is not loaded;
- *warning*: it is loaded, and somebody at the office should look at it;
- *info*: it is loaded or rightly left out, and this is on record.
"""


def page() -> str:
    """Return `docs/reason-codes.md`."""
    parts = [INTRODUCTION]
    for level, (title, explanation) in SECTIONS.items():
        parts += [f"## {title}", f"{explanation}\n", _page_table(of_level(level))]
    return "\n".join(parts)


def _page_table(reasons: tuple[Reason, ...]) -> str:
    """Return one level's codes; the column `column` only where a code concerns one."""
    with_column = any(reason.field for reason in reasons)
    names = ["code", "severity", *(["column"] if with_column else []), "meaning", "the office"]
    lines = [f"| {' | '.join(names)} |", "|---" * len(names) + "|"]
    for reason in reasons:
        column = [reason.field] if with_column else []
        cells = [f"`{reason.code}`", reason.severity, *column, reason.meaning, reason.fix]
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
