"""Sheets of one file that hold the same rows: what counts, and what is said.

Not here: how sheets are read (readers/) and whole loads (adversarial/sheets.py).
"""

import duckdb
import pytest

from extract.mapping import Column, MappedTable
from extract.readers.records import ArrowRecords, arrow_records
from extract.readers.table import RawTable
from extract.repeated_sheets import without_repeated
from extract.sheets import FileTables

FIELDS = ("office_reference", "donor_name", "amount_original", None)
A, B, C = (("P1", "Norway", "10", "x"), ("P2", "Spain", "20", "y"), ("P3", "Japan", "30", "z"))
A_NOTED = ("P1", "Norway", "10", "other note")


def sheet(name: str, *rows: tuple[str, ...]) -> MappedTable:
    """Return a table with its header, mapped."""
    cells = [("Code", "Donor", "Amount", "Note"), *rows]
    numbers = range(1, len(cells) + 1)
    records = ArrowRecords(arrow_records(numbers, list(zip(*cells, strict=True))))
    columns = tuple(
        Column(place, header, field)
        for place, (header, field) in enumerate(zip(cells[0], FIELDS, strict=True))
    )
    return MappedTable(RawTable(name, records, "xlsx"), "approvals", 1, columns)


@pytest.mark.parametrize(
    ("tables", "kept", "words"),
    [
        pytest.param((sheet("1", A, B), sheet("2", C)), ["1", "2"], [], id="other-rows"),
        pytest.param((sheet("1", A, A, B),), ["1"], [], id="repeats-inside-one-sheet"),
        pytest.param(
            (sheet("All", A, B), sheet("All (2)", B, A)),
            ["All"],
            ["sheet 'All (2)': all of its 2 rows stand on 'All' already"],
            id="copy-in-another-order",
        ),
        pytest.param(
            (sheet("Norway", A), sheet("Spain", B), sheet("All", A, B)),
            ["Norway", "Spain"],
            ["all of its 2 rows stand on 'Norway', 'Spain' already"],
            id="parts-first",
        ),
        pytest.param(
            (sheet("1", A), sheet("2", A, A)),
            ["1", "2"],
            ["sheet '2': 1 of its 2 rows stand on '1' already and are loaded again"],
            id="one-time-more",
        ),
        pytest.param(
            (sheet("1", A, B), sheet("2", A_NOTED)),
            ["1", "2"],
            ["sheet '2': 1 of its 1 rows stand on '1' already and are loaded again"],
            id="differs-in-a-column-without-a-field",
        ),
        pytest.param((sheet("1"), sheet("2", A)), ["1", "2"], [], id="no-row"),
    ],
)
def test_without_repeated_keeps_each_row_once(
    tables: tuple[MappedTable, ...], kept: list[str], words: list[str]
) -> None:
    with duckdb.connect() as connection:
        found = without_repeated(connection, FileTables(tables, ()))

    assert [table.raw.sheet_name for table in found.tables] == kept
    assert len(found.warnings) == len(words)
    assert all(word in text for word, text in zip(words, found.warnings, strict=True))
