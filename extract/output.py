"""Typed rows into the lake's Parquet files, and the sums that let anyone reconcile them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
from approvals.contracts import DATASETS, MONEY
from approvals.offices import Office
from extract.conventions import Conventions
from extract.fields import dataset_fields
from extract.lake import Lake, part_stem, write_atomically
from extract.mapping import MappedTable
from extract.rejects import create_rejects
from extract.rows import Typing, typed_columns, valued_query

MESSAGES_SHOWN = 20


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


def combined(parts: Sequence[FileRows]) -> FileRows:
    """Return what was written for all tables of a file."""
    dropped: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for part in parts:
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
        messages=[message for part in parts for message in part.messages],
        rejections=[line for part in parts for line in part.rejections][:MESSAGES_SHOWN],
    )


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
    file = {"sha": sha256, "office": office.office_id, "sheet": table.raw.sheet_name}
    create_rejects(connection, table, file | {"dataset": table.dataset, "name": name})
    for target, query, values in (
        (table.dataset, _accepted(table.dataset), file),
        ("rejects", "from rejects order by sheet_name, record_number", {}),
    ):
        path = lake.table_path(target, office.office_id, part_stem(sha256, part))
        write_atomically(path, partial(_copy, connection, query, values))
    counts = connection.execute(
        "select count(*) filter (where len(reasons) = 0), count(*) filter (where len(reasons) > 0),"
        " count(*) filter (where len(reasons) = 0 and warning_codes is not null) from typed"
    ).fetchone() or (0, 0, 0)
    typing = Typing(table.dataset, office, conventions, table.fields)
    dropped = connection.execute(
        "select kind, count(*) from fields where kind <> 'data' group by all order by all"
    ).fetchall()
    has_totals = any(kind == "total" for kind, _ in dropped)
    control, control_messages = (
        _control_totals(connection, typing, name) if has_totals else ([], [])
    )
    return FileRows(
        accepted=counts[0],
        rejected=counts[1],
        warned=counts[2],
        dropped_by_kind=dropped,
        totals=_totals(connection, "typed where len(reasons) = 0", table.dataset),
        rejected_totals=_totals(connection, "rejects where true", table.dataset),
        control_totals=control,
        reasons=dict(
            connection.execute(
                "select reason_code, count(*) from rejects group by all order by all"
            ).fetchall()
        ),
        messages=control_messages,
        rejections=[
            row[0]
            for row in connection.execute(
                "select message from rejects order by record_number limit ?", [MESSAGES_SHOWN]
            ).fetchall()
        ],
    )


def _accepted(dataset: str) -> str:
    """Return SQL for the accepted rows with exactly the contract's columns, in their order."""
    return (
        "with named as (select *, $sha as file_sha256, $office as office_id, $sheet as sheet_name "
        f"from typed where len(reasons) = 0) select {typed_columns(DATASETS[dataset])} from named"
    )


def _copy(
    connection: duckdb.DuckDBPyConnection, query: str, values: dict[str, str], path: Path
) -> None:
    """Write a query's rows as they come: `cells` are in order, and no step changes it."""
    connection.execute(
        f"copy ({query}) to $path (format parquet, compression zstd)", {"path": str(path), **values}
    )


def _totals(
    connection: duckdb.DuckDBPyConnection, source: str, dataset: str
) -> list[dict[str, Any]]:
    if "amount_original" not in dataset_fields(dataset):
        return []
    rows = connection.execute(
        "select coalesce(currency_code, '?'), count(*), "
        f"cast(sum(round(amount_original, {MONEY.scale})) as decimal(38, {MONEY.scale})) "
        f"from {source} and amount_original is not null group by all order by all"
    ).fetchall()
    return [
        {"currency_code": code, "rows": count, "amount_original": f"{amount:f}"}
        for code, count, amount in rows
    ]


def _control_totals(
    connection: duckdb.DuckDBPyConnection, typing: Typing, name: str
) -> tuple[list[dict[str, Any]], list[str]]:
    """Compare each total that a file states with the sum of the readable amounts above it."""
    if "amount_original" not in dataset_fields(typing.dataset):
        return [], []
    stated = valued_query(connection, typing, "kind = 'total'")
    rows = connection.execute(
        f"""select record_number, amount_original, (
                select coalesce(sum(amount_original), 0) from typed
                where typed.record_number < stated.record_number)
            from ({stated}) as stated where amount_original is not null
            order by record_number"""
    ).fetchall()
    cents = f".{MONEY.scale}f"
    totals = [
        {
            "record_number": row,
            "stated": f"{value:{cents}}",
            "computed": f"{sum_:{cents}}",
            "agrees": round(value, 2) == round(sum_, 2),
        }
        for row, value, sum_ in rows
    ]
    messages = [
        f"{name}, row {total['record_number']}: the file states a total of {total['stated']}, the "
        f"rows above it add up to {total['computed']}: ask the office which is right"
        for total in totals
        if not total["agrees"]
    ]
    return totals, messages
