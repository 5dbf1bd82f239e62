"""A worksheet's records with its details, as the table that every reader gives."""

import pyarrow as pa
import pyarrow.compute as pc

from extract.readers.merged_cells import without_covered
from extract.readers.records import ArrowRecords
from extract.readers.sheet_details import SheetDetails, warnings
from extract.readers.shown_currencies import with_currencies
from extract.readers.table import RawTable
from extract.sheet_columns import column_letters

LONG_INTEGER = r"^-?\d{16,}$"


def sheet_table(
    name: str, kind: str, records: ArrowRecords, details: SheetDetails, date_epoch: int
) -> RawTable | None:
    """Return the table of a sheet, or None if no cell has a value.

    Args:
        name: of the sheet.
        kind: the workbook's format.
        records: all rows of the sheet.
        details: what the sheet holds beside them.
        date_epoch: of the workbook.
    """
    filled = [
        position
        for position, column in enumerate(records.table.columns[1 : records.width + 1])
        if column.null_count < len(column)
    ]
    if not filled:
        return None
    return without_covered(
        RawTable(
            sheet_name=name,
            records=with_currencies(records, details),
            format=kind,
            warnings=(*warnings(name, details, filled), *_long_numbers(name, records)),
            merges=tuple(details.merges),
            date_epoch=date_epoch,
        )
    )


def _long_numbers(name: str, records: ArrowRecords) -> list[str]:
    """Warn of numbers that are longer than a spreadsheet keeps: their last digits are lost."""
    table = records.table
    columns = [
        position
        for name, machine in zip(table.column_names, table.columns, strict=True)
        if name.startswith("m")
        for position in [int(name[1:])]
        if _any_long(table.column(position + 1), machine)
    ]
    if not columns:
        return []
    letters = ", ".join(map(column_letters, columns))
    warning = (
        f"sheet {name!r}: columns {letters} hold numbers of more than 15 digits, of which a "
        "spreadsheet keeps 15: store identifiers as text"
    )
    return [warning]


def _any_long(text: pa.ChunkedArray, machine: pa.ChunkedArray) -> bool:
    found: bool = pc.any(pc.and_(machine, pc.match_substring_regex(text, LONG_INTEGER))).as_py()
    return found


def passed_over(**kinds: list[str]) -> str | None:
    """Return a warning that names the sheets of each kind that are not loaded, or None."""
    named = [
        f"{what.replace('_', ' ')} {', '.join(map(repr, names))}"
        for what, names in kinds.items()
        if names
    ]
    return f"not loaded: {'; '.join(named)}" if named else None
