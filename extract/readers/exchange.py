"""How tables travel from the child process to its parent: a line of JSON, then Arrow streams.

Nothing that a hostile file made of the child is unpickled or run in the parent.
"""

import json
from dataclasses import asdict, dataclass
from typing import IO, Any

import pyarrow as pa

from extract.errors import RefusedFileError
from extract.readers.records import ArrowRecords
from extract.readers.table import Merge, RawTable


@dataclass(frozen=True, slots=True)
class Answer:
    """What the child says of one file: its tables, or why there are none."""

    tables: list[RawTable]
    refusal: RefusedFileError | None
    is_last: bool
    """Whether the child ends after it."""


def send(tables: list[RawTable], pipe: IO[bytes], *, is_last: bool) -> None:
    """Write tables; their records are `ArrowRecords`."""
    streams = [_stream(table) for table in tables]
    described = [
        {
            "sheet_name": table.sheet_name,
            "format": table.format,
            "encoding": table.encoding,
            "warnings": table.warnings,
            "merges": [list(asdict(merge).values()) for merge in table.merges],
            "date_epoch": table.date_epoch,
            "size": len(stream),
        }
        for table, stream in zip(tables, streams, strict=True)
    ]
    pipe.write(json.dumps({"tables": described, "is_last": is_last}).encode() + b"\n")
    for stream in streams:
        pipe.write(stream)
    pipe.flush()


def send_refusal(error: RefusedFileError, pipe: IO[bytes], *, is_last: bool) -> None:
    """Write why there are no tables."""
    refusal = [error.reason_code, str(error)]
    answer = {"tables": [], "refusal": refusal, "is_last": is_last}
    pipe.write(json.dumps(answer).encode() + b"\n")
    pipe.flush()


def receive(pipe: IO[bytes]) -> Answer:
    """Return what the child says of a file.

    Raises:
        EOFError: the child ended.
    """
    line = pipe.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    answer = json.loads(line)
    tables = [_table(described, pipe) for described in answer["tables"]]
    refusal = RefusedFileError(*answer["refusal"]) if "refusal" in answer else None
    return Answer(tables, refusal, answer["is_last"])


def _stream(table: RawTable) -> pa.Buffer:
    if not isinstance(table.records, ArrowRecords):
        raise TypeError(f"records of {table.format} do not lie in memory")
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.records.table.schema) as writer:
        writer.write_table(table.records.table)
    return sink.getvalue()


def _table(described: dict[str, Any], pipe: IO[bytes]) -> RawTable:
    content = pipe.read(described["size"])
    if len(content) < described["size"]:
        raise EOFError
    return RawTable(
        sheet_name=described["sheet_name"],
        records=ArrowRecords(pa.ipc.open_stream(content).read_all()),
        format=described["format"],
        encoding=described["encoding"],
        warnings=tuple(described["warnings"]),
        merges=tuple(Merge(*merge) for merge in described["merges"]),
        date_epoch=described["date_epoch"],
    )
