"""The record that is likeliest the header of a sheet whose headers no alias knows."""

import re

from extract.proposal.vocabulary import Vocabulary
from extract.readers.table import RawTable

SEARCHED = 100
VALUE = re.compile(r"\d{3}|\d[.,/-]\d")
RESEMBLES = 75
ALIKE = 3
"""A header that resembles an alias counts as much as this many others."""


def likely_header(sheet: RawTable, dataset: str, vocabulary: Vocabulary) -> tuple[int, list[str]]:
    """Return the header's record number and its cells.

    A header has words and no values; the more of them, and the more that resemble an alias, the
    likelier. The first such record wins. Where none has words the first record is taken.
    """
    best, number, header = 0, 1, [""] * sheet.width
    for place, cells in enumerate(sheet.sample(SEARCHED), start=1):
        words = [cell for cell in cells if cell.strip()]
        if len(words) < 2 or any(VALUE.search(cell) for cell in words):
            continue
        alike = sum(
            any(score >= RESEMBLES for _, score in vocabulary.similar(dataset, cell))
            for cell in words
        )
        if len(words) + ALIKE * alike > best:
            best, number, header = len(words) + ALIKE * alike, place, cells
    return number, header + [""] * (sheet.width - len(header))
