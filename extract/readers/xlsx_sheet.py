"""One sheet of an XLSX workbook, unpacked stretch by stretch and read as arrays."""

import io
import re
from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from extract.readers.grid import CELL_LIMIT, MOST_COLUMNS, MOST_ROWS, outside_grid, stray_cells
from extract.readers.records import RECORD_NUMBER, ArrowRecords
from extract.readers.sheet_details import SheetDetails, column_number
from extract.readers.table import Merge
from extract.readers.xlsx_forms import FORMULA, Form, Forms, IrregularMarkupError, Kind
from extract.readers.xlsx_markup import Cells, demand, find_cells
from extract.readers.xlsx_stretches import STRETCH, Stretches
from extract.readers.xlsx_texts import is_plain, meant, texts_between
from extract.readers.xlsx_values import Meaning, written
from extract.readers.xml_streams import elements

MANY_COLUMNS, LARGEST_STRETCHES = 256, 16
"""A wide sheet is read in larger stretches, as each costs something for each of its columns."""
BROKEN = "spreadsheet_damaged"
ROW = '^<row( [A-Za-z0-9:]+="[^"<>&]*")* ?>$'
HIDDEN = ' hidden="(1|true)"'
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")


class Sheet:
    """Takes the rows of a sheet in their order."""

    def __init__(self, name: str, meaning: Meaning) -> None:
        """Begin with no rows."""
        self.name = name
        self.details = SheetDetails()
        self._meaning = meaning
        self._forms = Forms()
        self._batches: list[pa.Table] = []
        self._height = self._width = self._cells = 0

    def read(self, chunks: Iterable[bytes]) -> None:
        """Read the sheet's part to its end.

        Raises:
            IrregularMarkupError: it is written in another way than programs mostly do.
            RefusedFileError: a cell lies outside the grid, or far from the others.
        """
        stretches = Stretches(chunks)
        for stretch in stretches:
            self._read_rows(stretch)
            stretches.size = STRETCH * min(1 + self._width // MANY_COLUMNS, LARGEST_STRETCHES)
        frame = bytes(stretches.frame)
        demand(is_plain(frame))
        self._read_frame(frame)

    def records(self) -> ArrowRecords | None:
        """Return the records from the first row on, or None if no cell has a value."""
        if not self._batches:
            return None
        whole = pa.concat_tables(self._batches, promote_options="default")
        named = dict(zip(whole.column_names, whole.columns, strict=True))
        columns = {RECORD_NUMBER: named[RECORD_NUMBER]}
        for name in (f"c{position}" for position in range(self._width)):
            columns[name] = named[name] if name in named else pa.nulls(len(whole), pa.string())
        for name in (f"m{position}" for position in range(self._width)):
            if name in named:
                columns[name] = named[name].fill_null(False)
        return ArrowRecords(pa.table(columns))

    def _read_rows(self, stretch: bytes) -> None:
        cells = find_cells(stretch, self._forms)
        kinds = np.array([self._meaning.kind_of(form) for form in self._forms.known], np.int8)
        kinds, has_value = kinds[cells.forms], cells.ends > cells.starts
        demand(not np.any((kinds == Kind.ERROR) & ~has_value))
        self._note_uncalculated(cells)
        filled = np.flatnonzero((kinds != Kind.NOTHING) & has_value)
        if not len(filled):
            return
        cells, kinds = cells.taken(filled), kinds[filled]
        texts = meant(texts_between(cells.markup, cells.starts, cells.ends), cells.markup)
        self._note_hidden(cells)
        self._note_errors(cells, kinds, texts)
        self._note_shown(cells, kinds)
        self._batches.append(self._batch(cells, kinds, texts))

    def _batch(self, cells: Cells, kinds: np.ndarray, texts: pa.Array) -> pa.Table:
        """Return the rows from behind the last batch to the last one with a value."""
        first, last, width = self._height, int(cells.rows[-1]), int(cells.columns.max()) + 1
        demand(int(cells.rows[0]) >= first)
        if last >= MOST_ROWS or width > MOST_COLUMNS:
            raise outside_grid(f"sheet {self.name!r}, row {last + 1}, column {width}")
        height = last + 1 - first
        self._height, self._width = last + 1, max(self._width, width)
        self._cells += len(texts)
        for area in (height * width, self._height * self._width):
            if area > max(CELL_LIMIT, 4 * self._cells):
                raise stray_cells(self._height, self._width)
        grid = np.full(height * width, -1, np.int32)
        grid[cells.columns * height + (cells.rows - first)] = np.arange(len(texts), dtype=np.int32)
        named = {RECORD_NUMBER: pa.array(np.arange(first + 1, last + 2, dtype=np.int64))}
        whole = written(texts, kinds, self._meaning)
        for position, own in enumerate(grid.reshape(width, height)):
            if (own < 0).all():
                continue
            named[f"c{position}"], machine = whole.column(own)
            if machine is not None:
                named[f"m{position}"] = machine
        return pa.table(named)

    def _forms_where(self, chosen: Iterable[bool], cells: Cells) -> np.ndarray:
        """Return which cells have one of the chosen forms."""
        found: np.ndarray = np.fromiter(chosen, bool, len(self._forms.known))[cells.forms]
        return found

    def _note_uncalculated(self, cells: Cells) -> None:
        """Note formulas without a value."""
        if any(form.suffix == FORMULA for form in self._forms.known):
            ours = self._forms_where(map(_may_lack_value, self._forms.known), cells)
            places = np.flatnonzero(ours & (cells.starts == cells.ends))
            self.details.uncalculated.extend(_places(cells, places))

    def _note_errors(self, cells: Cells, kinds: np.ndarray, texts: pa.Array) -> None:
        places = np.flatnonzero(kinds == Kind.ERROR)
        if len(places):
            shown = texts.take(pa.array(places)).to_pylist()
            self.details.errors |= zip(_places(cells, places), map(str.strip, shown), strict=True)

    def _note_shown(self, cells: Cells, kinds: np.ndarray) -> None:
        """Note the currencies that styles show; a percentage becomes part of the cell's text."""
        styles = self._meaning.styles.shown
        for number, form in enumerate(self._forms.known):
            shown = styles.get(form.style)
            if shown and shown.currency:
                places = np.flatnonzero((cells.forms == number) & (kinds == Kind.NUMBER))
                self.details.note_shown(shown, _places(cells, places))

    def _note_hidden(self, cells: Cells) -> None:
        """Note hidden rows that hold a value."""
        tags = texts_between(cells.markup, cells.row_starts, cells.first_cells)
        demand(pc.all(pc.match_substring_regex(tags, ROW)).as_py())
        is_hidden = pc.match_substring_regex(tags, HIDDEN).to_numpy(zero_copy_only=False)
        numbers = cells.row_numbers[is_hidden]
        self.details.hidden_rows.extend(numbers[np.isin(numbers, cells.rows)].tolist())

    def _read_frame(self, frame: bytes) -> None:
        """Note hidden columns and merges, which stand before and behind the rows."""
        for element in elements(
            io.BytesIO(frame), "{*}col", "{*}mergeCell", "{*}worksheet", broken=BROKEN
        ):
            if element.get("hidden") in {"1", "true"}:
                first, last = element.get("min", "1"), element.get("max", "1")
                if first.isdecimal() and last.isdecimal():
                    self.details.hidden_columns.append(range(int(first) - 1, int(last)))
            elif element.get("ref"):
                self.details.merges.append(_merge(element.get("ref", "")))


def _places(cells: Cells, chosen: np.ndarray) -> Iterator[tuple[int, int]]:
    return zip(cells.rows[chosen].tolist(), cells.columns[chosen].tolist(), strict=True)


def _may_lack_value(form: Form) -> bool:
    return form.suffix == FORMULA and form.kind not in {Kind.TEXT, Kind.ERROR}


def _merge(reference: str) -> Merge:
    found = _RANGE.fullmatch(reference)
    if not found:
        raise IrregularMarkupError
    left, top, right, bottom = found.groups()
    first, last = int(top), int(bottom or top)
    return Merge(first, last, column_number(left), column_number(right or left))
