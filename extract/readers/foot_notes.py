"""Where a table ends and the notes below it begin.

A record that fills only its first cell may be a note ("Source: the office") or a row with nothing
to say but its name ("Zimbabwe,,,"). It is a row if the column has such cells: of the same shape
where the column holds numbers, dates or codes, of no more words and no other signs where it holds
words.
"""

import re
from collections.abc import Sequence

from extract.readers.cell_shapes import is_typed, shape

Rows = list[list[str]]
NOTE_ROWS = 40
ROWS_ABOVE_NOTES = 2
COLUMN_ROWS = 1000
FEWEST = 3
"""Cells above that say what the first column holds."""
TYPED_SHARE = 0.9
LONGER = 1.5
"""A name may be as many times longer than the longest above it."""
NOTE_WORDS = re.compile(
    r"^\W*(sources?|notes?|footnotes?|fuentes?|notas?|nota bene|nb|fontes?|remarks?|observa\w*"
    r"|disclaimer|prepared|printed|generated|compiled|page|end|fin|fim)\b",
    re.IGNORECASE,
)


def last_filled(row: Sequence[str]) -> int:
    """Return the position behind the last cell that is not blank."""
    for position in range(len(row), 0, -1):
        if row[position - 1].strip():
            return position
    return 0


def filled_cells(row: Sequence[str]) -> int:
    """Return how many cells are not blank."""
    return sum(1 for cell in row if cell.strip())


def without_notes(rows: Rows, start: int, end: int, usual: int) -> int:
    """Return the end of a table without blank records and without the notes at its foot.

    Args:
        rows: all records of the sheet.
        start: index of the first record of data.
        end: index behind the last record that may belong to the table.
        usual: number of cells that most records fill up to.
    """
    end = _without_note_blocks(rows, start, end, usual)
    while end > start + 1 and filled_cells(rows[end - 1]) == 0:
        end -= 1
    foot = end
    while foot > start + ROWS_ABOVE_NOTES and _is_note(rows[foot - 1], usual):
        foot -= 1
    return foot if _has_note(rows, start, foot, end) else end


def _without_note_blocks(rows: Rows, start: int, end: int, usual: int) -> int:
    """Leave out what follows a blank record if it is prose: most records fill the first cell."""
    block: Rows = []
    for index in range(end - 1, max(start, end - NOTE_ROWS), -1):
        if filled_cells(rows[index]):
            block.append(rows[index])
        elif block:
            notes = sum(_is_prose(row, usual) for row in block)
            if notes * 2 <= len(block) or any(last_filled(row) >= usual for row in block):
                return end
            end, block = index, []
        else:
            end = index
    return end


def _is_prose(row: Sequence[str], usual: int) -> bool:
    """Tell whether a record is a note, or one that its own commas cut into a few cells of words."""
    width = last_filled(row)
    return _is_note(row, usual) or (0 < width <= usual // 3 and not any(map(is_typed, row)))


def _is_note(row: Sequence[str], usual: int) -> bool:
    return usual > 2 and filled_cells(row) == 1 and bool(row[0].strip())


def _has_note(rows: Rows, start: int, foot: int, end: int) -> bool:
    """Tell whether any record at the foot is no row of the table: then all of them are notes."""
    column = [row[0].strip() for row in rows[start:foot][:COLUMN_ROWS] if row and row[0].strip()]
    width = max((len(row) for row in rows[start:foot][:COLUMN_ROWS]), default=0)
    is_bare = any(len(row) < width for row in rows[foot:end])
    return is_bare or not all(_belongs(row[0].strip(), column) for row in rows[foot:end])


def _belongs(cell: str, column: Sequence[str]) -> bool:
    """Tell whether a cell looks like those of a column."""
    if len(column) < FEWEST:
        return False
    if sum(map(is_typed, column)) >= TYPED_SHARE * len(column):
        return is_typed(cell) or shape(cell) in set(map(shape, column))
    return (
        not NOTE_WORDS.match(cell)
        and len(cell) <= LONGER * max(map(len, column))
        and len(cell.split()) <= max(len(other.split()) for other in column)
        and _signs(cell) <= set().union(*map(_signs, column))
    )


def _signs(cell: str) -> set[str]:
    """Return the characters that are no letters, with the kind of the first one."""
    return {char for char in cell if not char.isalnum() and not char.isspace()} | {
        "digit" if cell[0].isdigit() else "small" if cell[0].islower() else "word"
    }
