"""Records that stay in their file: DuckDB's strict parser reads them, as often as they are bound.

Only for files that are proven regular: one strict pass over the whole file found the same number of
cells in every record below the title, and no blank line, which that parser would leave out of the
count. That pass may be the copy of the records itself. Memory does not grow with the file.
"""

import codecs
import tempfile
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa

from extract.readers.cutting import COLUMN_LIMIT, Notes, RecordCutter
from extract.readers.dialect import Dialect
from extract.readers.encoding import CHUNK, Encoding
from extract.readers.records import RECORD_NUMBER, arrow_records
from extract.readers.text_lines import LineRepairs, open_lines

WORTHWHILE = 1 << 20
"""Smaller files are cut in memory: there the proof costs more than it saves."""
TITLE_RECORDS = 60
PROOF_RECORDS = 200
NEVER_NULL = "\x01\x02"


@dataclass(frozen=True, slots=True)
class CsvRecords:
    """Records of a regular file: those of the title in memory, the others in the file."""

    path: Path
    dialect: Dialect
    title: pa.Table | None
    count: int = 0
    """Records below the title: as one thread found them, or as many as there are lines."""
    is_proven: bool = True
    """False: whoever reads them all must find `count` of them, or the file is not regular."""
    folder: tempfile.TemporaryDirectory[str] | None = None
    """Holds the file's UTF-8 copy, if it needed one; it goes when the records go."""

    @property
    def width(self) -> int:
        """Number of cells of every record below the title."""
        return self.dialect.width

    @property
    def size_bytes(self) -> int:
        """The size of the file, or of its copy in UTF-8."""
        return self.path.stat().st_size

    def bind(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        """Make the relation known as a view; the file is read when the view is."""
        titles = self.title.num_rows if self.title else 0
        numbered = f"select row_number() over () + {titles} as {RECORD_NUMBER}, * {self.source()}"
        if self.title:
            connection.register(f"{name}_title", self.title)
            numbered = f"select * from {name}_title union all by name {numbered}"
        connection.execute(f"create or replace temp view {name} as {numbered}")

    def ordered_source(self) -> tuple[int, str]:
        """Return the number of the first record below the title, and SQL that reads from there.

        Without numbers DuckDB reads with all threads, and still keeps the order of the records;
        there must be `count` of them.
        """
        return (self.title.num_rows if self.title else 0) + 1, f"select * {self.source()}"

    def head(self, count: int) -> list[list[str]]:
        """Return the first records as text; the file is read only as far as they go."""
        titles = self.title.slice(0, count).drop_columns([RECORD_NUMBER]) if self.title else None
        rows = list(zip(*titles.to_pydict().values(), strict=True)) if titles else []
        with duckdb.connect(config={"threads": 1}) as connection:
            found = connection.execute(
                f"select * {self.source()} limit $count", {"count": count - len(rows)}
            ).fetchall()
        return [["" if cell is None else cell for cell in row] for row in [*rows, *found]]

    def rows(self) -> list[tuple[str | None, ...]]:
        """Return every record, from the file itself."""
        with duckdb.connect() as connection:
            self.bind(connection, "records")
            cells = ", ".join(f"c{position}" for position in range(self.width))
            query = f"select {cells} from records order by {RECORD_NUMBER}"
            return connection.execute(query).fetchall()

    def source(self) -> str:
        """Return SQL that reads the file strictly; its path and signs are quoted."""
        dialect = self.dialect
        columns = ", ".join(f"'c{position}': 'VARCHAR'" for position in range(dialect.width))
        delimiter = dialect.delimiter + (" " if dialect.spaced else "")
        return (
            f"from read_csv({_quoted(str(self.path))}, auto_detect = false, header = false, "
            f"delim = {_quoted(delimiter)}, quote = {_quoted(dialect.quote)}, "
            f"escape = {_quoted(dialect.quote)}, columns = {{{columns}}}, "
            f"skip = {self.title.num_rows if self.title else 0}, nullstr = '{NEVER_NULL}', "
            "strict_mode = true, null_padding = false, compression = 'none', "
            "hive_partitioning = false)"
        )


def regular_records(
    path: Path, encoding: Encoding, dialect: Dialect, *, is_proof_due: bool = True
) -> CsvRecords | None:
    """Return the records of a regular file, or None.

    A file that is not UTF-8 is copied in UTF-8 to a temporary folder (where `TMPDIR` says), which
    the returned records own.

    Args:
        path: the file.
        encoding: how it is encoded.
        dialect: how it is written.
        is_proof_due: False leaves the proof to the copy of the records, if none of the first ones
            has a line break in a cell: then there must be as many records as lines.
    """
    if not _may_be_regular(path, encoding, dialect):
        return None
    beginning = _beginning(path, encoding, dialect)
    if beginning is None:
        return None
    title, first = beginning
    folder = None if encoding.is_utf8 else tempfile.TemporaryDirectory(prefix="approvals-text-")
    if folder:
        path = _copied(path, encoding, Path(folder.name) / "records.csv")
    records = CsvRecords(path, dialect, title, folder=folder)
    lines = _line_count(path)
    if lines is None or not _begins_with(records, first):
        return None
    if not is_proof_due and not _has_breaks(first):
        titles = title.num_rows if title else 0
        return replace(records, count=lines - titles, is_proven=False)
    count = _proven_count(records, lines)
    return replace(records, count=count) if count is not None else None


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _may_be_regular(path: Path, encoding: Encoding, dialect: Dialect) -> bool:
    return (
        path.stat().st_size >= WORTHWHILE
        and 1 < dialect.width <= COLUMN_LIMIT
        and not dialect.escape
        and not (encoding.is_mixed or encoding.is_double_encoded or encoding.has_nuls)
        and not any(sign in str(path) for sign in "*?[]{}")
    )


def _beginning(
    path: Path, encoding: Encoding, dialect: Dialect
) -> tuple[pa.Table | None, list[list[str]]] | None:
    """Return the title's records and the first ones below, or None if these are irregular."""
    notes = Notes()
    with open_lines(path, encoding, LineRepairs()) as lines:
        records = list(islice(RecordCutter(lines, dialect, notes), TITLE_RECORDS + PROOF_RECORDS))
    start = next((i for i, r in enumerate(records) if len(r) == dialect.width), TITLE_RECORDS)
    while records and not any(records[-1]):
        records.pop()
    regular = records[start:]
    is_whole = all(len(record) == dialect.width for record in regular)
    if start >= TITLE_RECORDS or notes.repaired or _has_breaks(records[:start]) or not is_whole:
        return None
    padded = [record + [None] * (dialect.width - len(record)) for record in records[:start]]
    title = arrow_records(range(1, start + 1), list(zip(*padded, strict=True))) if start else None
    return title, regular


def _has_breaks(records: list[list[str]]) -> bool:
    return any("\n" in cell or "\r" in cell for record in records for cell in record)


def _copied(path: Path, encoding: Encoding, target: Path) -> Path:
    """Write the file in UTF-8, chunk by chunk."""
    decoder = codecs.getincrementaldecoder(encoding.codec)("strict")
    with path.open("rb") as source, target.open("wb") as copy:
        while chunk := source.read(CHUNK):
            copy.write(decoder.decode(chunk).encode("utf-8"))
        copy.write(decoder.decode(b"", final=True).encode("utf-8"))
    return target


def _begins_with(records: CsvRecords, first: list[list[str]]) -> bool:
    """Tell whether DuckDB reads the first records as they were cut by ourselves."""
    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            start = connection.execute(f"select * {records.source()} limit {len(first)}").fetchall()
    except duckdb.Error:
        return False  # not regular: the caller cuts it line by line and names what is wrong
    return [list(row) for row in start] == first


def _proven_count(records: CsvRecords, lines: int) -> int | None:
    """Read the whole file strictly once and return how many records lie below the title.

    None if it is not regular.
    """
    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            found = connection.execute(f"select count(*) {records.source()}").fetchone() or (0,)
    except duckdb.Error:
        return None
    titles = records.title.num_rows if records.title else 0
    has_blank_line = found[0] + titles != lines and _has_blank_line(records.path)
    return None if has_blank_line else int(found[0])


def _line_count(path: Path) -> int | None:
    """Return the number of lines, without blank ones at the end; None if line ends are mixed."""
    size, read = path.stat().st_size, 0
    lines, returns, pairs, last = 1, 0, 0, b""
    with path.open("rb") as source:
        while chunk := source.read(CHUNK):
            read += len(chunk)
            pairs += last == b"\r" and chunk.startswith(b"\n")
            last = chunk[-1:]
            if b"\r" in chunk:
                returns += chunk.count(b"\r")
                pairs += chunk.count(b"\r\n")
            lines += (chunk.rstrip(b"\r\n") if read == size else chunk).count(b"\n")
    return lines if returns == pairs else None


def _has_blank_line(path: Path) -> bool:
    """Tell whether two line ends follow each other before the end, perhaps within quotes."""
    size, read, tail = path.stat().st_size, 0, b""
    with path.open("rb") as source:
        while chunk := source.read(CHUNK):
            window = tail + chunk
            tail = chunk[-3:]
            read += len(chunk)
            if read == size:
                window = window.rstrip(b"\r\n")
            if b"\n\n" in window or b"\n\r" in window:
                return True
    return False
