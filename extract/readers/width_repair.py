"""Ragged records mended, where one mending fits the columns far better than any other.

A record can lack a delimiter, have one too many, hold an unquoted delimiter in a text, or be
written with another delimiter than its file. Each possible mending is weighed against what the
file's own columns look like (`ColumnProfile`). What is not certain stays as it is.
"""

import csv
import math
import re
from collections.abc import Iterator, Sequence

from extract.readers.column_profile import ColumnProfile
from extract.readers.cutting import OddRecord
from extract.readers.dialect import Dialect

MARGIN = math.log(20)
"""The best mending must be this much likelier than the next."""
LONGEST_CELL = 4000
MOST_EXTRA = 6
OTHER_DELIMITERS = (";", "\t", "|", ",", " ")
MOST_TOKENS = 400
MOST_QUOTES = 40
MEANT = "\ue004"
"""Stands for an empty cell that was written with its quotes."""
HALF_QUOTED_PENALTY = -12.0
"""Two cells with half a pair of quotes each are rather one quoted cell."""
OVERFLOW_PENALTY = -4.0
"""An unquoted delimiter in a text is rarer than an empty cell too many."""

Candidate = tuple[float, tuple[str, ...]]


def mend(record: Sequence[str], profile: ColumnProfile, dialect: Dialect) -> list[str] | None:
    """Return a record of the usual width if its mending is certain, else None."""
    width, count, delimiter = profile.width, len(record), dialect.delimiter
    if not profile.is_evidence or not any(map(str.strip, record)):
        return None
    candidates: list[Candidate] = []
    if count == width:
        candidates.append((profile.total(record) + HALF_QUOTED_PENALTY, tuple(record)))
    if count == width - 1:
        candidates += _one_delimiter_lost(record, profile)
    elif width < count <= width + MOST_EXTRA:
        candidates += _cells_too_many(record, profile, delimiter)
    if isinstance(record, OddRecord):
        line = record.line.rstrip("\r\n")
        candidates += _delimiter_lost_beside_quote(line, profile, dialect)
        if count < width:
            candidates += _other_delimiter(line, profile, delimiter)
    mended = _certain(candidates, profile)
    without = [[*record[:place], *record[place + 1 :]] for place in _quoted_empty(record, dialect)]
    return None if mended in without else mended


def mend_header(record: Sequence[str], width: int, delimiter: str) -> list[str] | None:
    """Return a header of the usual width if only one mending gives it: no profile helps here."""
    if len(record) == width + 1 and sum(not cell.strip() for cell in record) == 1:
        return [cell for cell in record if cell.strip()]
    if len(record) == 1 < width:
        splits = [
            tokens
            for other in OTHER_DELIMITERS
            if other != delimiter and len(tokens := _tokens(record[0], other)) == width
        ]
        if len(splits) == 1 and all(map(str.strip, splits[0])):
            return splits[0]
    return None


def _certain(candidates: list[Candidate], profile: ColumnProfile) -> list[str] | None:
    best: dict[tuple[str, ...], float] = {}
    for score, cells in candidates:
        if score > best.get(cells, -math.inf):
            best[cells] = score
    ranked = sorted(best.items(), key=lambda entry: -entry[1])
    if not ranked or not profile.accepts(ranked[0][0]):
        return None
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN:
        return None
    return list(ranked[0][0])


def _one_delimiter_lost(record: Sequence[str], profile: ColumnProfile) -> Iterator[Candidate]:
    """Yield the record with one cell cut in two, at every place."""
    before = profile.fits(record)
    after = profile.fits(record, 1)
    left = 0.0
    right = sum(after)
    for position, cell in enumerate(record):
        right -= after[position]
        head, tail = profile.columns[position], profile.columns[position + 1]
        for cut in _cuts(cell):
            first, second = cell[:cut], cell[cut:]
            score = left + right + head.fit(first) + tail.fit(second)
            yield score, (*record[:position], first, second, *record[position + 1 :])
        left += before[position]


def _delimiter_lost_beside_quote(
    line: str, profile: ColumnProfile, dialect: Dialect
) -> Iterator[Candidate]:
    """Yield the record with a delimiter put before or behind one of its quotes."""
    quote, delimiter = dialect.quote, dialect.delimiter
    if not quote or not 0 < line.count(quote) <= MOST_QUOTES or len(delimiter) != 1:
        return
    places = {match.start() + side for match in re.finditer(quote, line) for side in (0, 1)}
    for place in places:
        try:
            cells = _tokens(line[:place] + delimiter + line[place:], delimiter, quote, strict=True)
        except csv.Error:
            continue
        if len(cells) == profile.width and not _half_quoted(cells, quote):
            yield profile.total(cells), tuple(cells)


def _half_quoted(cells: Sequence[str], quote: str) -> bool:
    return sum(cell.count(quote) % 2 for cell in cells) > 1


def _cuts(cell: str) -> range:
    return range(len(cell) + 1) if len(cell) <= LONGEST_CELL else range(0)


def _quoted_empty(record: Sequence[str], dialect: Dialect) -> list[int]:
    """Return the places of empty cells that stand between quotes: no stray delimiter made them."""
    delimiter, quote = dialect.delimiter, dialect.quote
    if not isinstance(record, OddRecord) or not quote or len(delimiter) != 1:
        return []
    edge = re.escape(delimiter)
    marked, count = re.subn(
        rf"(^|(?<={edge})){quote}{quote}(?={edge}|$)", MEANT, record.line.rstrip("\r\n")
    )
    cells = _tokens(marked, delimiter, quote) if count else []
    if len(cells) != len(record):
        return []
    return [place for place, cell in enumerate(cells) if cell == MEANT]


def _cells_too_many(
    record: Sequence[str], profile: ColumnProfile, delimiter: str
) -> Iterator[Candidate]:
    """Yield the record without an empty cell, or with neighbours joined by the delimiter."""
    extra = len(record) - profile.width
    for position in range(len(record)):
        if extra == 1 and not record[position]:
            cells = (*record[:position], *record[position + 1 :])
            yield profile.total(cells), cells
    for position in range(profile.width):
        parts = record[position : position + extra + 1]
        if all(parts):
            joined, penalty = delimiter.join(parts), OVERFLOW_PENALTY
            if joined[0] == joined[-1] == "'" and joined.count("'") == 2:  # quoted in its own way
                joined, penalty = joined[1:-1], 0.0
            cells = (*record[:position], joined, *record[position + extra + 1 :])
            yield profile.total(cells) + penalty, cells


def _other_delimiter(line: str, profile: ColumnProfile, delimiter: str) -> Iterator[Candidate]:
    """Yield the record cut by another delimiter; its tokens are joined where texts hold it."""
    for other in OTHER_DELIMITERS:
        if other != delimiter and other in line:
            tokens = _tokens(line, other)
            if len(tokens) == profile.width:
                yield profile.total(tokens), tuple(tokens)
            elif profile.width < len(tokens) <= MOST_TOKENS:
                yield from _joined(tokens, profile, other)


def _tokens(line: str, delimiter: str, quote: str = '"', *, strict: bool = False) -> list[str]:
    reader = csv.reader([line], delimiter=delimiter, quotechar=quote, strict=strict)
    return next(reader, [])


def _joined(tokens: list[str], profile: ColumnProfile, delimiter: str) -> Iterator[Candidate]:
    """Yield the two best ways to join neighbouring tokens into the columns of the file."""
    ways: dict[int, list[Candidate]] = {0: [(0.0, ())]}
    for position, column in enumerate(profile.columns):
        left = profile.width - position - 1
        longest = column.most_tokens(delimiter)
        found: dict[int, list[Candidate]] = {}
        for start, known in ways.items():
            stops = range(start + 1, min(start + longest, len(tokens) - left) + 1)
            for stop in stops:
                cell = delimiter.join(tokens[start:stop])
                fit = column.fit(cell)
                extended = [(score + fit, (*cells, cell)) for score, cells in known]
                found[stop] = sorted(found.get(stop, []) + extended, reverse=True)[:2]
        ways = found
    yield from ways.get(len(tokens), [])
