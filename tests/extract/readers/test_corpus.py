"""Each small nasty file of tests/data/text is read as its catalogue says.

Not tested here: what the cells say (`test_pollutions.py`), only how many there are.
"""

import csv
from pathlib import Path

import pytest

from extract.errors import RefusedFileError
from extract.readers import read_table

DATA = Path(__file__).parents[2] / "data" / "text"


def catalogue() -> list[dict[str, str]]:
    with (DATA / "README.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry["file"])
def test_file_of_the_corpus_is_read_as_its_catalogue_says(entry: dict[str, str]) -> None:
    try:
        rows = read_table(DATA / entry["file"]).rows
    except RefusedFileError as refusal:
        outcome = refusal.reason_code
    else:
        widths = sorted({len(row) for row in rows})
        outcome = f"{len(rows)} rows of {', '.join(map(str, widths))}" if rows else "no rows"

    assert outcome == entry["expected"]


def test_every_file_of_the_corpus_is_in_its_catalogue() -> None:
    files = {path.name for path in DATA.iterdir()} - {"README.csv"}

    assert files == {entry["file"] for entry in catalogue()}
