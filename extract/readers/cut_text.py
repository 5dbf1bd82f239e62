"""Whether a text file was cut off inside its last cell, so that it has all cells and says less.

A file that lacks cells is noticed by its width (`ragged`). Most files without a line end are whole:
a warning needs a sign, an open quote or a last cell that ends before what all the others end with,
such as `40` below `1000.00`. A whole number cut to a shorter one shows no sign.
"""

import csv
import os
import re
from pathlib import Path

from extract.readers.dialect import Dialect
from extract.readers.encoding import Encoding
from extract.readers.records import Records

TAIL_BYTES = 1 << 16
SAMPLE = 200
FEWEST = 3
"""Cells above the last one that must end alike."""
LEADING_DIGITS = re.compile(r"^\d+")
DIGIT = re.compile(r"\d")


def cut_warning(path: Path, encoding: Encoding, dialect: Dialect, records: Records) -> str | None:
    """Return a warning if the file may end inside its last cell, or None."""
    line = _unended_line(path, encoding)
    if line is None or not dialect.delimiter:
        return None
    sign = ""
    if dialect.quote and line.count(dialect.quote) % 2:
        sign = "an open quote"
    elif _ends_early(line, dialect, records):
        sign = "a last cell shorter than the others"
    if not sign:
        return None
    return (
        f"the file ends without a line end and with {sign}: it may be cut off, so check its last "
        "record, or export it again"
    )


def _unended_line(path: Path, encoding: Encoding) -> str | None:
    """Return the last line if no line end closes it; a long one is given from the middle on."""
    with path.open("rb") as source:
        size = source.seek(0, os.SEEK_END)
        source.seek(max(0, size - TAIL_BYTES))
        tail = source.read().decode(encoding.codec, "ignore")
    if not tail or tail.endswith(("\n", "\r")):
        return None
    return tail.splitlines()[-1]


def _ends_early(line: str, dialect: Dialect, records: Records) -> bool:
    """Tell whether the last cell lacks the end that the cells above it share."""
    if len(dialect.delimiter) > 1:
        return False
    cells = next(csv.reader([line], delimiter=dialect.delimiter, quotechar=dialect.quote or None))
    if len(cells) != dialect.width or not cells[-1]:
        return False
    above = [row[dialect.width - 1] for row in records.head(SAMPLE)[1:] if row[:-1] != cells[:-1]]
    filled = [cell for cell in above if cell]
    ends = set(map(_end, filled))
    if len(filled) < FEWEST or len(ends) != 1:
        return False
    shared, own = ends.pop(), _end(cells[-1])
    return len(own) < len(shared) and shared.startswith(own)


def _end(cell: str) -> str:
    """Return how a value is written behind its first digits: `.99` of 1000.00."""
    text = cell.strip()
    return DIGIT.sub("9", LEADING_DIGITS.sub("", text)) if LEADING_DIGITS.match(text) else text
