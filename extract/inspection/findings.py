"""What an inspection found: plain values, the `--json` contract of `approvals inspect`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Notation:
    """One way in which cells of a column are written."""

    pattern: str
    """The text with each digit as 9, the first run of digits shortened: 9.999,99."""
    cells: int
    example: str


@dataclass(frozen=True, slots=True)
class ColumnFinding:
    """One column: what its header means and how its cells are written."""

    position: int
    """From 0."""
    letters: str
    """As a spreadsheet shows it: A, B, …"""
    header: str
    field: str | None
    """None: no alias maps it; its cells are kept under its header."""
    score: int
    """100: the header is an alias; 98: with a unit; 95: its words in another order; less: nearly
    one; 0: no field."""
    alias: str | None
    language: str | None
    multiplier: int
    currency_code: str | None
    priority: int
    """Among columns of the same field: the lowest that has a value counts."""
    written_as: str | None
    """Decimal sign or order of dates, as decided for the column; plain: every cell is a plain
    number or an ISO date; None: no column of numbers or dates, or nothing decides."""
    filled: int
    """Rows with a value."""
    notations: tuple[Notation, ...]
    """Of columns of numbers and dates, the most frequent ones."""


@dataclass(frozen=True, slots=True)
class RowFinding:
    """One of the first rows as it would be loaded, or why not."""

    record_number: int
    is_loaded: bool
    values: Mapping[str, str]
    """Field → value after typing; empty for a row that would wait in quarantine."""
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableFinding:
    """One table: where it lies and how it is understood."""

    sheet_name: str
    dataset: str
    header_rows: tuple[int, ...]
    rows_accepted: int
    rows_rejected: int
    columns: tuple[ColumnFinding, ...]
    fields_missing: tuple[str, ...]
    """Fields of the dataset that no column gives."""
    first_rows: tuple[RowFinding, ...]


@dataclass(frozen=True, slots=True)
class SheetFinding:
    """One visible sheet, or a text file."""

    sheet_name: str
    records: int
    width: int
    is_read: bool
    first_records: tuple[tuple[str, ...], ...]
    """The first ones as text, before any interpretation."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that is known of a file before it is loaded."""

    path: str
    size_bytes: int
    file_sha256: str
    office_id: str
    office_is_declared: bool
    format: str | None
    """None: the file cannot be read."""
    encoding: str | None
    encoding_because: str | None
    dialect: Mapping[str, str] | None
    sheets: tuple[SheetFinding, ...]
    tables: tuple[TableFinding, ...]
    """Empty where no table was found."""
    on_load: Mapping[str, Any]
    """What a load would report: status, rows, totals, reasons, messages (as `extract --json`)."""
    control_totals: tuple[Mapping[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """Return the machine-readable form."""
        return asdict(self)
