"""Cells that a merge covers: a sheet shows only the first, but the others may hold values still.

Programs other than Excel merge without emptying them. Nobody sees these values, so they are no
part of what the office sent.
"""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from extract.readers.records import ArrowRecords
from extract.readers.sheet_details import cell_names
from extract.readers.table import Merge, RawTable


def without_covered(table: RawTable) -> RawTable:
    """Return the table without the values below its merges, and a warning if there were any."""
    records = table.records
    if not table.merges or not isinstance(records, ArrowRecords):
        return table
    covered: dict[int, list[int]] = {}
    for merge in table.merges:
        for column in range(merge.first_column, min(merge.last_column + 1, records.width)):
            places = _filled_below(records.table[f"c{column}"], merge, column)
            if places:
                covered.setdefault(column, []).extend(places)
    if not covered:
        return table
    cells = [(row, column) for column, rows in covered.items() for row in rows]
    warning = (
        f"sheet {table.sheet_name!r}: values in cells that a merge covers were left out, "
        f"{len(cells)} in number ({cell_names(cells)}): part the merged cells if they count"
    )
    return replace(
        table,
        records=ArrowRecords(_blanked(records.table, covered)),
        warnings=(*table.warnings, warning),
    )


def _filled_below(cells: pa.ChunkedArray, merge: Merge, column: int) -> list[int]:
    """Return the rows, from 0, where a column has a value that the merge hides."""
    first = merge.first_record - 1 + (column == merge.first_column)
    hidden = cells.slice(first, max(0, merge.last_record - first))
    if hidden.null_count == len(hidden):
        return []
    return [first + int(place) for place in np.flatnonzero(hidden.is_valid().to_numpy())]


def _blanked(records: pa.Table, covered: dict[int, list[int]]) -> pa.Table:
    for column, rows in covered.items():
        is_covered = np.zeros(len(records), dtype=bool)
        is_covered[rows] = True
        for name, blank in ((f"c{column}", None), (f"m{column}", False)):
            if name in records.column_names:
                place, kind = records.column_names.index(name), records[name].type
                cells = pc.if_else(
                    pa.array(is_covered), pa.scalar(blank, kind), records[name].combine_chunks()
                )
                records = records.set_column(place, name, cells)
    return records
