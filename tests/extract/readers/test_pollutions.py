"""Polluted files come back as the clean table: the goals of the Pollock benchmark on our own files.

Every forty-first damaged row here, to save time; all of them by `python -m benchmarks.polluted`.
Not tested here: the benchmark's own files, which this project does not hold.
"""

from pathlib import Path

import pytest

from extract.readers import read_table
from tests.extract.readers.more_pollutions import dialect_pollutions, survey_pollutions
from tests.extract.readers.pollutions import (
    Polluted,
    approvals_table,
    file_pollutions,
    row_pollutions,
    shop_table,
)
from tests.extract.readers.scores import measures, row_f1

STEP = 41
UNREADABLE = {"file_field_delimiter_space"}
"""Unquoted texts cut by spaces: nobody can tell where a cell ends."""
NEARLY = {"file_quotation_char_apostrophe"}
"""Apostrophes quote, and quotes inside are doubled all the same: these come back doubled."""
TABLES = {"shop": shop_table(), "approvals": approvals_table()}
FILES = [
    pytest.param(polluted, id=f"{name}-{polluted.name}")
    for name, rows in TABLES.items()
    for polluted in (*file_pollutions(rows), *survey_pollutions(rows))
    if polluted.name not in UNREADABLE | NEARLY
]


def read(path: Path, polluted: Polluted) -> list[list[str]]:
    path.write_bytes(polluted.content)
    return read_table(path).rows


@pytest.mark.parametrize("polluted", FILES)
def test_polluted_file_comes_back_clean(tmp_path: Path, polluted: Polluted) -> None:
    assert read(tmp_path / "export.csv", polluted) == polluted.rows


@pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES)
def test_damaged_rows_reach_the_goals(tmp_path: Path, rows: list[list[str]]) -> None:
    polluted = [*row_pollutions(rows), *dialect_pollutions(rows)][::STEP]
    tables = [read(tmp_path / "export.csv", one) for one in polluted]

    pairs = list(zip(polluted, tables, strict=True))
    simple = sum(sum(measures(one.rows, table)) for one, table in pairs) / len(pairs)
    whole_rows = sum(row_f1(one.rows, table) for one, table in pairs) / len(pairs)
    assert simple >= 9.97
    assert whole_rows >= 0.995
