"""Rows whose cells may stand in wrong columns: no amount of theirs may be trusted.

The readers say which records have a cell too many or too few that nothing mends for certain.
Tables without such records, nearly all, pay nothing.
"""

import duckdb

from extract.mapping import MappedTable

MISPLACED = "record_number in (select record_number from misplaced_records)"
"""SQL for: the row is one of those that `find_misplaced` has found."""


def find_misplaced(connection: duckdb.DuckDBPyConnection, table: MappedTable) -> bool:
    """Create the table `misplaced_records` if the table may have some; tell whether it does.

    Args:
        connection: holds the relation `cells` of this table.
        table: its doubtful records are numbered as its rows are.
    """
    doubtful = table.raw.doubtful
    if not doubtful:
        return False
    connection.execute(
        "create or replace temp table misplaced_records as with doubtful as "
        "(select unnest($numbers::bigint[]) as record_number) "
        f"select record_number from cells where {_condition(table)}",
        {"numbers": list(doubtful)},
    )
    return connection.execute("select 1 from misplaced_records limit 1").fetchone() is not None


def _condition(table: MappedTable) -> str:
    """Return SQL for: the record does not have the cells that the header promises.

    A header that is doubtful itself has another width than most records of the file. Its own
    table may be as wide as it is; a record with more cells cannot be trusted, as it is not known
    which header is lost, and neither can one with less.
    """
    is_doubtful = "record_number in (from doubtful)"
    if table.header_row not in table.raw.doubtful:
        return is_doubtful
    width = max((c.position + 1 for c in table.columns if c.header.strip()), default=0)
    beyond = [f"trim(coalesce(c{place}, '')) <> ''" for place in range(width, table.raw.width)]
    lacks = f"({is_doubtful} and c{width - 1} is null)" if width else is_doubtful
    return " or ".join([lacks, *beyond])
