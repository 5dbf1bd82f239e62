"""Files that a mail gateway or a full disk cut: what is there may count, what is not may not.

The places of the cuts are drawn once, from a fixed seed. A cut text file ends inside its last row
before the amount is complete, or the cell behind the amount is missing: the row may not be loaded
as if it were whole.
"""

import random
from collections.abc import Callable

from tests.extract.adversarial.case import Case, Expected, flagged, refused, usd
from tests.extract.adversarial.files import (
    archive_of,
    csv,
    gzipped,
    html,
    stored,
    table,
    xlsx,
)

AMOUNTS = tuple(f"{n}000.50" for n in range(1, 9))
TEXT = csv(table(AMOUNTS, title="Cut"))
BOOK = xlsx(table([float(text) for text in AMOUNTS], title="Cut"))


def _cuts(kind: str, build: Callable[[], bytes], count: int, name: str) -> list[Case]:
    """Return cases of a binary file cut at places drawn by chance: each must be refused."""
    draw = random.Random(f"cut {kind}")  # noqa: S311 - nothing secret
    places = sorted(draw.uniform(0.05, 0.97) for _ in range(count))

    def cut(place: float) -> Callable[[], bytes]:
        def build_cut() -> bytes:
            whole = build()
            return whole[: int(len(whole) * place)]

        return build_cut

    return [
        Case(f"cut-{kind}-{number}", f"cut at {place:.0%}", cut(place), refused(), name)
        for number, place in enumerate(places, start=1)
    ]


def _text_cut(number: int, end: int, whole_rows: int, expected: Expected | None = None) -> Case:
    """Return the text cut behind this many characters, with so many rows whole."""
    total = sum(int(text[0]) * 1000 + 0.5 for text in AMOUNTS[:whole_rows])
    return Case(
        f"cut-text-{number}",
        f"cut to {TEXT[:end][-30:]!r}",
        TEXT[:end],
        expected or flagged(usd(f"{total:.2f}"), accepted=whole_rows),
    )


PAGE = html(table(AMOUNTS, title="Cut"))
LAST = TEXT.rindex(b"8000.50")
FIFTH = TEXT.index(b"5000.50")

CASES = [
    _text_cut(1, LAST + 1, 7),
    _text_cut(2, LAST + 4, 7),
    _text_cut(3, LAST - 8, 7),
    _text_cut(4, FIFTH + 2, 4),
    _text_cut(5, FIFTH - 20, 4),
    Case(
        "cut-utf16-inside-amount",
        "UTF-16 cut inside an amount",
        TEXT.decode().encode("utf-16")[: 2 + 2 * (FIFTH + 2)],
        flagged(usd("10002.00"), accepted=4),
    ),
    Case(
        "cut-html",
        "a page cut inside an amount",
        PAGE[: PAGE.index(b"5000.50") + 2],
        flagged(usd("10002.00")),
        "approvals.xls",
    ),
    *_cuts("xlsx", BOOK, 5, "approvals.xlsx"),
    *_cuts("xls", stored("plain.xls"), 4, "approvals.xls"),
    *_cuts("ods", stored("plain.ods"), 3, "approvals.ods"),
    *_cuts("gzip", lambda: gzipped(TEXT), 3, "approvals.csv.gz"),
    *_cuts("zip", lambda: archive_of({"a.csv": TEXT, "b.csv": TEXT + b" "}), 3, "approvals.zip"),
]
