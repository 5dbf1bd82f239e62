"""Conditions by which a reader of a release skips what lies elsewhere.

A release keeps the rows of a year beside each other, and the records of a file; a condition on
either makes DuckDB pass over the rest (`publish.contents.NEIGHBOURS`).
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

OF_FILES: Final = "r.file_sha256 in (select distinct file_sha256 from {table})"
"""Of `marts.lineage_records as r`: the records of the files that a temporary table names."""


def of_years(column: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the condition that a row is of a year of these rows.

    Args:
        column: where the row says its year.
        rows: rows with `approval_year`; where one does not know it, rows of all years are meant.
    """
    years = {row["approval_year"] for row in rows}
    if not years or None in years:
        return "true"
    return f"{column} in ({', '.join(map(str, sorted(years)))})"
