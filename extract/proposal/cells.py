"""Evidence from the cells of a column: dates, numbers, symbols, values that a field is known by."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.folding import fold

DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.*|\d{1,2}[-/. ]\d{1,2}[-/. ](\d{2}|\d{4})( .*)?"
    r"|\d{1,2}(er|st|nd|rd|th)?[ .-](de )?[^\W\d]{3,12}[ .,-]+(de )?(\d{2}|\d{4})"
    r"|[^\W\d]{3,12}[ .-]\d{1,2}(st|nd|rd|th)?,? \d{4}"
)
NUMBER = re.compile(  # letters and a hyphen before digits are a reference: HN-1
    r"(?![^\W\d]+-)[^\d\s]{0,4} ?[-+(]?[\d٠-٩][\d٠-٩.,'’ \u00a0\u2009\u202f]*\)?-? ?[^\d\s]{0,4}"
)
SYMBOL = re.compile(r"[A-Z]{2,4}/\d{2,4}/\d{1,3}[A-Z]?/[A-Z]{2,4}")
ENOUGH = 0.6
"""Share of a column's cells that must speak for something before it counts."""


@dataclass(frozen=True, slots=True)
class ColumnEvidence:
    """What the cells of a column say, as shares of its filled cells from 0 to 1."""

    cells: int
    dates: float
    numbers: float
    symbols: float
    known: Mapping[str, float]
    """Field → share of cells that are known values of it, where that is enough."""


def evidence_of(cells: Sequence[str], values: Mapping[str, frozenset[str]]) -> ColumnEvidence:
    """Return what a sample of a column's cells says.

    Args:
        cells: the cells, empty ones included.
        values: field → folded texts that are its known values.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    folded = [fold(cell) for cell in filled]
    known = {field: _share([text in texts for text in folded]) for field, texts in values.items()}
    return ColumnEvidence(
        cells=len(filled),
        dates=_share([DATE.fullmatch(cell) is not None for cell in filled]),
        numbers=_share([_is_number(cell) for cell in filled]),
        symbols=_share([SYMBOL.fullmatch(cell) is not None for cell in filled]),
        known={field: share for field, share in known.items() if share >= ENOUGH},
    )


def _is_number(cell: str) -> bool:
    return NUMBER.fullmatch(cell) is not None and DATE.fullmatch(cell) is None


def _share(tests: Sequence[bool]) -> float:
    return sum(tests) / len(tests) if tests else 0.0
