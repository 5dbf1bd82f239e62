"""What a sheet holds beside its values: what is hidden, wrong, merged or never calculated."""

from collections.abc import Iterable, Sized
from dataclasses import dataclass, field
from typing import Any

from extract.readers.number_formats import Shown
from extract.readers.table import Merge
from extract.sheet_columns import column_letters

SHOWN = 5


@dataclass(slots=True)
class SheetDetails:
    """Details of one sheet; rows and columns count from 0."""

    hidden_rows: list[int] = field(default_factory=list)
    """Hidden by hand or by a filter; only rows that hold a value."""
    hidden_columns: list[range] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cell → the error that it shows, such as `#REF!`."""
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    """Formulas for which the file holds no value."""
    merges: list[Merge] = field(default_factory=list)
    percents: list[tuple[int, int]] = field(default_factory=list)
    """Cells that show their number as a percentage."""
    currencies: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """What number formats show beside a number, mostly a currency → the cells that show it."""
    hidden_texts: list[tuple[int, int]] = field(default_factory=list)
    """Cells with text that the page does not show, which is left out."""

    def note_shown(self, shown: Shown, places: Iterable[tuple[int, int]]) -> None:
        """Note what the number format of some cells shows."""
        if shown.is_percent:
            self.percents.extend(places)
        elif shown.currency:
            self.currencies.setdefault(shown.currency, []).extend(places)


@dataclass(frozen=True, slots=True)
class BookDetails:
    """Details of a workbook: its epoch, and its sheets by name."""

    date_epoch: int = 1900
    sheets: dict[str, SheetDetails] = field(default_factory=dict)

    def of(self, name: str) -> SheetDetails:
        """Return the details of a sheet."""
        return self.sheets.get(name) or SheetDetails()


def warnings(name: str, details: SheetDetails, filled_columns: Iterable[int]) -> list[str]:
    """Return what a reader of the totals must know, as sentences.

    Args:
        name: the sheet.
        details: its details.
        filled_columns: the columns that hold a value.
    """
    place = f"sheet {name!r}: " if name else ""
    found = []
    if details.hidden_rows:
        rows = _spans(row + 1 for row in details.hidden_rows)
        found.append(
            f"{place}rows hidden by hand or by a filter are loaded too, {len(details.hidden_rows)} "
            f"in number (rows {rows}): a total over the visible rows differs"
        )
    hidden = [
        column
        for column in filled_columns
        if any(column in part for part in details.hidden_columns)
    ]
    if hidden:
        columns = ", ".join(map(column_letters, hidden[:SHOWN])) + _more(hidden)
        found.append(f"{place}hidden columns are loaded too (columns {columns})")
    if details.hidden_texts:
        found.append(
            f"{place}text that is not shown was left out of cells, {len(details.hidden_texts)} in "
            f"number ({cell_names(details.hidden_texts)})"
        )
    if details.uncalculated:
        found.append(
            f"{place}formulas without a calculated value are read as empty, "
            f"{len(details.uncalculated)} in number ({cell_names(details.uncalculated)}): open the "
            "file in a spreadsheet program and save it"
        )
    if details.errors:
        found.append(
            f"{place}cells show an error such as {next(iter(details.errors.values()))}, "
            f"{len(details.errors)} in number ({cell_names(details.errors)}): repair the formulas"
        )
    return found


def column_number(reference: str) -> int:
    """Return the column of a reference such as AA7, from 0; -1 where there are no letters."""
    number = 0
    for letter in reference.upper():
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_names(places: Iterable[tuple[int, int]]) -> str:
    """Return the first of these cells by name, in the order of the rows: B2, A3."""
    named = [f"{column_letters(column)}{row + 1}" for row, column in sorted(places)]
    return ", ".join(named[:SHOWN]) + _more(named)


def _spans(numbers: Iterable[Any]) -> str:
    """Return numbers as spans: 3-5, 9."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    texts = [f"{first}-{last}" if last > first else str(first) for first, last in spans[:SHOWN]]
    return ", ".join(texts) + _more(spans)


def _more(items: Sized) -> str:
    return " …" if len(items) > SHOWN else ""
