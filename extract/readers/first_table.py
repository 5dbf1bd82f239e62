"""The first table of a sheet: without titles above, notes below, and the tables that follow.

This is what `read_table` gives. The warehouse keeps every record and finds its header by the
column maps; it can ask the same questions of a table through the functions here.
"""

from collections.abc import Sequence

from extract.readers.cell_shapes import is_typed
from extract.readers.foot_notes import filled_cells, last_filled, without_notes

Rows = list[list[str]]
HEADER_ROWS = 5
TITLE_ROWS = 60
LOOK_AHEAD = 40


def first_table(rows: Rows) -> Rows:
    """Return header and data of the first table; several header rows become one.

    Args:
        rows: all records as lists of text, each as long as the record is.

    Returns:
        The header that was found first, then the data. No header is invented: without one the
        first data record comes first.
    """
    rows = rows[table_start(rows) :]
    filled = [row for row in rows if any(map(str.strip, row))]
    height = header_height(filled)
    end = table_end(rows, height)
    body = [row for row in rows[:end] if any(map(str.strip, row))]
    if height > 1:
        body = [joined_header(body[:height]), *body[height:]]
    return body


def usual_width(rows: Sequence[Sequence[str]]) -> int:
    """Return the number of cells that most records fill up to, at least 1."""
    counts: dict[int, int] = {}
    for row in rows:
        width = last_filled(row)
        if width:
            counts[width] = counts.get(width, 0) + 1
    if not counts:
        return 1
    return max(counts, key=lambda width: (counts[width], width))


def table_start(rows: Rows) -> int:
    """Return the index of the first record that belongs to the table, behind titles and notes.

    A title fills one or two cells of a wider table and is followed by a blank record, by another
    title, or by the header.
    """
    usual = max(usual_width(rows[:500]), usual_width(rows[TITLE_ROWS:500]))
    if usual < 3:
        return _behind_first_blank(rows, usual)
    wanted, reach = max(2, (usual + 1) // 2), max(2, (usual * 3 + 4) // 5)
    for index, row in enumerate(rows[:TITLE_ROWS]):
        if filled_cells(row) >= wanted and last_filled(row) >= reach:
            return _with_upper_header(rows, _behind_keys(rows, index, usual))
    return 0


def _behind_keys(rows: Rows, index: int, usual: int) -> int:
    """Pass over keys and values: narrow records that a blank one ends."""
    for blank in range(index + 1, min(TITLE_ROWS, len(rows) - 1)):
        if last_filled(rows[blank - 1]) >= usual:
            return index
        if not filled_cells(rows[blank]) and last_filled(rows[blank + 1]) >= usual:
            return blank + 1
    return index


def _behind_first_blank(rows: Rows, usual: int) -> int:
    """In a narrow table only a blank record or too few cells tell a title from a header."""
    for index, row in enumerate(rows[:TITLE_ROWS]):
        if last_filled(row) >= usual:
            return index
    return 0


def _with_upper_header(rows: Rows, index: int) -> int:
    """Take in a sparse header row right above the header: group names over several columns."""
    if index and filled_cells(rows[index - 1]) > 1 and last_filled(rows[index - 1]) > 2:
        return index - 1
    return index


def header_height(rows: Rows) -> int:
    """Return how many of the first records are header rows: 0 if none is seen to be one.

    What stands above a header row, below the titles, is header too: groups of columns.
    """
    height = 0
    for index, row in enumerate(rows[: min(HEADER_ROWS, len(rows) - 1)]):
        same = index > 0 and row == rows[0]
        if any(cell.strip() and _is_amount(cell.strip()) and is_typed(cell) for cell in row):
            break
        if is_header_like(row, [r for r in rows[index + 1 :] if r != row][:LOOK_AHEAD]):
            height = index + 1
        elif not same and index > height:
            break
    return height


def is_header_like(row: Sequence[str], below: Rows) -> bool:
    """Tell whether a record names columns: words where the records below have typed values."""
    cells = [(position, cell.strip()) for position, cell in enumerate(row) if cell.strip()]
    if not cells or not below or any(is_typed(cell) for _, cell in cells if _is_amount(cell)):
        return False
    typed_columns = hits = 0
    for position, cell in cells:
        column = [r[position].strip() for r in below if position < len(r) and r[position].strip()]
        if column and sum(map(is_typed, column)) * 2 > len(column):
            typed_columns += 1
            hits += not is_typed(cell) and any(map(str.isalpha, cell))
    return typed_columns > 0 and hits * 3 > typed_columns * 2


def _is_amount(cell: str) -> bool:
    """A number with a fraction or a date is data; a year or a code can be a header."""
    return not cell.isdigit() and cell[0].isdigit() and not cell.isalnum()


def joined_header(rows: Rows) -> list[str]:
    """Return one header of several: the cells of each column joined by spaces."""
    width = max(map(len, rows))
    return [
        " ".join(row[position].strip() for row in rows if position < len(row)).strip()
        for position in range(width)
    ]


def table_end(rows: Rows, height: int) -> int:
    """Return the index behind the last record of the first table.

    The table ends before a second header (the first one again, or another), and before the notes
    below (`foot_notes`).
    """
    start = _index_of_filled(rows, height)
    header = [cell.strip() for cell in rows[0]] if height and rows else None
    usual = usual_width(rows[start : start + 500])
    end = len(rows)
    for index in range(start + 1, len(rows)):
        if _starts_table(rows, index, header, usual):
            end = index
            break
    return without_notes(rows, start, end, usual)


def _index_of_filled(rows: Rows, count: int) -> int:
    """Return the index behind the first records that are not blank."""
    for index, row in enumerate(rows):
        if not any(map(str.strip, row)):
            continue
        if count == 0:
            return index
        count -= 1
    return len(rows)


def _starts_table(rows: Rows, index: int, header: list[str] | None, usual: int) -> bool:
    """Tell whether a second table begins here: the header again, or another below a gap."""
    row = rows[index]
    if header and row and row[0].strip() == header[0] and _is_same_header(header, row):
        return True
    width = last_filled(row)
    if width == usual and any(map(str.strip, rows[index - 1])):
        return False
    if usual < 2 or filled_cells(row) < 2 or any(map(is_typed, row)):
        return False
    below = [r for r in rows[index + 1 : index + 1 + LOOK_AHEAD] if any(map(str.strip, r))]
    similar = [r for r in below if last_filled(r) == width]
    return len(similar) > 1 and is_header_like(row, similar)


def _is_same_header(header: list[str], row: Sequence[str]) -> bool:
    """Tell whether a record is the header again, perhaps with a column more or less."""
    cells = [cell.strip() for cell in row]
    shared = min(len(header), last_filled(row))
    if shared < 2 or shared * 2 < len(header):
        return False
    same = sum(a == b != "" for a, b in zip(header, cells, strict=False))
    return same >= 0.8 * shared
