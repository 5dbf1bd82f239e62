"""What the number formats of cells show beside their numbers, as columns beside the records."""

import numpy as np
import pyarrow as pa

from extract.readers.number_formats import UNIT
from extract.readers.records import ArrowRecords
from extract.readers.sheet_details import SheetDetails

SHOWN = "f"
"""Begins the name of such a column: `f3` belongs to `c3`."""


def with_currencies(records: ArrowRecords, details: SheetDetails) -> ArrowRecords:
    """Return the records with a column `f<n>` for each column `c<n>` whose formats show something.

    It holds the text that the format puts around the number, and is null elsewhere.
    """
    columns: dict[int, np.ndarray] = {}
    for text, places in details.currencies.items():
        for row, column in places:
            if row < len(records.table) and column < records.width:
                if column not in columns:
                    columns[column] = np.full(len(records.table), None, dtype=object)
                columns[column][row] = text
    table = _with_units(records.table, columns)
    for column, texts in sorted(columns.items()):
        table = table.append_column(f"{SHOWN}{column}", pa.array(texts, pa.string()))
    return ArrowRecords(table)


def _with_units(table: pa.Table, shown: dict[int, np.ndarray]) -> pa.Table:
    """Return the records with what a person sees where a format says million behind a number.

    Such a cell is no number of the format itself: it is read as the text that it shows.
    """
    for column, texts in shown.items():
        rows = [row for row, text in enumerate(texts) if text and UNIT.search(text)]
        name, machine = f"c{column}", f"m{column}"
        if not rows or machine not in table.column_names:
            continue
        cells, is_number = table[name].to_pylist(), table[machine].to_pylist()
        for row in rows:
            cells[row] = " ".join(filter(None, (cells[row], texts[row].replace("\n", " "))))
            texts[row], is_number[row] = None, False
        for each, values in ((name, cells), (machine, is_number)):
            place = table.column_names.index(each)
            table = table.set_column(place, each, pa.array(values, table[each].type))
    return table
