"""How a delimited text is written: delimiter, quote, escape. Found in a sample, proven later.

Each candidate delimiter is tried on the sample. The right one gives records of one width whose
cells look like values: numbers, dates, plain words. A wrong one cuts through values and gives
ragged records or odd cells.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from extract.readers.cell_shapes import is_typed, type_score

PLAUSIBILITY = {
    ",": 1.0,
    ";": 1.0,
    "\t": 1.0,
    "|": 1.0,
    "||": 1.0,
    "\t\t": 1.0,
    "^": 0.9,
    "~": 0.9,
    "\x1f": 0.9,
    "::": 0.9,
    ":": 0.5,
    " ": 0.5,
}
"""Delimiters that are tried, and how far each is believed: text is full of spaces and colons."""
FILL = " \t"
PROSE = " :"
"""Signs of plain text: they delimit only where nearly every line has as many, and values."""
LEAST_PROSE_RECORDS = 2
"""A single line with a colon in it may as well be a time of day."""
SAMPLE_RECORDS = 500
SCORED_CELLS = 6000
TABLE_WIDTH, TABLE_RECORDS = 4, 3
WRAPPED_CHARACTERS = 1 << 15
SEP_HINT = re.compile(r"^\ufeff?[\"']?sep=(.{1,2}?)[\"']?[\r\n]", re.IGNORECASE)
PLACE_HOLDER = "\ue000"


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way of writing records."""

    delimiter: str
    """Empty in a file of one column."""
    quote: str = '"'
    """Empty if no character quotes."""
    escape: str = ""
    """Backslash, or empty where a quote inside a quoted cell is doubled."""
    spaced: bool = False
    """A space behind each delimiter belongs to the delimiter."""
    width: int = 1
    """Cells of most records of the sample."""

    def described(self, line_end: str) -> dict[str, str]:
        """Return the dialect in words that `RawTable.dialect` shows."""
        return {
            "delimiter": self.delimiter + (" " if self.spaced else ""),
            "quote": self.quote,
            "escape": self.escape or "doubled",
            "line_end": line_end,
        }


def find_dialect(sample: str) -> Dialect:
    """Return the dialect that explains the sample best; a hint line `sep=` is obeyed."""
    hint = SEP_HINT.match(sample)
    if hint:
        return _dialect(sample[hint.end() :], hint.group(1))[0]
    present = [delimiter for delimiter in PLAUSIBILITY if delimiter in sample]
    scored = [
        (score * PLAUSIBILITY[dialect.delimiter], dialect)
        for dialect, score in (_dialect(sample, delimiter) for delimiter in present)
        if score > 0
    ]
    best = max(scored, key=lambda entry: entry[0], default=(0.0, None))[1]
    if best is None or _is_one_column(sample, best):
        quote = '"' if _wrapped(sample, "\x00", '"') else ""
        return Dialect("", quote or '"')
    return best


def _dialect(sample: str, delimiter: str) -> tuple[Dialect, float]:
    """Return the best dialect with a delimiter, and how well it explains the sample."""
    quote = _quote(sample, delimiter)
    escape = _escape(sample, delimiter, quote)
    spaced = delimiter not in FILL and _is_spaced(sample, delimiter, quote)
    dialect = Dialect(delimiter, quote, escape, spaced)
    records = sample_records(sample, dialect)
    width, score = _score(records, delimiter)
    return Dialect(delimiter, quote, escape, spaced, width), score


def sample_records(sample: str, dialect: Dialect) -> list[list[str]]:
    """Cut the sample quickly; a stray quote may spoil the cut, which the reader proper mends."""
    delimiter = dialect.delimiter or PLACE_HOLDER
    if len(delimiter) > 1:
        sample, delimiter = sample.replace(delimiter, PLACE_HOLDER), PLACE_HOLDER
    if dialect.escape:
        sample = sample.replace("\\" + dialect.quote, "")
    lines = sample.splitlines(keepends=True)[:SAMPLE_RECORDS]
    whole = _cut(lines, delimiter, dialect)
    if not dialect.quote or not any(len(cell) > 2000 for record in whole for cell in record):
        return whole
    one_by_one = [record for line in lines for record in _cut([line], delimiter, dialect)[:1]]
    return max(whole, one_by_one, key=lambda records: _score(records, dialect.delimiter)[1])


def _cut(lines: Iterable[str], delimiter: str, dialect: Dialect) -> list[list[str]]:
    return list(
        csv.reader(
            lines,
            delimiter=delimiter,
            quotechar=dialect.quote or None,
            quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
            skipinitialspace=dialect.spaced,
        )
    )


def _score(records: list[list[str]], delimiter: str) -> tuple[int, float]:
    """Return the usual width of the records and how regular and value-like they are."""
    records = _without_margins(_filled(records))
    widths = Counter(map(len, records))
    if not widths:
        return 1, 0.0
    width, count = max(widths.items(), key=lambda item: item[1] * (item[0] > 1))  # first of equals
    if width < 2:
        return 1, 0.0
    regular = count / len(records)
    distinct = len(widths)
    sample = [record for record in records if len(record) == width]
    cells = [cell for record in sample for cell in record][:SCORED_CELLS]
    is_plain = regular < 0.9 or sum(map(is_typed, cells)) < len(cells) / 3
    if delimiter in PROSE and (is_plain or len(records) < LEAST_PROSE_RECORDS):
        return width, 0.0
    return width, regular**1.5 / distinct**0.25 * (1 - 1 / width) ** 0.5 * type_score(cells)


def _filled(records: list[list[str]]) -> list[list[str]]:
    return [record for record in records if any(map(str.strip, record))]


def _without_margins(records: list[list[str]]) -> list[list[str]]:
    """Leave out titles and notes: undelimited lines above and below the table."""
    start, end = 0, len(records)
    while start < end and len(records[start]) == 1:
        start += 1
    while end > start and len(records[end - 1]) == 1:
        end -= 1
    inner = records[start:end]
    margin = len(records) - len(inner)
    few = margin <= max(3, len(inner))
    return inner if few or _is_table(inner) else records


def _is_table(records: list[list[str]]) -> bool:
    """Tell whether records are alike, wide and typed: a table, however much prose is around it."""
    width = len(records[0]) if records else 0
    return (
        width >= TABLE_WIDTH
        and len(records) >= TABLE_RECORDS
        and all(len(record) == width for record in records)
        and any(is_typed(cell) for record in records[1:] for cell in record)
    )


def _wrapped(sample: str, delimiter: str, quote: str) -> int:
    """Count the cells that begin and end with a quote."""
    edge = re.escape(delimiter)
    inner = rf"(?:[^{quote}]|{quote}{quote}){{0,300}}+"
    cell = rf"(?:^|{edge}) ?{quote}{inner}{quote}(?= ?(?:{edge}|\r|\n|\Z))"
    return sum(1 for _ in re.finditer(cell, sample[:WRAPPED_CHARACTERS], re.MULTILINE))


def _quote(sample: str, delimiter: str) -> str:
    double, single = '"' in sample, "'" in sample
    if not single:
        return '"'
    singles = _wrapped(sample, delimiter, "'")
    if singles < 2:
        return '"'
    doubles = _wrapped(sample, delimiter, '"') if double else 0
    return "'" if singles > 5 * doubles else '"'


def _escape(sample: str, delimiter: str, quote: str) -> str:
    """A backslash escapes if it stands before quotes inside cells and quotes are not doubled."""
    edge = re.escape(delimiter)
    end = rf"(?:{edge}|\r|\n|\Z)"
    escaped = len(re.findall(rf"\\{quote}(?:(?!{end}|{quote})|{quote}(?={end}))", sample))
    if not escaped or _reads_doubled(sample, delimiter, quote):
        return ""
    doubled = len(re.findall(rf"[^{edge}\r\n\\]{quote}{quote}(?!{edge}|\r|\n|\Z)", sample))
    return "\\" if escaped > doubled else ""


def _reads_doubled(sample: str, delimiter: str, quote: str) -> bool:
    """Tell whether the sample is whole with doubled quotes: then a backslash is a backslash."""
    if len(delimiter) > 1 or len(sample) >= WRAPPED_CHARACTERS:
        return False
    lines = sample.splitlines(keepends=True)
    try:
        records = csv.reader(lines, delimiter=delimiter, quotechar=quote, strict=True)
        widths = {len(record) for record in records if record}
    except csv.Error:
        return False
    return len(widths) == 1 and 1 not in widths


def _is_spaced(sample: str, delimiter: str, quote: str) -> bool:
    """In nearly every line each delimiter outside of quotes has a space behind it."""
    if delimiter + " " not in sample:
        return False
    quoted = re.compile(rf"{quote}[^{quote}]{{0,2000}}+{quote}")
    tight = re.compile(re.escape(delimiter) + r"(?! |$)")
    bare = [quoted.sub("x", line) for line in sample.splitlines()[:SAMPLE_RECORDS]]
    lines = [line for line in bare if delimiter in line]
    return sum(not tight.search(line) for line in lines) >= 0.9 * len(lines) > 0


def _is_one_column(sample: str, dialect: Dialect) -> bool:
    """Decimal commas and times of one column look like two; its header has no delimiter."""
    lines = [line for line in sample.splitlines()[:SAMPLE_RECORDS] if line.strip()]
    if len(lines) < 2 or dialect.delimiter not in ",: ":
        return False
    records = _filled(sample_records(sample, dialect))  # a quoted cell may take several lines
    cut = sum(len(record) > 1 for record in records)
    if dialect.delimiter in ", " and cut < 0.5 * len(records):
        return not _is_table(_without_margins(records))
    number = re.compile(r"^[-+]?\d+,\d+$|^\d{1,2}:\d\d(:\d\d)?$")
    headed = dialect.delimiter not in lines[0]
    return headed and all(number.match(line.strip()) for line in lines[1:])
