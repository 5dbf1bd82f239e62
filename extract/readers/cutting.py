"""Lines into records, for every text that DuckDB's strict parser does not take.

The csv module's C parser cuts, in strict mode; where it stumbles over a quote, that record alone is
mended (`quote_repair`) or the file is refused, naming the line. A quoted cell cannot swallow the
file: it ends within `SPAN_LINES`. Time is linear: each damaged record costs a bounded look ahead.
"""

import csv
from collections import deque
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

from extract.errors import RefusedFileError
from extract.readers.dialect import Dialect
from extract.readers.quote_repair import Reading, read_damaged, weight

FIELD_LIMIT = 1 << 26
COLUMN_LIMIT = 10_000
"""What DuckDB sorts in one row, with room to spare."""
SPAN_LINES = 500
SPAN_CHARACTERS = 1 << 22
REPAIR_LINES = 40
REPAIR_LIMIT = 2000
WORK_LIMIT = 1 << 24
"""Steps of all repairs of one file: about half a minute."""
DELIMITER_MARK, QUOTE_MARK, ESCAPE_MARK = "\ue000", "\ue001", "\ue002"
NO_DELIMITER = "\ue003"

csv.field_size_limit(FIELD_LIMIT)


@dataclass(slots=True)
class Notes:
    """What was mended, to be told once for the file."""

    repaired: list[int] = field(default_factory=list)
    """Physical lines whose quotes were mended."""
    doubtful: list[int] = field(default_factory=list)
    """Record numbers that may be wrong: their width is odd and nothing certain mends them."""
    widths: list[int] = field(default_factory=list)
    """Record numbers whose delimiters were mended."""


class OddRecord(list[str]):
    """A record that may have lost a delimiter or have one too many, with its line."""

    def __init__(self, cells: list[str], line: str) -> None:
        super().__init__(cells)
        self.line = line


class _OpenQuoteError(Exception):
    """A quoted cell goes on for longer than any cell does."""


class RecordCutter:
    """Cuts the lines of one text, in one dialect."""

    def __init__(self, lines: Iterator[str], dialect: Dialect, notes: Notes) -> None:
        """Take the lines with their line ends as they are in the file."""
        self._lines = lines
        self._dialect = dialect
        self._notes = notes
        self._ahead: deque[str] = deque()
        self._pending: list[str] = []
        self._line_number = 0
        self._repairs = 0
        self._work = 0

    def __iter__(self) -> Iterator[list[str]]:
        """Yield every record, a blank line as an empty one.

        Raises:
            RefusedFileError: a record is damaged and no reading of it is certain.
        """
        ended = False
        while not ended:
            try:
                ended = yield from self._strict()
            except (csv.Error, _OpenQuoteError) as error:
                yield self._mended(str(error))

    def _strict(self) -> Generator[list[str], None, bool]:
        """Yield records; return whether the text has ended (else: start again behind a repair)."""
        dialect, quote = self._dialect, self._dialect.quote
        reader = csv.reader(
            self._pulled(),
            delimiter=_parsed_delimiter(dialect),
            quotechar=quote or None,
            quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
            skipinitialspace=dialect.spaced,
            strict=True,
        )
        pending, width = self._pending, dialect.width
        always = bool(dialect.escape) or len(dialect.delimiter) > 1 or width > COLUMN_LIMIT
        for record in reader:
            if always or len(pending) > 1 or len(record) != width or quote in pending[0]:
                cells = self._checked(record)
                if cells is None:
                    mended = self._try_mending()
                    if mended is not None:
                        yield mended
                        return False
                    cells = [_unmarked(cell, dialect) for cell in record]
                record = cells  # noqa: PLW2901
            self._line_number += len(pending)
            pending.clear()
            yield record
        return True

    def _pulled(self) -> Iterator[str]:
        """Yield lines to the parser and remember those of the record under way."""
        dialect, ahead, pending = self._dialect, self._ahead, self._pending
        marked = bool(dialect.escape) or len(dialect.delimiter) > 1
        while True:
            line = ahead.popleft() if ahead else next(self._lines, None)
            if line is None:
                return
            if not pending:
                size = 0
            pending.append(line)
            size += len(line)
            if len(pending) > SPAN_LINES or (len(pending) > 1 and size > SPAN_CHARACTERS):
                raise _OpenQuoteError(f"a quote is not closed within {SPAN_LINES} lines")
            yield _marked(line, dialect) if marked else line

    def _checked(self, record: list[str]) -> list[str] | None:
        """Return the record, with its line if its width is odd; None if it may need mending."""
        if len(record) > COLUMN_LIMIT:
            raise RefusedFileError(
                "too_many_columns",
                f"line {self._line_number + 1} has {len(record)} cells: no export needs more "
                f"than {COLUMN_LIMIT}",
            )
        many = len(self._pending) > 1
        if many and self._has_swallowed(record):
            return None
        cells = [_unmarked(cell, self._dialect) for cell in record]
        return OddRecord(cells, self._pending[0]) if not many and self._is_odd(record) else cells

    def _is_odd(self, record: list[str]) -> bool:
        """Tell whether a record of one line lacks a delimiter or has one too many, perhaps."""
        quote = self._dialect.quote
        if len(record) != self._dialect.width:
            return True
        is_quoted = bool(quote) and quote in self._pending[0]
        return is_quoted and sum(cell.count(quote) % 2 for cell in record) > 1

    def _has_swallowed(self, record: list[str]) -> bool:
        """Tell whether an open quote may have swallowed lines into a record of several lines.

        The lines that go on with a cell have fewer delimiters than those that are records.
        """
        width, following = self._dialect.width, self._pending[1:]
        if len(record) != width:
            delimiter = self._dialect.delimiter or NO_DELIMITER
            return any(line.count(delimiter) >= width - 1 for line in following)
        return any(len(self._parse(line) or ()) == width for line in following)

    def _parse(self, line: str) -> list[str] | None:
        dialect = self._dialect
        try:
            return next(
                csv.reader(
                    [_marked(line, dialect)],
                    delimiter=_parsed_delimiter(dialect),
                    quotechar=dialect.quote,
                    skipinitialspace=dialect.spaced,
                    strict=True,
                ),
                None,
            )
        except csv.Error:
            return None

    def _closes_its_quotes(self, line: str) -> bool:
        """Tell whether a damaged line ends outside of quotes: then only that line is damaged."""
        dialect = self._dialect
        cells = csv.reader(
            [_marked(line, dialect), "\n"],
            delimiter=_parsed_delimiter(dialect),
            quotechar=dialect.quote,
            skipinitialspace=dialect.spaced,
        )
        return sum(1 for _ in cells) > 1

    def _mended(self, problem: str) -> list[str]:
        """Return the damaged record that is pending; what follows it is pushed back."""
        if not self._pending:
            return []
        mended = self._try_mending(any_width=self._closes_its_quotes(self._pending[0]))
        if mended is None:
            raise RefusedFileError(
                "record_damaged",
                f"line {self._line_number + 1}: {problem or 'damaged quotes'}; a quote is not "
                "closed or stands inside a cell: export it again, or repair that line",
            )
        return mended

    def _try_mending(self, *, any_width: bool = False) -> list[str] | None:
        self._repairs += 1
        if self._repairs > REPAIR_LIMIT or self._work > WORK_LIMIT:
            raise RefusedFileError(
                "record_damaged",
                f"line {self._line_number + 1}: too many records have damaged "
                "quotes: export it again with quotes doubled inside quoted cells",
            )
        found = self._reading(self._dialect.width)
        if found is None and any_width:
            found = self._reading(None)
        if found is None or not found[0].cost:
            return None
        reading, used = found
        line = self._pending[0]
        self._ahead.extendleft(reversed(self._pending[used:]))
        self._notes.repaired.append(self._line_number + 1)
        self._line_number += used
        self._pending.clear()
        cells = [_unmarked(cell, self._dialect) for cell in reading.cells]
        return cells if len(cells) == self._dialect.width else OddRecord(cells, line)

    def _reading(self, width: int | None) -> tuple[Reading, int] | None:
        """Return the certain reading of the first pending lines, and how many they are."""
        dialect = self._dialect
        delimiter = _parsed_delimiter(dialect)
        delimiter += " " if dialect.spaced else ""
        lines = self._pending[:1] if width is None else self._pending[:REPAIR_LINES]
        text = ""
        for used, line in enumerate(lines, start=1):
            text += _marked(line, dialect)
            self._work += weight(text, delimiter, dialect.quote, width)
            reading = read_damaged(text.rstrip("\r\n"), delimiter, dialect.quote, width)
            if reading:
                return reading, used
        return None


def _parsed_delimiter(dialect: Dialect) -> str:
    if not dialect.delimiter:
        return NO_DELIMITER
    return DELIMITER_MARK if len(dialect.delimiter) > 1 else dialect.delimiter


def _marked(line: str, dialect: Dialect) -> str:
    """Put one private character for what the C parser does not know."""
    if len(dialect.delimiter) > 1:
        line = line.replace(dialect.delimiter, DELIMITER_MARK)
    if dialect.escape and "\\" in line:
        line = line.replace("\\\\", ESCAPE_MARK).replace("\\" + dialect.quote, QUOTE_MARK)
    return line


def _unmarked(cell: str, dialect: Dialect) -> str:
    if len(dialect.delimiter) > 1:
        cell = cell.replace(DELIMITER_MARK, dialect.delimiter)
    if dialect.escape:
        cell = cell.replace(ESCAPE_MARK, "\\").replace(QUOTE_MARK, dialect.quote)
    return cell
