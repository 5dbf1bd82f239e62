"""The cells of an XLSX sheet, found in its bytes by arithmetic on whole arrays, without a parser.

A parser makes an object of each of a sheet's millions of tags. Spreadsheet programs write cells in
few forms, so that here a form is read once and then looked for among all cells at once. Nothing is
passed over: each `<` belongs to a row or to a cell of a known form, or the markup is irregular and
the workbook is left to python-calamine.
"""

import re
from dataclasses import dataclass, replace

import numpy as np

from extract.readers.xlsx_forms import (
    FORMULA,
    WORD,
    Form,
    Forms,
    IrregularMarkupError,
    begins,
    words_of,
)

PADDING = bytes(16)
"""Behind a stretch of markup, so that eight bytes can be read at each of its places."""
REFERENCE = b'<c r="'
MOST_LETTERS, MOST_DIGITS = 3, 7
QUOTE = ord('"')
_FORMULA_CELL = re.compile(
    rb"<f(?: [^<>]*)?(?:/>|>[^<]*</f>)(?:<v(?: xml:space=\"preserve\")?>([^<]*)</v>|<v/>|)</c>"
)


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of a stretch of markup, in the order of rows and columns, both from 0."""

    markup: bytes
    rows: np.ndarray
    columns: np.ndarray
    forms: np.ndarray
    """Number of each cell's form."""
    starts: np.ndarray
    """Where in the markup the cell's value begins; it has none where that is its end."""
    ends: np.ndarray
    row_starts: np.ndarray
    """Where in the markup each row begins that has cells."""
    first_cells: np.ndarray
    """Where its first cell begins."""
    row_numbers: np.ndarray
    """Which row it is."""

    def taken(self, places: np.ndarray) -> "Cells":
        """Return some of the cells."""
        names = ("rows", "columns", "forms", "starts", "ends")
        return replace(self, **{name: getattr(self, name)[places] for name in names})


@dataclass(frozen=True, slots=True)
class _Tags:
    """Where the tags of a stretch stand, and to which row each cell belongs."""

    count: int
    cells: np.ndarray
    empty_rows: int
    """Rows that are closed at once."""
    opened: np.ndarray
    """Where the other rows begin."""
    closings: np.ndarray
    """Where they end."""
    cells_of_row: np.ndarray
    """How many cells each row has."""


def find_cells(markup: bytes, forms: Forms) -> Cells:
    """Return the cells of whole rows, also those without a value.

    Args:
        markup: whole rows, and `PADDING`.
        forms: those that were found before; new ones are added.

    Raises:
        IrregularMarkupError: something is written in another way than programs mostly do.
    """
    octets, words = np.frombuffer(markup, np.uint8), words_of(markup)
    tags = _tags(octets, words, markup)
    rows, columns, behind = _references(octets, words, tags)
    numbers = forms.numbers(markup, words, behind)
    ends = np.append(tags.cells[1:], len(octets))
    ends = np.minimum(ends, np.repeat(tags.closings, tags.cells_of_row))
    starts, stops = behind, ends.copy()
    count = 0
    for number, form in enumerate(forms.known):
        chosen = np.flatnonzero(numbers == number)
        starts[chosen] += len(form.prefix)
        if form.suffix == FORMULA:
            count += _read_formulas(markup, chosen, starts, stops)
            continue
        _check_suffix(words, form, starts[chosen], ends[chosen])
        stops[chosen] -= len(form.suffix)
        count += form.tags * len(chosen)
    demand(count + tags.empty_rows + 2 * len(tags.opened) == tags.count)
    filled = np.flatnonzero(tags.cells_of_row)
    firsts = (np.cumsum(tags.cells_of_row) - tags.cells_of_row)[filled]
    row_numbers, first_cells = rows[firsts], tags.cells[firsts]
    return Cells(
        markup, rows, columns, numbers, starts, stops, tags.opened[filled], first_cells, row_numbers
    )


def _tags(octets: np.ndarray, words: np.ndarray, markup: bytes) -> _Tags:
    """Return where rows and cells stand; demand that rows hold all cells and follow each other."""
    signs = np.flatnonzero(octets == ord("<"))
    second, third = octets[signs + 1], octets[signs + 2]
    cells = signs[(second == ord("c")) & (third == ord(" "))]
    rows = signs[(second == ord("r")) & (third == ord("o"))]
    closings = signs[(second == ord("/")) & (third == ord("r"))]
    demand(_all_begin(words, closings, b"</row>"))
    demand(bool(np.all(begins(words, rows, b"<row ") | begins(words, rows, b"<row>"))))
    opened = rows
    if len(rows) != len(closings):
        ends = [markup.find(b">", start) for start in rows.tolist()]
        opened = rows[octets[np.array(ends, np.int64) - 1] != ord("/")]
    demand(len(opened) == len(closings) and bool(np.all(opened < closings)))
    demand(bool(np.all(closings[:-1] < opened[1:])))
    before, until = np.searchsorted(cells, opened), np.searchsorted(cells, closings)
    cells_of_row = until - before
    demand(int(cells_of_row.sum()) == len(cells))
    return _Tags(len(signs), cells, len(rows) - len(opened), opened, closings, cells_of_row)


def _references(
    octets: np.ndarray, words: np.ndarray, tags: _Tags
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return row and column of each cell, and the place behind its reference."""
    demand(_all_begin(words, tags.cells, REFERENCE))
    at = tags.cells + len(REFERENCE)
    columns = np.zeros(len(at), np.int32)
    going = np.ones(len(at), bool)
    for turn in range(MOST_LETTERS):
        letters = octets[at].astype(np.int32) - 64
        going &= (letters >= 1) & (letters <= 26)
        demand(turn > 0 or bool(going.all()))
        if not going.any():
            break
        columns = np.where(going, columns * 26 + letters, columns)
        at += going
    numbers, sizes, digits = _row_numbers(octets, words, at, tags.cells_of_row)
    masks = (np.uint64(1) << (8 * (sizes + 1)).astype(np.uint64)) - np.uint64(1)
    masks[sizes == MOST_DIGITS] = ~np.uint64(0)
    same = words[at] & np.repeat(masks, tags.cells_of_row)
    demand(bool(np.all(same == np.repeat(digits & masks, tags.cells_of_row))))
    rows = np.repeat(numbers, tags.cells_of_row)
    demand(bool(np.all((np.diff(columns) > 0) | (np.diff(rows) > 0))))
    demand(bool(np.all(np.diff(numbers[tags.cells_of_row > 0]) > 0)))
    return rows, columns - 1, at + np.repeat(sizes, tags.cells_of_row) + 1


def _row_numbers(
    octets: np.ndarray, words: np.ndarray, at: np.ndarray, cells_of_row: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return of each row its number from 0, how many digits it has, and the bytes of these.

    They come from the reference of its first cell; a row without cells has the number -1.
    """
    filled = np.flatnonzero(cells_of_row)
    first = np.cumsum(cells_of_row)[filled] - cells_of_row[filled]
    place = at[first]
    numbers, sizes = np.zeros(len(filled), np.int32), np.zeros(len(filled), np.int64)
    going = np.ones(len(filled), bool)
    for _ in range(MOST_DIGITS):
        digits = octets[place + sizes].astype(np.int32) - 48
        going &= (digits >= 0) & (digits <= 9)
        numbers = np.where(going, numbers * 10 + digits, numbers)
        sizes += going
    demand(bool(np.all(octets[place + sizes] == QUOTE)) and bool(np.all(numbers > 0)))
    whole = tuple(np.zeros(len(cells_of_row), kind) for kind in (np.int32, np.int64, np.uint64))
    for target, values in zip(whole, (numbers, sizes, words[place]), strict=True):
        target[filled] = values
    return whole[0] - 1, whole[1], whole[2]


def _check_suffix(words: np.ndarray, form: Form, starts: np.ndarray, ends: np.ndarray) -> None:
    """Demand that the cells of a form end as it does."""
    size = len(form.suffix)
    if not size:
        demand(bool(np.all(starts == ends)))
        return
    demand(bool(np.all(starts <= ends - size)))
    for first in {0, size - WORD}:
        demand(_all_begin(words, ends - size + first, form.suffix[first : first + WORD]))


def _read_formulas(markup: bytes, chosen: np.ndarray, starts: np.ndarray, stops: np.ndarray) -> int:
    """Set where the values of cells with a formula lie, and return how many tags they hold."""
    tags = 0
    spans = zip(chosen.tolist(), starts[chosen].tolist(), stops[chosen].tolist(), strict=True)
    for place, start, stop in spans:
        found = _FORMULA_CELL.fullmatch(markup, start - len(b"<f"), stop)
        if not found:
            raise IrregularMarkupError
        tags += 1 + markup.count(b"<", start - len(b"<f"), stop)
        starts[place], stops[place] = found.span(1) if found[1] else (start, start)
    return tags


def _all_begin(words: np.ndarray, places: np.ndarray, sign: bytes) -> bool:
    return bool(np.all(begins(words, places, sign)))


def demand(is_so: bool) -> None:
    """Leave the workbook to a parser unless something is as programs write it."""
    if not is_so:
        raise IrregularMarkupError
