"""Letters lost before a file reached us: a program wrote U+FFFD where it could not read one."""

from dataclasses import replace

import numpy as np
import pyarrow.compute as pc

from extract.readers.named_lines import named_lines
from extract.readers.records import RECORD_NUMBER, ArrowRecords
from extract.readers.table import RawTable

SIGN = "\ufffd"


def warned_of_lost_letters(table: RawTable) -> RawTable:
    """Return the table, with a warning that names the records in which letters were lost."""
    records = table.records
    if not isinstance(records, ArrowRecords):
        return table
    lost = np.zeros(len(records.table), dtype=bool)
    for position in range(records.width):
        found = pc.match_substring(records.table[f"c{position}"], SIGN)
        if pc.any(found).as_py():
            lost |= pc.fill_null(found, False).to_numpy()
    if not lost.any():
        return table
    numbers = records.table[RECORD_NUMBER].to_numpy()[lost].tolist()
    place = f"sheet {table.sheet_name!r}, " if table.sheet_name else ""
    warning = lost_letters(place + named_lines(numbers, "record"))
    return replace(table, warnings=(*table.warnings, warning))


def lost_letters(places: str) -> str:
    """Return the warning that letters were lost in the places named."""
    return (
        f"{places}: letters were lost and stand as {SIGN}: export the file again from "
        "the office's own system as UTF-8, or correct the names"
    )
