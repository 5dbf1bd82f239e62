"""Rows of a release, for the tests of this folder."""

from pathlib import Path

import duckdb

BELOW_A_FIGURE = """
from marts.lineage_figures as f
inner join marts.lineage_cells as k
    on f.report_name = k.report_name and f.row_id = k.row_id and f.column_name = k.column_name
inner join marts.lineage_contributions as c
    on k.dimension = c.dimension and k.member_id = c.member_id
    and k.approval_year = c.approval_year
"""
"""From a published figure to what its rows add up, by joins alone (docs/trace.md)."""


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    """Return the rows of a query on a release, opened read-only."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()
