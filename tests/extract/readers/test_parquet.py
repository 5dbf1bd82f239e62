"""Parquet: each type as text, exact; damaged files refused.

Not here: what pyarrow itself checks of a file.
"""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract.errors import RefusedFileError
from extract.readers import RawTable, reader_for

NOON = datetime(2006, 1, 2, 12, 0, tzinfo=UTC)


def read(path: Path) -> RawTable:
    """Return the only table of a file."""
    return reader_for(path).read(path, None)[0]


@pytest.mark.parametrize(
    ("values", "text", "is_machine"),
    [
        pytest.param(pa.array([Decimal("1.10")]), "1.10", True, id="decimal"),
        pytest.param(pa.array([Decimal("0.0000001")]), "0.0000001", True, id="tiny-decimal"),
        pytest.param(pa.array([Decimal(-5)]), "-5", True, id="whole-decimal"),
        pytest.param(
            pa.array([datetime(2006, 1, 2)], pa.timestamp("s")),  # noqa: DTZ001
            "2006-01-02",
            True,
            id="midnight-is-a-date",
        ),
        pytest.param(pa.array([0.1 + 0.2]), "0.3", True, id="float-noise"),
        pytest.param(pa.array([0.1], pa.float32()), "0.1", True, id="float-of-32-bits"),
        pytest.param(pa.array([2**63 - 1]), "9223372036854775807", True, id="integer"),
        pytest.param(pa.array([date(2006, 1, 2)]), "2006-01-02", True, id="date"),
        pytest.param(
            pa.array([NOON], pa.timestamp("ns", "Asia/Bangkok")),
            "2006-01-02 12:00:00",
            True,
            id="timestamp-in-utc",
        ),
        pytest.param(pa.array([time(1, 2)]), "01:02:00", True, id="time"),
        pytest.param(pa.array([True]), "TRUE", True, id="boolean"),
        pytest.param(pa.array(["1.000"]), "1.000", False, id="text"),
        pytest.param(pa.array(["x"]).dictionary_encode(), "x", False, id="dictionary"),
        pytest.param(pa.array([[1, 2]]), "[1, 2]", False, id="list"),
        pytest.param(pa.array([{"a": "é"}]), '{"a": "é"}', False, id="struct"),
        pytest.param(pa.nulls(1), "", False, id="null"),
    ],
)
def test_value_becomes_text_that_loses_nothing(
    tmp_path: Path, values: pa.Array, text: str, is_machine: bool
) -> None:
    path = tmp_path / "export"
    pq.write_table(pa.table({"a": values}), path)

    table = read(path)

    assert table.records.head(2) == [["a"], [text]]
    columns = table.records.table.to_pydict()  # type: ignore[attr-defined]
    assert columns.get("m0", [False, False]) == [False, is_machine]


@pytest.mark.parametrize("damage", ["cut", "flipped"])
def test_damaged_file_is_refused(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "export"
    pq.write_table(pa.table({"a": list(range(1000))}), path)
    content = bytearray(path.read_bytes())
    if damage == "cut":
        del content[len(content) // 2 :]
    else:
        content[-60:-20] = bytes(byte ^ 0xFF for byte in content[-60:-20])
    path.write_bytes(content)

    with pytest.raises(RefusedFileError) as refusal:
        read(path)

    assert refusal.value.reason_code in {"parquet_damaged", "file_crashed", "file_too_large"}
