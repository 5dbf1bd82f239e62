"""Rows of a release, for the tests of this folder."""

from pathlib import Path

import duckdb


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    """Return the rows of a query on a release, opened read-only."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()
