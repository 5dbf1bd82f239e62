"""Runs in the child process: workbook in, Arrow stream for each visible sheet out."""

import json
import os
import resource
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import zip_longest

import pyarrow as pa
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from extract.readers.records import arrow_records

MEMORY_LIMIT = 3 << 30
CPU_SECONDS = 600
Cell = int | float | str | bool | date | time | datetime | timedelta | None


def serve() -> None:
    """Answer each path on standard input with a line of JSON and the sheets' Arrow streams."""
    limit_resources()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    for line in sys.stdin:
        sheets: list[tuple[str, bytes]] = []
        failure = None
        try:
            sheets = read_sheets(json.loads(line))
        except ValueError as error:
            failure = str(error)
        listed = [{"name": name, "size": len(records)} for name, records in sheets]
        answers.write(json.dumps({"error": failure, "sheets": listed}).encode() + b"\n")
        for _, records in sheets:
            answers.write(records)
        answers.flush()


def limit_resources() -> None:
    """Bound what a hostile workbook can take; the limits hold for this process only."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read_sheets(path: str) -> list[tuple[str, bytes]]:
    """Return name and records (Arrow IPC stream) of each visible worksheet that has a cell.

    Raises:
        ValueError: the workbook cannot be parsed.
    """
    try:
        workbook = CalamineWorkbook.from_path(path)
        return [
            (sheet.name, _records(workbook.get_sheet_by_name(sheet.name)))
            for sheet in workbook.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible
            and sheet.typ == SheetTypeEnum.WorkSheet
            and workbook.get_sheet_by_name(sheet.name).total_height
        ]
    except CalamineError as error:
        raise ValueError(f"the workbook cannot be parsed ({error})") from error


def _records(sheet: CalamineSheet) -> bytes:
    rows = sheet.to_python(skip_empty_area=False)
    columns = [[_text(cell) for cell in column] for column in zip_longest(*rows)]
    records = arrow_records(range(1, len(rows) + 1), columns)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, records.schema) as writer:
        writer.write_table(records)
    return bytes(sink.getvalue())


def _text(cell: Cell) -> str | None:
    """Return a typed cell as text that can be read back without doubt."""
    match cell:
        case None | "":
            text = None
        case bool():
            text = "TRUE" if cell else "FALSE"
        case float():
            text = _number_text(cell)
        case datetime() if cell.time() == time():
            text = cell.date().isoformat()
        case datetime():
            text = cell.isoformat(sep=" ")
        case date() | time():
            text = cell.isoformat()
        case _:
            text = str(cell)
    return text


def _number_text(number: float) -> str:
    """Return a number with a decimal point that cannot be taken for a thousands separator.

    Three decimals after a point read like a group of thousands, so they get a fourth.
    """
    if number.is_integer():
        return str(int(number))
    text = repr(number)
    if "e" in text:  # an exponent: write it out
        text = f"{Decimal(text):f}"
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text
