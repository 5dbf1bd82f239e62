"""The cells of a record whose quotes are damaged, if one reading is better than all others.

A quote can be stray (`"2006,…`), not doubled (`"a 5" pipe"`), or a delimiter can be missing
beside one (`"a""b"`). Every reading of the record with the table's width is weighed by what it
must assume; the reading that assumes least counts if no other assumes as little.
"""

from collections.abc import Iterator
from dataclasses import dataclass

LITERAL_QUOTE = 10
"""A quote that should have been doubled or that opens no quoted cell."""
INNER_QUOTE = 2
"""A quote inside an unquoted cell, as in `5" pipe`: most programs write it so."""
LOST_DELIMITER = 11
WORK_LIMIT = 400_000
"""Of one reading; a record that takes more is given up, so that time stays bounded."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a record."""

    cells: list[str]
    cost: int
    lost_delimiter: bool


@dataclass(slots=True)
class _Path:
    cost: int
    ways: int
    cell: str
    start: int
    lost: bool


def read_damaged(text: str, delimiter: str, quote: str, width: int | None) -> Reading | None:
    """Return the one cheapest reading of a record, of a given width or of any.

    Args:
        text: the record without its line end.
        delimiter: as the file is written.
        quote: as the file is written.
        width: number of cells wanted, or None.

    Returns:
        None if there is no such reading, if two are equally cheap, or it would take too long.
    """
    if weight(text, delimiter, quote, width) > WORK_LIMIT:
        return None
    paths: dict[int, dict[int, _Path]] = {0: {0: _Path(0, 1, "", -1, lost=False)}}
    length = len(text)
    waiting = [0]
    while waiting:
        start = min(waiting)
        waiting.remove(start)
        if start > length:
            continue
        for cell, after, cost, lost in _fields(text, start, delimiter, quote, width):
            new = after not in paths
            _extend(paths, start, after, cell, cost, lost=lost, width=width)
            if new and after in paths and after <= length:
                waiting.append(after)
    return _best(paths, length + 1, width)


def weight(text: str, delimiter: str, quote: str, width: int | None) -> int:
    """Return how much work reading a damaged record is, in steps of about a microsecond."""
    quotes = text.count(quote)
    return quotes * (text.count(delimiter) + 1 + quotes) * (width or 8) + quotes * len(text) // 64


def _fields(
    text: str, start: int, delimiter: str, quote: str, width: int | None
) -> Iterator[tuple[str, int, int, bool]]:
    """Yield each way to read one cell: text, start of the next cell, cost, delimiter lost."""
    length, step = len(text), len(delimiter)
    if text.startswith(quote, start):
        closing = text.find(quote, start + 1)
        while closing >= 0:
            inner = text[start + 1 : closing]
            rest = inner.replace(quote * 2, "")
            undoubled = rest.count(quote)
            cell = inner.replace(quote * 2, quote)
            if closing + 1 == length:
                yield cell, length + 1, undoubled * LITERAL_QUOTE, False
            elif text.startswith(delimiter, closing + 1):
                yield cell, closing + 1 + step, undoubled * LITERAL_QUOTE, False
            elif width and not undoubled:
                yield cell, closing + 1, LOST_DELIMITER, True
            closing = text.find(quote, closing + 1)
    end = text.find(delimiter, start)
    stop = length if end < 0 else end
    cell = text[start:stop]
    quotes = cell.count(quote)
    opens = cell.startswith(quote)
    cost = quotes * (LITERAL_QUOTE if opens else INNER_QUOTE)
    if "\n" in cell or "\r" in cell:
        return
    yield cell, length + 1 if end < 0 else end + step, cost, False
    if width and quotes and not opens:
        opening = text.find(quote, start)
        yield text[start:opening], opening, LOST_DELIMITER, True


def _extend(
    paths: dict[int, dict[int, _Path]],
    start: int,
    after: int,
    cell: str,
    cost: int,
    *,
    lost: bool,
    width: int | None,
) -> None:
    """Add one cell to every reading that ends where it starts."""
    ends = paths.setdefault(after, {})
    for count, path in paths[start].items():
        if (width and count + 1 > width) or (lost and path.lost):
            continue
        total, known = path.cost + cost, ends.get(count + 1)
        if known is None or total < known.cost:
            ends[count + 1] = _Path(total, path.ways, cell, start, lost=lost or path.lost)
        elif total == known.cost:
            known.ways += path.ways


def _best(paths: dict[int, dict[int, _Path]], end: int, width: int | None) -> Reading | None:
    ends = paths.get(end, {})
    counts = [width] if width else sorted(ends, key=lambda count: ends[count].cost)
    if not counts or counts[0] not in ends:
        return None
    best = ends[counts[0]]
    rivals = [path for count, path in ends.items() if path.cost == best.cost and not width]
    if best.ways > 1 or len(rivals) > 1:
        return None
    cells, count, at = [], counts[0], end
    while count:
        path = paths[at][count]
        cells.append(path.cell)
        at, count = path.start, count - 1
    return Reading(cells[::-1], best.cost, best.lost)
