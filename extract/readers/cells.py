"""Cells of a spreadsheet, as Python objects, into text: column by column, not cell by cell.

A number or date cell becomes canonical text (decimal point, no grouping, ISO) and its place in the
`m` column is true; a text cell stays what it is, whatever it looks like.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from extract.readers.records import RECORD_NUMBER

EXACT_INTEGERS = 2.0**53
"""From here on a binary float does not hold every integer."""
EXACT_CENTS = 1e15
CENTS = pa.decimal128(18, 2)
SIGNIFICANT_DIGITS = 15
"""What a spreadsheet shows and keeps; the digits behind are noise of the binary float."""


def number_text(numbers: pa.Array) -> pa.Array:
    """Return 64-bit floats as decimal text: integers whole, others with 15 significant digits."""
    whole = pc.and_(pc.equal(pc.floor(numbers), numbers), pc.less(pc.abs(numbers), EXACT_INTEGERS))
    integers = pc.if_else(whole, numbers, None).cast(pa.int64()).cast(pa.string())
    others = pc.if_else(whole, None, numbers)
    if others.null_count == len(others):
        return integers
    cents, others = _cents_text(others)
    if others.null_count == len(others):
        return pc.coalesce(integers, cents)
    written = [None if value is None else plain_number(value) for value in others.to_pylist()]
    return pc.coalesce(integers, cents, pa.array(written, pa.string()))


def _cents_text(numbers: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Return the text of those floats that are nearest to a number of cents, and the other floats.

    Nearly every amount is one; a whole column of them is written at once.
    """
    cents = pc.round(pc.multiply(numbers, 100.0))
    is_exact = pc.and_(
        pc.equal(pc.divide(cents, 100.0), numbers), pc.less(pc.abs(cents), EXACT_CENTS)
    )
    exact = pc.if_else(is_exact, numbers, None).cast(CENTS)
    text = pc.utf8_rtrim(exact.cast(pa.string()), characters="0")
    return text, pc.if_else(is_exact, None, numbers)


def plain_number(number: float) -> str:
    """Return a number with 15 significant digits, without an exponent."""
    text = f"{number:.{SIGNIFICANT_DIGITS}g}"
    return f"{Decimal(text):f}" if "e" in text else text


def percentage(value: Any) -> Any:  # noqa: ANN401
    """Return a number as the percentage that the sheet shows; anything else as it is."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{plain_number(value * 100)}%" if is_number else value


def moment_text(moments: pa.Array) -> pa.Array:
    """Return moments as ISO dates where their time is midnight, else as ISO timestamps."""
    rounded = pc.round_temporal(moments, unit="second")
    days = rounded.cast(pa.date32())
    is_midnight = pc.equal(days.cast(pa.timestamp("us")), rounded)
    if pc.all(is_midnight).as_py():
        return days.cast(pa.string())
    others = pc.if_else(is_midnight, None, rounded).cast(pa.timestamp("s"))
    return pc.if_else(is_midnight, days.cast(pa.string()), pc.strftime(others, "%Y-%m-%d %H:%M:%S"))


def duration_text(durations: pa.Array) -> pa.Array:
    """Return durations as hours, minutes and seconds, as a spreadsheet shows them."""
    written = [None if value is None else _clock(value) for value in durations.to_pylist()]
    return pa.array(written, pa.string())


def _clock(duration: timedelta) -> str:
    seconds = round(duration.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


_WRITERS: dict[type, tuple[pa.DataType, Callable[[pa.Array], pa.Array]]] = {
    float: (pa.float64(), number_text),
    int: (pa.float64(), number_text),
    bool: (pa.bool_(), lambda flags: pc.if_else(flags, "TRUE", "FALSE")),
    date: (pa.date32(), lambda days: days.cast(pa.string())),
    datetime: (pa.timestamp("us"), moment_text),
    time: (pa.time64("us"), lambda times: times.cast(pa.time32("s"), safe=False).cast(pa.string())),
    timedelta: (pa.duration("us"), duration_text),
}
"""Type of a cell → the Arrow type that holds a column of it, and how that becomes text."""


def column_text(cells: Sequence[Any]) -> tuple[pa.Array, pa.Array | None]:
    """Return one column as text (empty cells null) and which of its cells were machine-written.

    Args:
        cells: text, numbers, booleans, dates, times; None or empty text for no cell.
    """
    kinds = set(map(type, cells)) - {type(None)}
    if kinds <= {str}:
        text = pa.array(cells, pa.string())
        return pc.if_else(pc.equal(text, ""), None, text), None
    machine = [
        write(pa.array([cell if type(cell) is kind else None for cell in cells], arrow_type))
        for kind, (arrow_type, write) in _WRITERS.items()
        if kind in kinds
    ]
    numbers = pc.coalesce(*machine)
    words = [cell if type(cell) is str and cell else None for cell in cells]
    return pc.coalesce(numbers, pa.array(words, pa.string())), numbers.is_valid()


def batch_columns(rows: Sequence[Sequence[Any]], first_number: int, width: int) -> pa.RecordBatch:
    """Return rows of equal length as records `record_number`, `c0` …, `m0` …."""
    columns = list(zip(*rows, strict=True)) or [() for _ in range(width)]
    named: dict[str, pa.Array] = {
        RECORD_NUMBER: pa.array(range(first_number, first_number + len(rows)), pa.int64())
    }
    marks: dict[str, pa.Array] = {}
    for position, column in enumerate(columns):
        named[f"c{position}"], machine = column_text(column)
        if machine is not None:
            marks[f"m{position}"] = machine
    return pa.RecordBatch.from_pydict(named | marks)


def join_batches(batches: Iterable[pa.RecordBatch]) -> pa.Table:
    """Return the batches as one table; an `m` column that a batch lacks is false there."""
    tables = [pa.Table.from_batches([batch]) for batch in batches]
    whole = pa.concat_tables(tables, promote_options="default")
    columns = [
        pc.fill_null(column, False) if name.startswith("m") else column
        for name, column in zip(whole.column_names, whole.columns, strict=True)
    ]
    return pa.Table.from_arrays(columns, whole.column_names)
