"""What a report states of one file, gathered from its manifest, or from why it was refused.

The manifest's shape is known here and nowhere else in this package.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from extract.feedback.messages import is_control_total
from extract.reasons import Reason, catalogue

REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """One column as it was understood."""

    position: int
    """From 0."""
    header: str
    field: str | None
    score: int
    """100: the header is an alias; less: nearly one; 0: no field."""
    alias: str | None
    """The alias of the column maps that matched."""
    language: str | None
    multiplier: int
    currency_code: str | None
    priority: int
    """Among columns of the same field; 1 is preferred."""


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One table of the file: where it was found and how it was understood."""

    sheet_name: str
    header_rows: tuple[int, ...]
    dataset: str
    columns: tuple[ReadColumn, ...]
    decimal_signs: Mapping[str, str | None]
    """Field with numbers → its decimal sign, where one is known."""
    date_orders: Mapping[str, str | None]
    """Field with dates → dmy, mdy or ymd, where an order is known."""
    plain: frozenset[str]
    """Fields whose every cell is a plain number or an ISO date."""
    rows_accepted: int
    rows_rejected: int


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """A total that the file states, beside the sum of its rows."""

    sheet_name: str
    record_number: int
    stated: Decimal
    computed: Decimal
    agrees: bool


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Everything that a report says but for single rows, which stay in the lake's Parquet."""

    name: str
    """Path below the drop folder, printable."""
    sha256: str | None
    status: str
    rows_read: int = 0
    rows_accepted: int = 0
    rows_rejected: int = 0
    rows_dropped: int = 0
    totals: tuple[tuple[str, int, Decimal], ...] = ()
    """Currency, rows and sum of what was loaded."""
    coverage: str | None = None
    """cumulative or delta: whether a correction is the whole export again or only its rows."""
    exported_on: date | None = None
    format: str | None = None
    encoding: str | None = None
    dialect: Mapping[str, str] | None = None
    tables: tuple[ReadTable, ...] = ()
    dropped: tuple[tuple[Reason, int], ...] = ()
    control_totals: tuple[ControlTotal, ...] = ()
    refusal: Reason | None = None
    """Why the file was rejected whole."""
    messages: tuple[str, ...] = ()
    """Sentences in English: what was noticed on the whole file, or the detail of a refusal."""

    @property
    def language(self) -> str | None:
        """The language of most headers, or None."""
        spoken = Counter(
            column.language
            for table in self.tables
            for column in table.columns
            if column.field and column.language
        )
        return spoken.most_common(1)[0][0] if spoken else None


def facts_of_manifest(manifest: Mapping[str, Any]) -> FileFacts:
    """Return what a loaded file's manifest states."""
    reasons = catalogue()
    return FileFacts(
        name=printable(manifest["original_name"]),
        sha256=manifest["file_sha256"],
        status=manifest["status"],
        rows_read=manifest["rows_read"],
        rows_accepted=manifest["rows_accepted"],
        rows_rejected=manifest["rows_rejected"],
        rows_dropped=manifest["rows_dropped"],
        totals=tuple(
            (total["currency_code"], total["rows"], Decimal(total["amount_original"]))
            for total in manifest["totals"]
        ),
        coverage=manifest["coverage"],
        exported_on=datetime.fromisoformat(manifest["exported_at"]).date(),
        format=manifest["format"],
        encoding=manifest["encoding"],
        dialect=manifest["dialect"],
        tables=tuple(_table(table, manifest["dataset"]) for table in manifest["tables"]),
        dropped=tuple((reasons[entry["reason"]], entry["rows"]) for entry in manifest["dropped"]),
        control_totals=tuple(_control_total(total) for total in manifest["control_totals"]),
        messages=tuple(text for text in manifest["messages"] if not is_control_total(text)),
    )


def facts_of_refusal(
    name: str, sha256: str | None, reason_code: str, message: str, rows_rejected: int = 0
) -> FileFacts:
    """Return what is known of a file that was rejected whole."""
    return FileFacts(
        name=printable(name),
        sha256=sha256,
        status=REJECTED,
        rows_rejected=rows_rejected,
        refusal=catalogue()[reason_code],
        messages=(message,),
    )


def printable(text: str) -> str:
    """Return text that can be written as UTF-8, also where a name's bytes were none."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _table(table: Mapping[str, Any], dataset: str) -> ReadTable:
    last, count = table["header_row"], table["header_rows"]
    conventions = table["conventions"]
    return ReadTable(
        sheet_name=table["sheet_name"],
        header_rows=tuple(range(last - count + 1, last + 1)),
        dataset=dataset,
        columns=tuple(
            ReadColumn(
                column["position"],
                column["header"],
                column["field"],
                column["score"],
                column["alias"],
                column["language"],
                column["multiplier"],
                column["currency_code"],
                column["priority"],
            )
            for column in table["columns"]
        ),
        decimal_signs=conventions["decimal_signs"],
        date_orders=conventions["date_orders"],
        plain=frozenset(conventions["plain"]),
        rows_accepted=table["rows_accepted"],
        rows_rejected=table["rows_rejected"],
    )


def _control_total(total: Mapping[str, Any]) -> ControlTotal:
    return ControlTotal(
        total.get("sheet_name", ""),
        total["record_number"],
        Decimal(total["stated"]),
        Decimal(total["computed"]),
        total["agrees"],
    )
