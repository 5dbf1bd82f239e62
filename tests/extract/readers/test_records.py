"""All rows of a table in plain Python, as `read_table` asks for them.

Not tested here: how records reach DuckDB; the loading tests do that with every format.
"""

import subprocess
import sys

from approvals.settings import PROJECT_ROOT
from extract.readers.records import ArrowRecords, arrow_records
from extract.readers.table import RawTable
from extract.segments import Segment, Window

LIMITED = """
import resource, sys
from extract.readers.records import ArrowRecords, arrow_records
from extract.readers.table import RawTable
resource.setrlimit(resource.RLIMIT_DATA, (1 << 30, 1 << 30))
records = ArrowRecords(arrow_records([1], [["x"]] * 5000))
assert RawTable("", records, "xlsx").rows() == [["x"] * 5000]
"""


def three_records() -> ArrowRecords:
    """Return records of three, two and one cell."""
    columns = [["a", "b", "c"], ["1", "2", None], ["x", None, None]]
    return ArrowRecords(arrow_records([1, 2, 3], columns))


def test_rows_end_where_their_record_ends() -> None:
    table = RawTable("", three_records(), "delimited")

    assert table.rows() == [["a", "1", "x"], ["b", "2"], ["c"]]


def test_rows_of_a_part_are_those_of_its_records_and_columns() -> None:
    whole = three_records()

    assert Segment(whole, 2, None).rows() == [("b", "2", None), ("c", None, None)]
    assert Window(whole, 1, 1).rows() == [("1",), ("2",), (None,)]


def test_rows_of_a_wide_table_need_little_memory() -> None:
    found = subprocess.run(
        [sys.executable, "-c", LIMITED],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == 0, found.stderr
