"""XML Spreadsheet 2003, which Excel and many report servers write and often name .xls."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree

from extract.readers.cells import percentage
from extract.readers.grid import Grid
from extract.readers.merged_cells import without_covered
from extract.readers.number_formats import NOTHING, Shown, shown_by
from extract.readers.sheet_details import SheetDetails, warnings
from extract.readers.shown_currencies import with_currencies
from extract.readers.table import Merge, RawTable
from extract.readers.xml_streams import elements, local_name

SHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
DAY_ZERO = 1899
"""The year under which a time without a date is written."""
NAMED_FORMATS = {
    "Percent": Shown(is_percent=True),
    "Currency": Shown(currency="$"),
    "Euro Currency": Shown(currency="€"),
}
"""Formats that have a name instead of a code; `Currency` is that of the machine that shows it, and
so as open as a dollar sign."""


@dataclass(slots=True)
class _Sheet:
    grid: Grid = field(default_factory=Grid)
    details: SheetDetails = field(default_factory=SheetDetails)
    next_row: int = 0
    next_column: int = 0
    is_hidden: bool = False
    styles: dict[str, Shown] = field(default_factory=dict)
    """Styles of the workbook whose number format shows something, by their id."""
    column_styles: dict[int, str] = field(default_factory=dict)


def parse(path: Path, code_page: str | None) -> list[RawTable]:  # noqa: ARG001
    """Return each visible worksheet that has a cell.

    Raises:
        RefusedFileError: the XML is not well-formed or unsafe, or a cell lies outside the grid.
    """
    tables: list[RawTable] = []
    hidden: list[str] = []
    styles: dict[str, Shown] = {}
    sheet, epoch = _Sheet(styles=styles), 1900
    tags = ("Style", "Row", "Column", "Visible", "Worksheet", "Date1904")
    with path.open("rb") as source:
        for element in elements(
            source, *(f"{{*}}{tag}" for tag in tags), broken="spreadsheet_damaged"
        ):
            match local_name(element):
                case "Style":
                    _read_style(element, styles)
                case "Row":
                    _read_row(element, sheet)
                case "Column":
                    _read_column(element, sheet)
                case "Visible":
                    sheet.is_hidden = "Hidden" in (element.text or "")
                case "Date1904":
                    epoch = 1904
                case "Worksheet":
                    name = element.get(f"{SHEET}Name", "")
                    if sheet.grid.rows and sheet.is_hidden:
                        hidden.append(name)
                    elif sheet.grid.rows:
                        tables.append(_table(name, sheet, epoch, hidden))
                    sheet = _Sheet(styles=styles)
    return tables


def _table(name: str, sheet: _Sheet, epoch: int, hidden: list[str]) -> RawTable:
    found = warnings(name, sheet.details, range(sheet.grid.width))
    if hidden:
        found.insert(0, f"not loaded: hidden sheets {', '.join(map(repr, hidden))}")
    return without_covered(
        RawTable(
            sheet_name=name,
            records=with_currencies(sheet.grid.records(), sheet.details),
            format="xml_spreadsheet",
            warnings=tuple(found),
            merges=tuple(sheet.details.merges),
            date_epoch=epoch,
        )
    )


def _read_style(style: etree._Element, styles: dict[str, Shown]) -> None:
    """Keep what a style's number format shows; without one it is that of its parent."""
    number_format = style.find(f"{SHEET}NumberFormat")
    code = None if number_format is None else number_format.get(f"{SHEET}Format")
    if code is None:
        shown = styles.get(style.get(f"{SHEET}Parent", ""), NOTHING)
    else:
        shown = NAMED_FORMATS.get(code) or shown_by(code)
    if shown != NOTHING:
        styles[style.get(f"{SHEET}ID", "")] = shown


def _read_column(column: etree._Element, sheet: _Sheet) -> None:
    first = _number(column, "Index", sheet.next_column + 1) - 1
    sheet.next_column = first + _number(column, "Span", 0) + 1
    style = column.get(f"{SHEET}StyleID")
    if style in sheet.styles:
        sheet.column_styles |= dict.fromkeys(range(first, sheet.next_column), style)
    if column.get(f"{SHEET}Hidden") == "1":
        sheet.details.hidden_columns.append(range(first, sheet.next_column))


def _read_row(row: etree._Element, sheet: _Sheet) -> None:
    place = _number(row, "Index", sheet.next_row + 1) - 1
    sheet.next_row = place + _number(row, "Span", 0) + 1
    column = 0
    filled = False
    for cell in row.iterchildren(f"{SHEET}Cell"):
        column = _number(cell, "Index", column + 1) - 1
        value = _value(cell, sheet, place, column)
        shown = _shown(cell, row, sheet, column) if isinstance(value, float) else NOTHING
        if shown.is_percent:
            value = percentage(value)
        sheet.details.note_shown(shown, [(place, column)])
        if value is not None:
            sheet.grid.put(place, column, value)
            filled = True
        across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
        if across or down:
            sheet.details.merges.append(Merge(place + 1, place + 1 + down, column, column + across))
        column += across + 1
    if filled and row.get(f"{SHEET}Hidden") == "1":
        sheet.details.hidden_rows.append(place)


def _shown(cell: etree._Element, row: etree._Element, sheet: _Sheet, column: int) -> Shown:
    """Return what the nearest style shows: of the cell, its row, its column, the whole table."""
    if not sheet.styles:
        return NOTHING
    table = row.getparent()
    style = (
        cell.get(f"{SHEET}StyleID")
        or row.get(f"{SHEET}StyleID")
        or sheet.column_styles.get(column)
        or ("" if table is None else table.get(f"{SHEET}StyleID", ""))
    )
    return sheet.styles.get(style, NOTHING)


def _value(cell: etree._Element, sheet: _Sheet, row: int, column: int) -> Any:  # noqa: ANN401
    data = cell.find(f"{SHEET}Data")
    text = "" if data is None else "".join(data.itertext())
    if not text:
        if cell.get(f"{SHEET}Formula"):
            sheet.details.uncalculated.append((row, column))
        return None
    kind = data.get(f"{SHEET}Type") if data is not None else None
    if kind == "Error":
        sheet.details.errors[row, column] = text
    try:
        return _typed(text, kind)
    except ValueError:
        return text


def _typed(text: str, kind: str | None) -> Any:  # noqa: ANN401
    match kind:
        case "Number":
            return float(text)
        case "Boolean":
            return text.strip() in {"1", "true"}
        case "DateTime":
            moment = datetime.fromisoformat(text).replace(tzinfo=None)
            return moment.time() if moment.year == DAY_ZERO else moment
    return text


def _number(element: etree._Element, name: str, default: int) -> int:
    text = element.get(f"{SHEET}{name}", "")
    return int(text) if text.isdecimal() and len(text) < 10 else default
