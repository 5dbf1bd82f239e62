"""Bytes of text files and workbooks, the same at every run."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Protocol

import xlsxwriter  # type: ignore[import-untyped]

from examples.cells import Cell, text
from examples.layouts import Layout

CREATED = datetime(2007, 10, 15, tzinfo=UTC)
NOTICE = "SYNTHETIC EXAMPLE DATA: no row describes a real project"


class Sheet(Protocol):
    """What is needed of an XlsxWriter worksheet; the package has no types."""

    def write_string(self, row: int, column: int, text: str, style: object = None) -> int:
        """Write text."""

    def write_number(self, row: int, column: int, number: float, style: object = None) -> int:
        """Write a number."""

    def write_datetime(self, row: int, column: int, day: date, style: object = None) -> int:
        """Write a date."""


def file_bytes(rows: Sequence[Sequence[Cell]], layout: Layout, subtitle: str) -> bytes:
    """Return an export in the office's format.

    Args:
        rows: the cells below the header.
        layout: the office's habits.
        subtitle: stands above the header of a workbook.
    """
    if layout.delimiter:
        return delimited([[text(cell, layout) for cell in row] for row in rows], layout)
    return _workbook(rows, layout, subtitle)


def delimited(rows: Sequence[Sequence[str]], layout: Layout) -> bytes:
    """Return a text file with a header."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=layout.delimiter, lineterminator=layout.line_end)
    writer.writerow([header for _, header in layout.columns])
    writer.writerows(rows)
    return target.getvalue().encode(layout.encoding)


def _workbook(rows: Sequence[Sequence[Cell]], layout: Layout, subtitle: str) -> bytes:
    """Return a workbook: title block, header, rows, total."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties(
        {"title": layout.title, "comments": NOTICE, "created": CREATED.replace(tzinfo=None)}
    )
    bold = book.add_format({"bold": True})
    formats = {
        date: book.add_format({"num_format": "dd/mm/yyyy"}),
        Decimal: book.add_format({"num_format": "#,##0.00"}),
    }
    sheet = book.add_worksheet("Approvals")
    for line, words in enumerate((layout.title, subtitle, NOTICE)):
        sheet.write_string(line, 0, words, bold)
    for column, (_, header) in enumerate(layout.columns):
        sheet.write_string(4, column, header, bold)
    for line, row in enumerate(rows, start=5):
        for column, cell in enumerate(row):
            _write(sheet, line, column, cell, formats)
    fields = [field for field, _ in layout.columns]
    place = fields.index(layout.total_field)
    amounts = (row[place] for row in rows)
    total = sum((cell for cell in amounts if isinstance(cell, Decimal)), Decimal(0))
    sheet.write_string(5 + len(rows), 0, "Total", bold)
    _write(sheet, 5 + len(rows), place, total, formats)
    book.close()
    return target.getvalue()


def _write(sheet: Sheet, line: int, column: int, cell: Cell, formats: dict[type, object]) -> None:
    if isinstance(cell, Decimal):
        sheet.write_number(line, column, float(cell), formats[Decimal])
    elif isinstance(cell, date):
        sheet.write_datetime(line, column, cell, formats[date])
    elif cell:
        sheet.write_string(line, column, cell)
