"""Where a sheet's table begins: title blocks passed over, header rows put together, units read.

Works on the first records of a sheet as text. A header may take up to three records ("Amount"
merged over "Original" and "US$"); the reading that maps the most fields wins, the shortest first.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from approvals.contracts import REQUIRED_FIELDS
from extract.folding import fold
from extract.mapping import AMOUNTS, Column, ColumnMaps, MappedTable
from extract.readers.table import Merge, RawTable
from extract.unit_lines import unit_of_lines

HEADER_SEARCH_RECORDS = 100
HEADER_RECORDS_AT_MOST = 3
UNIT_RECORDS = 50
UNIT_HEADERS = frozenset(("unit", "units", "unite", "unites", "unidad", "unidades", "unidade"))
SCALE_HEADERS = frozenset(("scale", "multiplier", "factor", "echelle", "multiplicateur")) | {
    "facteur",
    "escala",
    "multiplicador",
}
SCALE = re.compile(r"10+|1(?:[., ]?000)+")
LOOKS_LIKE_DATA = re.compile(r"\d{3}|\d[.,/-]\d")
NUMBER_ALONE = re.compile(r"\s*[-+]?\d[\d.,]* ?%?\s*")
"""A cell like `70` names no column; a row of (1), (2), (3) below a header is looked at apart."""
YEAR = re.compile(r"\b(19|20)\d\d\b")
COLUMN_NUMBER = re.compile(r"\(?([0-9]{1,2}|[a-z])\)?")


def find_table(raw: RawTable, maps: ColumnMaps, first_record: int = 1) -> MappedTable | None:
    """Return the table with its header found, or None if no record is a header.

    Args:
        raw: the sheet.
        maps: the aliases of the office.
        first_record: look for the header from this record on.
    """
    records = raw.sample(first_record - 1 + HEADER_SEARCH_RECORDS)
    best: MappedTable | None = None
    for start in range(first_record - 1, len(records)):
        if best is not None and start >= best.header_row:
            break  # a header further down begins another table
        for candidate in _candidates(raw, maps, records, start):
            if best is None or _merit(candidate) > _merit(best):
                best = candidate
    if best is None:
        return None
    if best.header_row < len(records) and _is_column_numbers(records[best.header_row]):
        best = replace(best, header_row=best.header_row + 1, header_rows=best.header_rows + 1)
    below = records[best.header_row : best.header_row + UNIT_RECORDS]
    best = replace(best, columns=_with_units_of_rows(best, maps, below))
    return _with_title(best, maps, records[first_record - 1 : best.header_row - best.header_rows])


def closest_header(raw: RawTable, maps: ColumnMaps) -> tuple[list[str], str, list[str]]:
    """Return the record most like a header, the dataset it resembles, and what it lacks.

    A row of data is shown only where there is nothing else.
    """
    best: tuple[bool, int, int] = (False, -1, 0)
    found: tuple[list[str], str, list[str]] = ([], "approvals", [])
    for cells in raw.sample(HEADER_SEARCH_RECORDS):
        for dataset in REQUIRED_FIELDS:
            columns = maps.columns(dataset, [[cell] for cell in cells])
            missing = maps.missing(dataset, columns)
            known = len({column.field for column in columns} - {None})
            score = (not _values(cells), known, -len(missing))
            if score > best:
                best, found = score, (cells, dataset, missing)
    return found


def _candidates(
    raw: RawTable, maps: ColumnMaps, records: list[list[str]], start: int
) -> Iterator[MappedTable]:
    """Yield every header that begins at a record and has all required fields of a dataset."""
    if _is_data(records[start]):
        return
    for count in range(1, HEADER_RECORDS_AT_MOST + 1):
        rows = records[start : start + count]
        if len(rows) < count or (count > 1 and _is_data(rows[-1])):
            break
        readings = _readings(rows, start + 1, raw.merges)
        for dataset in REQUIRED_FIELDS:
            columns = maps.columns(dataset, readings)
            if not maps.missing(dataset, columns):
                yield MappedTable(raw, dataset, start + count, columns, count)


def _merit(table: MappedTable) -> tuple[int, int, int]:
    """More fields win, then more units that were said, then fewer records."""
    return len(table.fields), _units(table.columns), -table.header_rows


def _units(columns: tuple[Column, ...]) -> int:
    return sum(
        (column.multiplier != 1) + (column.currency_code is not None)
        for column in columns
        if column.field
    )


def _is_data(cells: list[str]) -> bool:
    """Whether a record looks like a row of data rather than the second line of a header."""
    years = sum(bool(YEAR.fullmatch(cell.strip())) for cell in cells)
    numbers = sum(bool(NUMBER_ALONE.fullmatch(cell)) for cell in cells) - years
    has_both = years > 0 and numbers > 0
    return not any(map(str.strip, cells)) or _values(cells) > 1 or has_both


def _values(cells: list[str]) -> int:
    """Return how many cells hold numbers as data does."""
    return sum(
        bool(LOOKS_LIKE_DATA.search(rest) or NUMBER_ALONE.fullmatch(rest))
        for rest in (YEAR.sub("", cell) for cell in cells)
    )


def _is_column_numbers(cells: list[str]) -> bool:
    """Whether a record numbers the columns: (1) (2) (3), or a b c, below a header."""
    filled = [cell.strip().lower() for cell in cells if cell.strip()]
    matches = [COLUMN_NUMBER.fullmatch(cell) for cell in filled]
    if len(filled) < 3 or not all(matches):
        return False
    labels = [match.group(1) for match in matches if match]
    numbers = [int(label) if label.isdigit() else ord(label) for label in labels]
    return all(after - before == 1 for before, after in pairwise(numbers))


def _readings(
    rows: list[list[str]], first_record: int, merges: tuple[Merge, ...]
) -> list[list[str]]:
    """Return for each column the texts that may be its header, the likeliest first."""
    width = max(len(row) for row in rows)
    padded = [row + [""] * (width - len(row)) for row in rows]
    if len(padded) == 1:
        return [[cell] for cell in padded[0]]
    spread = [
        _spread(row, first_record + place, merges) for place, row in enumerate(padded[:-1])
    ] + [padded[-1]]
    readings = []
    for position in range(width):
        over = [row[position].strip() for row in spread]
        own = [row[position].strip() for row in padded]
        joined = " ".join(part for part in over if part)
        if own[-1] and any(_is_group(row, position) for row in spread[:-1]):
            own = own[-1:]  # the group names its columns together, each has a name of its own
        parts = [" ".join(part for part in own if part), joined, *reversed(own)]
        readings.append(list(dict.fromkeys(text for text in parts if text)) or [""])
    return readings


def _is_group(row: list[str], position: int) -> bool:
    """Whether a spread cell stands over the columns beside it too."""
    beside = row[max(position - 1, 0) : position] + row[position + 1 : position + 2]
    return bool(row[position].strip()) and row[position] in beside


def _spread(row: list[str], record: int, merges: tuple[Merge, ...]) -> list[str]:
    """Return a group header over all its columns: by its merge, else up to the next group."""
    merged = [m for m in merges if m.first_record <= record <= m.last_record]
    result = list(row)
    if merged:
        for merge in merged:
            for position in range(merge.first_column, min(merge.last_column + 1, len(row))):
                result[position] = row[merge.first_column]
        return result
    last = ""
    for position, cell in enumerate(row):
        last = cell if cell.strip() else last
        result[position] = last
    return result


def _with_units_of_rows(
    table: MappedTable, maps: ColumnMaps, below: list[list[str]]
) -> tuple[Column, ...]:
    """Return the columns, the amounts tied to a column that says units: thousand, million.

    What else the column says makes the row's amount unreadable: it may be a unit that we miss.
    """
    for column in table.columns:
        if column.field is None and fold(column.header) in UNIT_HEADERS | SCALE_HEADERS:
            cells = [row[column.position] for row in below if len(row) > column.position]
            if any(_scales(cell, maps, fold(column.header)) for cell in cells):
                return tuple(
                    replace(other, unit_position=column.position)
                    if other.field in AMOUNTS
                    else other
                    for other in table.columns
                )
    return table.columns


def _scales(cell: str, maps: ColumnMaps, header: str) -> bool:
    """Whether a cell of a column of units makes the amount beside it another one."""
    unit = maps.units.of_title(cell)
    is_scale = header in SCALE_HEADERS and SCALE.fullmatch(cell.strip()) is not None
    return is_scale or (unit is not None and unit.multiplier != 1)


def _with_title(table: MappedTable, maps: ColumnMaps, title: list[list[str]]) -> MappedTable:
    """Apply what the lines above the header say of the amounts; warn of what they may say."""
    notes = header_notes(table)
    data = [place for place, cells in enumerate(title, start=1) if _is_full(cells, table)]
    if data:
        notes.append(
            f"{len(data)} records above the header look like data and were not read: check that "
            "the header is the first row of the table"
        )
    lines = [cell for cells in title for cell in cells if cell.strip()]
    lines.append(table.raw.sheet_name)
    said = unit_of_lines(table, maps.units, lines)
    return replace(said or table, notes=(*notes, *(said.notes if said else ())))


def header_notes(table: MappedTable) -> list[str]:
    """Return a warning for each header that was read, but not as it stands in the column maps."""
    near = [_near_miss(column) for column in table.columns if 0 < column.score < 95]
    return near + _competing(table)


def _is_full(cells: list[str], table: MappedTable) -> bool:
    filled = sum(bool(cell.strip()) for cell in cells)
    return _is_data(cells) and filled >= max(3, len(table.fields) // 2)


def _competing(table: MappedTable) -> list[str]:
    """Warn of columns that claim equally to be the amount, the currency, the date or the donor."""
    best: dict[tuple[str, str], list[Column]] = {}
    for column in table.columns:
        if column.field in {*AMOUNTS, "currency_code"}:
            best.setdefault((column.field, str(column.priority)), []).append(column)
        elif column.field in {"approval_date", "donor_name"}:
            best.setdefault((column.field, fold(column.header)), []).append(column)
    return [
        f"the columns {' and '.join(repr(column.header) for column in columns)} all give "
        f"{_what(field)}: {columns[0].header!r} is read where it has a value, else the next"
        + ("; if they are parts of one amount, export their sum" if field in AMOUNTS else "")
        for (field, _), columns in best.items()
        if len(columns) > 1
    ]


def _what(field: str) -> str:
    return "the amount" if field in AMOUNTS else field


def _near_miss(column: Column) -> str:
    return (
        f"the header {column.header!r} was read as {column.alias!r} ({column.field}): "
        "check it, or add it to column_maps/"
    )
