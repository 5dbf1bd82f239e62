"""Rows that are asked for together: that a release keeps them together, and what asks for them.

Not tested here: what a trace finds (the other modules of this folder).
"""

from pathlib import Path

import duckdb
import pytest

from approvals.trace.near import of_years
from publish.contents import NEIGHBOURS


@pytest.mark.parametrize("table", NEIGHBOURS)
def test_a_release_keeps_the_rows_of_a_year_together(database: Path, table: str) -> None:
    year = NEIGHBOURS[table][0]
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(f"select {year} from marts.{table} order by rowid").fetchall()

    years = [found_year for (found_year,) in found]
    assert len(set(years)) > 1
    assert years == sorted(years)


@pytest.mark.parametrize(
    ("years", "condition"),
    [
        ([2007, 2006, 2006], "y in (2006, 2007)"),
        ([2006, None], "true"),
        ([], "true"),
    ],
)
def test_a_row_of_an_unknown_year_is_looked_for_in_all(
    years: list[int | None], condition: str
) -> None:
    assert of_years("y", [{"approval_year": year} for year in years]) == condition
