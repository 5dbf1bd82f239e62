"""The values of an XLSX sheet's cells into text, kind by kind, as arrays.

They become what `extract.readers.cells` makes of the same cells when python-calamine reads them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from extract.readers.cells import duration_text, moment_text, number_text
from extract.readers.number_formats import Clock
from extract.readers.xlsx_forms import Form, IrregularMarkupError, Kind
from extract.readers.xlsx_styles import Styles

DAY = 86_400_000
"""Milliseconds."""
DAYS_BEFORE_1904 = 1462
LEAP_DAY_OF_1900 = 60
"""Lotus 1-2-3 counted a day that there was not; the days before it are one too few."""
BEHIND_9999 = 2_958_466
DAY_ZERO = np.datetime64("1899-12-30", "ms")
LONGEST = 1e9
"""Days of a duration; a number beyond them is no duration, whatever its style says."""
IS_MACHINE = np.isin(list(Kind), [Kind.NUMBER, Kind.MOMENT, Kind.DURATION, Kind.TRUTH])
"""Kinds of cells that a person did not write as text."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a workbook's cells refer to."""

    styles: Styles
    strings: pa.Array
    date_epoch: int

    def kind_of(self, form: Form) -> Kind:
        """Return the kind of a form's cells, also by what their style shows of a number."""
        if form.kind is not Kind.NUMBER:
            return form.kind
        clock, shown = self.styles.clocks.get(form.style), self.styles.shown.get(form.style)
        if clock:
            return Kind.MOMENT if clock is Clock.MOMENT else Kind.DURATION
        return Kind.PERCENT if shown and shown.is_percent else Kind.NUMBER


@dataclass(frozen=True, slots=True)
class Written:
    """What cells say, as text; those of one kind lie together."""

    texts: pa.Array
    places: np.ndarray
    """Where among the texts that of each cell lies."""
    is_machine: np.ndarray
    """Which cells were machine-written."""

    def column(self, cells: np.ndarray) -> tuple[pa.Array, pa.Array | None]:
        """Return some cells as a column, and which of them were machine-written, if any was.

        Args:
            cells: their numbers; below 0 for no cell.
        """
        is_none = cells < 0
        flags = self.is_machine[cells] & ~is_none
        texts = self.texts.take(pa.array(self.places[cells], mask=is_none))
        return texts, pa.array(flags) if flags.any() else None


def written(texts: pa.Array, kinds: np.ndarray, meaning: Meaning) -> Written:
    """Return what cells say: all of a kind at once, as each call costs more than some cells do.

    Args:
        texts: of cells as they are in the file.
        kinds: of each.
        meaning: of the workbook.

    Raises:
        IrregularMarkupError: a text is not what its cell says it is.
    """
    parts, cells = [], []
    for kind in np.unique(kinds).tolist():
        own = np.flatnonzero(kinds == kind)
        try:
            parts.append(_WRITERS[Kind(kind)](texts.take(pa.array(own)), meaning))
        except (pa.ArrowInvalid, pa.ArrowIndexError) as error:
            raise IrregularMarkupError from error
        cells.append(own)
    whole = pa.concat_arrays(parts)
    places = np.empty(len(kinds), np.int32)
    places[np.concatenate(cells)] = np.arange(len(kinds), dtype=np.int32)
    is_filled = whole.is_valid().to_numpy(zero_copy_only=False)[places]
    return Written(whole, places, IS_MACHINE[kinds] & is_filled)


def _filled(texts: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(texts, ""), None, texts)


def _numbers(texts: pa.Array, _: Meaning) -> pa.Array:
    return number_text(_floats(texts))


def _floats(texts: pa.Array) -> pa.Array:
    return texts.cast(pa.float64())


def _shared(texts: pa.Array, meaning: Meaning) -> pa.Array:
    return _filled(meaning.strings.take(texts.cast(pa.int32())))


def _percentages(texts: pa.Array, _: Meaning) -> pa.Array:
    number = number_text(pc.multiply(_floats(texts), 100.0))
    return pc.binary_join_element_wise(number, "%", "")


def _moments(texts: pa.Array, meaning: Meaning) -> pa.Array:
    """Return days as dates, with a time where it is not midnight; below one day as a time."""
    serials = _floats(texts)
    days = np.nan_to_num(serials.to_numpy(zero_copy_only=False), nan=0.0)
    counted = days + (DAYS_BEFORE_1904 if meaning.date_epoch == 1904 else 0)
    counted = np.where(counted < LEAP_DAY_OF_1900, counted + 1, counted)
    is_time, is_beyond = days < 1, ~(counted < BEHIND_9999)
    moments = DAY_ZERO + _milliseconds(np.where(is_time | is_beyond, 0, counted))
    clock = _milliseconds(np.where(is_time & (days > -BEHIND_9999), days, 0))
    times = (clock.astype(np.int64) % DAY // 1000).astype(np.int32)
    written = moment_text(pa.array(moments))
    if is_time.any():
        times_text = pa.array(times, pa.time32("s")).cast(pa.string())
        written = pc.if_else(pa.array(is_time), times_text, written)
    if is_beyond.any():
        written = pc.if_else(pa.array(is_beyond), number_text(serials), written)
    return pc.if_else(serials.is_valid(), written, None)


def _milliseconds(days: np.ndarray) -> np.ndarray:
    whole: np.ndarray = np.rint(days * DAY).astype("timedelta64[ms]")
    return whole


def _durations(texts: pa.Array, _: Meaning) -> pa.Array:
    serials = _floats(texts)
    is_long = pc.greater_equal(pc.abs(serials), LONGEST)
    milliseconds = pc.round(pc.multiply(pc.if_else(is_long, None, serials), float(DAY)))
    durations = milliseconds.cast(pa.int64()).cast(pa.duration("ms"))
    return pc.coalesce(duration_text(durations), number_text(serials))


_WRITERS: dict[Kind, Callable[[pa.Array, Meaning], pa.Array]] = {
    Kind.NUMBER: _numbers,
    Kind.PERCENT: _percentages,
    Kind.MOMENT: _moments,
    Kind.DURATION: _durations,
    Kind.SHARED: _shared,
    Kind.TEXT: lambda texts, _: _filled(texts),
    Kind.TRIMMED: lambda texts, _: _filled(pc.utf8_trim_whitespace(texts)),
    Kind.TRUTH: lambda texts, _: pc.if_else(pc.equal(texts, "0"), "FALSE", "TRUE"),
    Kind.ERROR: lambda texts, _: pc.utf8_trim_whitespace(texts),
}
