"""Typed rows into the lake's Parquet files, and the sums that let anyone reconcile them."""

import glob
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from approvals.contracts import DATASETS
from approvals.offices import Office
from extract.conventions import Conventions
from extract.lake import Lake, part_stem, write_atomically
from extract.lake_types import repeated_hash, typed_columns
from extract.mapping import MappedTable
from extract.profile import LARGE
from extract.rejects import create_rejects
from extract.rows import Typing
from extract.sums import control_totals, disagreements, summarise, sums_among_rows

MESSAGES_SHOWN = 20
FEWEST_SUMMED = 2
"""Rows of a table whose sum is hardly another table's by chance."""
DICTIONARY_BYTES = 1 << 16
"""Of one column in a group of rows. Columns whose values rarely repeat reach it soon and are then
written plain, without looking each value up."""


@dataclass(frozen=True, slots=True)
class FileRows:
    """What was written for one file: read = accepted + rejected + dropped."""

    accepted: int
    rejected: int
    dropped_by_kind: list[tuple[str, int]]
    warned: int
    totals: list[dict[str, Any]]
    rejected_totals: list[dict[str, Any]]
    control_totals: list[dict[str, Any]]
    reasons: dict[str, int]
    warnings: dict[str, int]
    """Warning code → accepted rows that have it."""
    messages: list[str]
    rejections: list[str]
    """The first quarantined rows, each as a sentence with its fix."""

    @property
    def dropped(self) -> int:
        """Records that are no rows: blank lines, totals, notes, repeated headers."""
        return sum(count for _, count in self.dropped_by_kind)

    @property
    def read(self) -> int:
        """Records below the header."""
        return self.accepted + self.rejected + self.dropped


@dataclass(frozen=True, slots=True)
class LoadedTable:
    """One table of a file whose rows are written."""

    table: MappedTable
    conventions: Conventions
    rows: FileRows
    reported_at: datetime | None
    latest_approval: date | None
    """The latest approval date of the accepted rows, but for forecasts, which lie ahead."""
    may_say_unit: bool
    """Whether a text of some row may say of what unit its amount is."""


def combined(parts: Sequence[FileRows]) -> FileRows:
    """Return what was written for all tables of a file."""
    dropped: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    warnings: Counter[str] = Counter()
    for part in parts:
        warnings.update(part.warnings)
        dropped.update(dict(part.dropped_by_kind))
        reasons.update(part.reasons)
    return FileRows(
        accepted=sum(part.accepted for part in parts),
        rejected=sum(part.rejected for part in parts),
        warned=sum(part.warned for part in parts),
        dropped_by_kind=sorted(dropped.items()),
        totals=_added([part.totals for part in parts]),
        rejected_totals=_added([part.rejected_totals for part in parts]),
        control_totals=[total for part in parts for total in part.control_totals],
        reasons=dict(sorted(reasons.items())),
        warnings=dict(sorted(warnings.items())),
        messages=[message for part in parts for message in part.messages],
        rejections=[line for part in parts for line in part.rejections][:MESSAGES_SHOWN],
    )


def sums_alike(parts: Sequence[tuple[str, FileRows]]) -> list[str]:
    """Return a sentence for each two tables of several rows that add up to the same amounts.

    Args:
        parts: the name of the sheet and what was written, for each table.
    """
    known: dict[tuple[tuple[str, Decimal], ...], str] = {}
    found = []
    for number, (sheet, rows) in enumerate(parts, start=1):
        name = f"table {number}" + (f" (sheet {sheet!r})" if sheet else "")
        sums = tuple((t["currency_code"], Decimal(t["amount_original"])) for t in rows.totals)
        if rows.accepted < FEWEST_SUMMED or not any(amount for _, amount in sums):
            continue
        if sums in known:
            found.append(
                f"{known[sums]} and {name} add up to the same amounts: if one of them sums up or "
                "repeats the other, send only the list of approvals"
            )
        known.setdefault(sums, name)
    return found


def _added(parts: Sequence[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return totals by currency over several tables, exact to the cent."""
    rows: Counter[str] = Counter()
    amounts: dict[str, Decimal] = {}
    for total in (total for part in parts for total in part):
        code = total["currency_code"]
        rows[code] += total["rows"]
        amounts[code] = amounts.get(code, Decimal()) + Decimal(total["amount_original"])
    return [
        {"currency_code": code, "rows": rows[code], "amount_original": f"{amounts[code]:f}"}
        for code in sorted(amounts)
    ]


def write_rows(
    connection: duckdb.DuckDBPyConnection,
    lake: Lake,
    table: MappedTable,
    office: Office,
    sha256: str,
    name: str,
    conventions: Conventions,
    part: int = 1,
) -> FileRows:
    """Write accepted and quarantined rows of the table `typed` and return their sums.

    Each table of a file has a Parquet file of its own; `part` numbers them from 1.
    """
    place = {"office": office.office_id, "sheet": table.raw.sheet_name}
    stem = part_stem(sha256, part)
    accepted = lake.table_path(table.dataset, office.office_id, stem)
    copy = partial(_copy, connection, _accepted(table.dataset, sha256), place)
    is_large = write_atomically(accepted, copy) > LARGE
    summary = summarise(connection, table.dataset, accepted if is_large else None)
    rejects = lake.table_path("rejects", office.office_id, stem)
    reasons: dict[str, int] = {}
    rejections: list[str] = []
    if summary.rejected:
        about = place | {"sha": sha256, "dataset": table.dataset, "name": name}
        create_rejects(connection, table, about)
        reasons, rejections = _write_rejects(connection, rejects)
    else:  # a load with another configuration, killed before its manifest, may have left some
        rejects.unlink(missing_ok=True)
    dropped = connection.execute(
        "select kind, count(*) from fields where kind <> 'data' group by all order by all"
    ).fetchall()
    control: list[dict[str, Any]] = []
    if any(kind == "total" for kind, _ in dropped):
        typing = Typing(table.dataset, office, conventions, table.fields)
        control = control_totals(connection, typing, table.raw.sheet_name)
    return FileRows(
        accepted=summary.accepted,
        rejected=summary.rejected,
        warned=summary.warned,
        dropped_by_kind=dropped,
        totals=summary.totals,
        rejected_totals=summary.rejected_totals,
        control_totals=control,
        reasons=reasons,
        warnings=_warnings(connection, accepted) if summary.warned else {},
        messages=[
            *disagreements(control, name),
            *sums_among_rows(summary.doubled, name, table.raw.sheet_name),
        ],
        rejections=rejections,
    )


def _write_rejects(
    connection: duckdb.DuckDBPyConnection, path: Path
) -> tuple[dict[str, int], list[str]]:
    """Write the table `rejects`; return how many rows have each reason, and the first messages."""
    query = "from rejects order by sheet_name, record_number"
    write_atomically(path, partial(_copy, connection, query, {}))
    reasons = connection.execute(
        "select reason_code, count(*) from rejects group by all order by all"
    ).fetchall()
    messages = connection.execute(
        "select message from rejects order by record_number limit ?", [MESSAGES_SHOWN]
    ).fetchall()
    return dict(reasons), [message for (message,) in messages]


def _warnings(connection: duckdb.DuckDBPyConnection, accepted: Path) -> dict[str, int]:
    """Return how many rows have each warning, read from what was just written."""
    found = connection.execute(
        "select code, count(*) from "
        "(select unnest(string_split(warning_codes, ' ')) as code from read_parquet(?)) "
        "group by code order by code",
        [glob.escape(str(accepted))],
    ).fetchall()
    return dict(found)


def _accepted(dataset: str, sha256: str) -> str:
    """Return SQL for the accepted rows with exactly the contract's columns, in their order."""
    others = pa.schema([field for field in DATASETS[dataset] if field.name != "file_sha256"])
    return (
        f"select {repeated_hash(sha256)} as file_sha256, {typed_columns(others)} from (select *, "
        "$office as office_id, $sheet as sheet_name from typed where not is_rejected) as named"
    )


def _copy(
    connection: duckdb.DuckDBPyConnection, query: str, values: dict[str, str], path: Path
) -> int:
    """Write a query's rows as they come: `cells` are in order, and no step changes it.

    Returns:
        How many rows there were.
    """
    copied = connection.execute(
        f"copy ({query}) to $path (format parquet, compression zstd, compression_level 1, "
        f"string_dictionary_page_size_limit {DICTIONARY_BYTES}, write_bloom_filter false)",
        {"path": str(path), **values},
    ).fetchone()
    return int(copied[0]) if copied else 0
