"""What the number formats of cells show beside their numbers, as columns beside the records."""

import numpy as np
import pyarrow as pa

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
    table = records.table
    for column, texts in sorted(columns.items()):
        table = table.append_column(f"{SHOWN}{column}", pa.array(texts, pa.string()))
    return ArrowRecords(table)
