"""Delimited text: encoding, dialect, records. Nothing is dropped: titles and blanks are records.

A file that DuckDB's strict parser takes whole is read by it (`CsvRecords`); any other is cut here
line by line, mended where that is certain, and held in memory.
"""

from collections.abc import Iterator
from itertools import islice, zip_longest
from pathlib import Path

import pyarrow as pa

from extract.errors import RefusedFileError
from extract.readers.csv_records import regular_records
from extract.readers.cut_text import cut_warning
from extract.readers.cutting import Notes, RecordCutter
from extract.readers.dialect import Dialect, find_dialect
from extract.readers.encoding import Encoding, find_encoding
from extract.readers.lost_letters import lost_letters
from extract.readers.named_lines import named_lines
from extract.readers.ragged import RaggedRecords
from extract.readers.records import ArrowRecords, Records, arrow_records
from extract.readers.table import RawTable
from extract.readers.text_lines import LineRepairs, open_lines

SAMPLE_CHARACTERS = 1 << 17
BATCH_RECORDS = 1 << 15
LARGEST_DAMAGED = 256 << 20


class DelimitedReader:
    """Reads delimited text in any encoding and dialect, with no hint."""

    def __init__(self, *, is_proof_due: bool = True) -> None:
        """Prepare to read.

        Args:
            is_proof_due: False leaves the proof that a file is regular to `create_cells`, which
                may then raise `IrregularRecordsError`.
        """
        self._is_proof_due = is_proof_due

    def read(self, path: Path, code_page: str | None) -> list[RawTable]:
        """Return the file's records; the only table of a text file.

        Raises:
            RefusedFileError: no encoding fits, a quoted cell never ends, or it is binary.
        """
        encoding = find_encoding(path, code_page)
        sample = _sample(path, encoding)
        dialect = find_dialect(sample)
        line_end = _line_end(sample)
        records: Records | None = regular_records(
            path, encoding, dialect, is_proof_due=self._is_proof_due
        )
        warnings = [encoding.warning] if encoding.warning else []
        if encoding.has_lost_letters:
            warnings.append(_lost_letters(path, encoding))
        notes = Notes()
        if records is None:
            records, repairs = _cut(path, encoding, dialect, notes)
            warnings += repairs
        cut = cut_warning(path, encoding, dialect, records)
        warnings += [cut] if cut else []
        return [
            RawTable(
                sheet_name="",
                records=records,
                format="delimited",
                encoding=encoding.codec,
                dialect=dialect.described(line_end),
                warnings=tuple(warnings),
                doubtful=tuple(notes.doubtful),
            )
        ]


def _sample(path: Path, encoding: Encoding) -> str:
    """Return the first lines of the file, whole ones if they are not too long."""
    lines, size = [], 0
    with open_lines(path, encoding, LineRepairs()) as source:
        for line in source:
            lines.append(line[:SAMPLE_CHARACTERS])
            size += len(lines[-1])
            if size >= SAMPLE_CHARACTERS:
                break
    return "".join(lines)


def _lost_letters(path: Path, encoding: Encoding) -> str:
    """Name the lines in which letters were lost before the file reached us."""
    with open_lines(path, encoding, LineRepairs()) as source:
        lines = [number for number, line in enumerate(source, start=1) if "\ufffd" in line]
    return lost_letters(named_lines(lines))


def _cut(
    path: Path, encoding: Encoding, dialect: Dialect, notes: Notes
) -> tuple[Records, list[str]]:
    """Return every record of an irregular file, and what was mended in it."""
    if path.stat().st_size > LARGEST_DAMAGED:
        raise RefusedFileError(
            "file_too_large",
            f"the file is irregular and larger than {LARGEST_DAMAGED >> 20} MB, which is read "
            "only if every record has the same number of cells: split it, or export it again",
        )
    repairs = LineRepairs()
    with open_lines(path, encoding, repairs) as lines:
        records = RaggedRecords(RecordCutter(lines, dialect, notes), dialect, notes)
        table = _table(iter(records))
    warnings = repairs.warnings(encoding)
    if notes.repaired:
        warnings.append(f"{named_lines(notes.repaired)}: damaged quotes were mended")
    if notes.widths:
        warnings.append(f"{named_lines(notes.widths, 'record')}: lost or extra delimiters mended")
    if notes.doubtful:
        warnings.append(
            f"{named_lines(notes.doubtful, 'record')}: other than {dialect.width} cells, "
            "and no mending is certain"
        )
    return ArrowRecords(table), warnings


def _table(records: Iterator[list[str]]) -> pa.Table:
    """Return records in Arrow, batch by batch; a blank line is a record, so numbers stay true."""
    parts: list[pa.Table] = []
    read = 0
    while batch := list(islice(records, BATCH_RECORDS)):
        columns = list(zip_longest(*batch)) if any(batch) else [(None,) * len(batch)]
        parts.append(arrow_records(range(read + 1, read + len(batch) + 1), columns))
        read += len(batch)
    if not parts:
        raise RefusedFileError("file_empty", "the file has no records: export it again")
    return pa.concat_tables(parts, promote_options="default")


def _line_end(sample: str) -> str:
    counts = {
        "CRLF": sample.count("\r\n"),
        "LF": sample.count("\n") - sample.count("\r\n"),
        "CR": sample.count("\r") - sample.count("\r\n"),
    }
    return max(counts, key=lambda name: counts[name])
