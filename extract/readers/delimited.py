"""Delimited text: encoding, dialect, records. The records are cut by the csv module's C parser."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice, repeat, zip_longest
from pathlib import Path

import pyarrow as pa

from extract.errors import RefusedFileError
from extract.readers.encoding import decode
from extract.readers.records import ArrowRecords, arrow_records
from extract.readers.table import RawTable

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_RECORDS = 200
SAMPLE_CHARACTERS = 1 << 16
BATCH_RECORDS = 1 << 16
FIELD_LIMIT = 1 << 20


class DelimitedReader:
    """Reads comma, semicolon, tab and pipe separated text in any encoding."""

    def read(self, path: Path, code_page: str | None) -> list[RawTable]:
        """Return the file's records; the only table of a text file.

        Raises:
            RefusedFileError: no encoding fits, a quoted cell never ends, or it is binary.
        """
        decoded = decode(path.read_bytes(), code_page)
        if "\x00" in decoded.text:
            raise RefusedFileError(
                "format_unknown",
                "the file is neither text nor a spreadsheet (it holds NUL characters): "
                "export as CSV or XLSX",
            )
        delimiter = sniff_delimiter(decoded.text[:SAMPLE_CHARACTERS])
        return [
            RawTable(
                sheet_name="",
                records=ArrowRecords(_records(decoded.text, delimiter)),
                format="delimited",
                encoding=decoded.encoding,
                dialect={
                    "delimiter": delimiter,
                    "quote": '"',
                    "line_end": _line_end(decoded.text[:SAMPLE_CHARACTERS]),
                },
                warnings=(decoded.warning,) if decoded.warning else (),
            )
        ]


def sniff_delimiter(sample: str) -> str:
    """Return the delimiter under which most records of the sample have the same several cells."""

    def score(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths = Counter(len(record) for record in islice(reader, SAMPLE_RECORDS) if record)
        widths.pop(1, None)
        width, records = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        return records * (width - 1), width

    return max(DELIMITERS, key=score)


def _records(text: str, delimiter: str) -> pa.Table:
    """Cut the text batch by batch: a blank line is a record too, so that numbers stay true."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    csv.field_size_limit(FIELD_LIMIT)
    parts: list[pa.Table] = []
    read = 0
    try:
        for batch in _batches(reader):
            columns = list(zip_longest(*batch)) if any(batch) else [tuple(repeat(None, len(batch)))]
            parts.append(arrow_records(range(read + 1, read + len(batch) + 1), columns))
            read += len(batch)
    except csv.Error as error:
        raise RefusedFileError(
            "record_damaged",
            f"line {reader.line_num}: {error}; a quote is not closed or stands inside a cell: "
            "export it again, or repair that line",
        ) from error
    if not parts:
        raise RefusedFileError("file_empty", "the file has no records: export it again")
    return pa.concat_tables(parts, promote_options="default")


def _batches(reader: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    while batch := list(islice(reader, BATCH_RECORDS)):
        yield batch


def _line_end(sample: str) -> str:
    counts = {
        "CRLF": sample.count("\r\n"),
        "LF": sample.count("\n") - sample.count("\r\n"),
        "CR": sample.count("\r") - sample.count("\r\n"),
    }
    return max(counts, key=lambda name: counts[name])
