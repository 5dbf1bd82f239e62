"""Conditions by which a reader of a release skips what lies elsewhere.

A release keeps the rows of a year beside each other, and the records of a file; a condition on
either makes DuckDB pass over the rest (`publish.contents.NEIGHBOURS`).
"""

from collections.abc import Iterable
from typing import Final

OF_FILES: Final = "r.file_sha256 in (select distinct file_sha256 from {table})"
"""Of `marts.lineage_records as r`: the records of the files that a temporary table names."""


def of_years(column: str, years: Iterable[int | None]) -> str:
    """Return the condition that a row is of one of these years; where one is not known, of any."""
    known = sorted({year for year in years if year is not None})
    if not known or None in years:
        return "true"
    return f"{column} in ({', '.join(map(str, known))})"
