"""Parquet in the child process: each row a record, the column names the header record.

Values become text as the file holds them: decimals and integers exactly, timestamps in UTC, nested
values as JSON.
"""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extract.errors import RefusedFileError
from extract.readers.cells import join_batches, moment_text, number_text
from extract.readers.records import RECORD_NUMBER, ArrowRecords
from extract.readers.table import RawTable

BATCH_ROWS = 1 << 15
CELL_LIMIT = 100_000_000
UNPACKED_LIMIT = 2 << 30


def parse(path: Path, code_page: str | None) -> list[RawTable]:  # noqa: ARG001
    """Return the file's only table.

    Raises:
        RefusedFileError: the file is damaged, or holds more than an export can need.
    """
    try:
        with pq.ParquetFile(path) as file:
            _check_size(file.metadata)
            batches = [_header(file.schema_arrow.names)]
            number = 2
            for batch in file.iter_batches(BATCH_ROWS):
                batches.append(_batch(batch, number))
                number += len(batch)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise RefusedFileError(
            "parquet_damaged", f"the Parquet file is cut or corrupt ({error}): export it again"
        ) from error
    return [RawTable("", ArrowRecords(join_batches(batches)), "parquet")]


def _check_size(metadata: pq.FileMetaData) -> None:
    size = sum(metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups))
    if metadata.num_rows * metadata.num_columns > CELL_LIMIT or size > UNPACKED_LIMIT:
        raise RefusedFileError(
            "file_too_large",
            f"the file holds {metadata.num_rows} rows of {metadata.num_columns} columns: "
            "send it in parts",
        )


def _header(names: list[str]) -> pa.RecordBatch:
    columns = {f"c{place}": pa.array([name], pa.string()) for place, name in enumerate(names)}
    return pa.RecordBatch.from_pydict({RECORD_NUMBER: pa.array([1], pa.int64())} | columns)


def _batch(batch: pa.RecordBatch, first: int) -> pa.RecordBatch:
    named = {RECORD_NUMBER: pa.array(range(first, first + len(batch)), pa.int64())}
    marks = {}
    for place, column in enumerate(batch.columns):
        named[f"c{place}"], machine = _text(column)
        if machine is not None:
            marks[f"m{place}"] = machine
    return pa.RecordBatch.from_pydict(named | marks)


def _text(column: pa.Array) -> tuple[pa.Array, pa.Array | None]:
    """Return a column as text, and which of its cells were no text."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _text(column.dictionary_decode())
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return pc.if_else(pc.equal(column, ""), None, column).cast(pa.string()), None
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return column.cast(pa.string()), None
    if pa.types.is_nested(kind) or not _castable(kind):
        written = [None if value is None else _json(value) for value in column.to_pylist()]
        return pa.array(written, pa.string()), None
    return _written(column), column.is_valid()


def _castable(kind: pa.DataType) -> bool:
    return (
        pa.types.is_primitive(kind) or pa.types.is_decimal(kind) or pa.types.is_null(kind)
    ) and not pa.types.is_interval(kind)


def _written(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_timestamp(kind):
        moments = column.cast(pa.timestamp("us", kind.tz), safe=False)
        text = moment_text(moments.cast(pa.timestamp("us")))
    elif pa.types.is_time(kind):
        text = column.cast(pa.time64("us")).cast(pa.time32("s"), safe=False).cast(pa.string())
    elif pa.types.is_floating(kind):
        exact = kind != pa.float64()  # 0.1 in 32 bits is no 0.1 in 64: its shortest text is meant
        text = number_text(column.cast(pa.string()).cast(pa.float64()) if exact else column)
    elif pa.types.is_boolean(kind):
        text = pc.if_else(column, "TRUE", "FALSE")
    elif pa.types.is_decimal(kind):
        text = _decimal_text(column)
    else:
        text = column.cast(pa.string())
    return text


def _decimal_text(column: pa.Array) -> pa.Array:
    """Return decimals with all their digits; Arrow gives tiny ones an exponent."""
    text = column.cast(pa.string())
    if not pc.any(pc.match_substring(text, "E")).as_py():
        return text
    written = [None if value is None else f"{value:f}" for value in column.to_pylist()]
    return pa.array(written, pa.string())


def _json(value: Any) -> str:  # noqa: ANN401
    return json.dumps(value, ensure_ascii=False, default=str)
