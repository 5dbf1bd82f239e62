"""The cells of a table in DuckDB, in the order of their records: copied once, or as they lie."""

import duckdb

from extract.connection import LARGE_FILE
from extract.errors import IrregularRecordsError
from extract.readers.csv_records import CsvRecords
from extract.readers.records import ArrowRecords, Records
from extract.relation import replace_relation


def create_cells(connection: duckdb.DuckDBPyConnection, records: Records, header_row: int) -> None:
    """Create the relation `cells`: `record_number` and the cells of all records below the header.

    Records that a file gives in order need no numbers of their own: the place of a row in the copy
    says them, and the file is then read by all threads. A large table in memory is not copied.

    Args:
        connection: gets the relation.
        records: the records of the sheet.
        header_row: the last record of the header.

    Raises:
        IrregularRecordsError: the file was to prove regular here, and did not.
    """
    if not isinstance(records, CsvRecords):
        if not _viewed(connection, records, header_row):
            _copy_numbered(connection, records, header_row)
        return
    first, query = records.ordered_source()
    copied = None
    if header_row >= first - 1:  # else records of the title lie below the header
        copied = _copied(connection, query, is_proven=records.is_proven)
    if copied != records.count:  # or several threads cut the file in another way than one did
        if not records.is_proven:
            raise IrregularRecordsError
        _copy_numbered(connection, records, header_row)
        return
    replace_relation(
        connection,
        "cells",
        f"select rowid + {first:d} as record_number, * from stored_cells "
        f"where rowid + {first:d} > {header_row:d}",
        as_view=True,
    )


def _viewed(connection: duckdb.DuckDBPyConnection, records: Records, header_row: int) -> bool:
    """Make a view of a large table in memory: copying it costs more than its queries gain.

    False if the records are few, or not in order.
    """
    if not isinstance(records, ArrowRecords) or records.size_bytes < LARGE_FILE:
        return False
    below = records.below(header_row)
    if below:
        below.bind(connection, "records")
        replace_relation(connection, "cells", "from records", as_view=True)
    return below is not None


def _copied(connection: duckdb.DuckDBPyConnection, query: str, *, is_proven: bool) -> int:
    """Copy records and return how many there are."""
    try:
        found = connection.execute(f"create or replace temp table stored_cells as {query}")
    except duckdb.InvalidInputException as error:  # what a strict reader says of a record
        if is_proven:
            raise
        raise IrregularRecordsError from error
    return int((found.fetchone() or (0,))[0])


def _copy_numbered(
    connection: duckdb.DuckDBPyConnection, records: Records, header_row: int
) -> None:
    records.bind(connection, "records")
    query = f"from records where record_number > {header_row:d}"
    replace_relation(connection, "cells", query, as_view=False)
    places = connection.execute(
        "select max(record_number - rowid) - min(record_number - rowid) from cells"
    ).fetchone()
    if places and places[0]:
        replace_relation(connection, "cells", f"{query} order by record_number", as_view=False)
