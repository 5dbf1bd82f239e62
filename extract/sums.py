"""The sums that let anyone reconcile a file: rows and amounts by currency, and stated totals."""

import glob
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from approvals.contracts import MONEY
from extract.fields import dataset_fields
from extract.lake_types import sql_type
from extract.rows import Typing, valued_query

CENTS = f".{MONEY.scale}f"
FEWEST_SUMMED = 3
"""Rows whose sum is hardly another row's amount by chance."""
MOST_STARTS = 2000
"""Totals before a total that it is compared from; beyond them only the first and the last."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Rows of one table and their amounts."""

    accepted: int
    rejected: int
    warned: int
    """Accepted rows with a warning."""
    totals: list[dict[str, Any]]
    """Of accepted rows, by currency."""
    rejected_totals: list[dict[str, Any]]
    doubled: list[dict[str, Any]]
    """Currencies of which one accepted row states the sum of all others, and there are several."""


def summarise(
    connection: duckdb.DuckDBPyConnection, dataset: str, written: Path | None = None
) -> Summary:
    """Return the sums of the relation `typed`, counted in one pass.

    Args:
        connection: holds the relations `fields` and `typed`.
        dataset: the dataset.
        written: the Parquet file with the accepted rows of a large table. Three of its columns
            are read sooner than the rows are computed again.
    """
    if written is None:
        groups = _groups(connection, dataset, "is_rejected, is_warned", "typed")
    else:
        place = glob.escape(str(written)).replace("'", "''")
        flags = "false as is_rejected, warning_codes is not null as is_warned"
        groups = _groups(connection, dataset, flags, f"read_parquet('{place}')")
        if sum(group[3] for group in groups) < _data_records(connection):
            groups += _groups(
                connection, dataset, "is_rejected, is_warned", "typed where is_rejected"
            )
    return Summary(
        accepted=sum(rows for is_rejected, _, _, rows, *_ in groups if not is_rejected),
        rejected=sum(rows for is_rejected, _, _, rows, *_ in groups if is_rejected),
        warned=sum(rows for is_rejected, warned, _, rows, *_ in groups if warned > is_rejected),
        totals=_totals([group for group in groups if not group[0]]),
        rejected_totals=_totals([group for group in groups if group[0]]),
        doubled=_doubled([group for group in groups if not group[0]]),
    )


def _groups(
    connection: duckdb.DuckDBPyConnection, dataset: str, flags: str, rows: str
) -> list[tuple[Any, ...]]:
    """Return rows, rows with an amount, the amount and the largest, by two flags and currency."""
    has_amounts = "amount_original" in dataset_fields(dataset)
    money = f"try_cast(round(amount_original, {MONEY.scale}) as {sql_type(MONEY)})"
    if not has_amounts:
        money = f"cast(null as {sql_type(MONEY)})"
    currency = "coalesce(cast(currency_code as varchar), '?')" if has_amounts else "'?'"
    return connection.execute(
        f"select {flags}, {currency} as currency, count(*), count({money}), "
        f"sum({money}), max({money}) from {rows} group by all order by all"
    ).fetchall()


def _data_records(connection: duckdb.DuckDBPyConnection) -> int:
    found = connection.execute("select count(*) from fields where kind = 'data'").fetchone()
    return int(found[0]) if found else 0


def _totals(groups: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Return rows and amounts by currency, of the groups that have an amount."""
    found: dict[str, dict[str, Any]] = {}
    for _, _, currency, _, priced, amount, _ in groups:
        if priced:
            total = found.setdefault(
                currency, {"currency_code": currency, "rows": 0, "amount_original": 0}
            )
            total["rows"] += priced
            total["amount_original"] += amount
    return [
        total | {"amount_original": f"{total['amount_original']:f}"}
        for _, total in sorted(found.items())
    ]


def _doubled(groups: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Return each currency whose largest amount is half of all: it may be the sum of the others."""
    largest: dict[str, Decimal] = {}
    for _, _, currency, _, priced, _, amount in groups:
        if priced:
            largest[currency] = max(amount, largest.get(currency, amount))
    return [
        {**total, "largest": largest[total["currency_code"]]}
        for total in _totals(groups)
        if total["rows"] > FEWEST_SUMMED
        and largest[total["currency_code"]] * 2 == Decimal(total["amount_original"]) > 0
    ]


def sums_among_rows(doubled: list[dict[str, Any]], name: str, sheet_name: str) -> list[str]:
    """Return a sentence for each row that states the sum of all others: it may be a total."""
    return [
        f"{name}{_sheet({'sheet_name': sheet_name})}: one row states {entry['currency_code']} "
        f"{entry['largest']:{CENTS}}, the sum of the {entry['rows'] - 1} other rows: if it is a "
        "total, write Total in front of it, or leave it out"
        for entry in doubled
    ]


def control_totals(
    connection: duckdb.DuckDBPyConnection, typing: Typing, sheet_name: str
) -> list[dict[str, Any]]:
    """Compare each total that a file states with the sum of the readable amounts above it.

    A total may be of everything above, or of what stands since any total before it: subtotals by
    donor, a grand total below them. Records are numbered in each sheet anew, so each total names
    its sheet.
    """
    if "amount_original" not in dataset_fields(typing.dataset):
        return []
    stated = valued_query(connection, typing, "kind = 'total'")
    rows = connection.execute(
        f"""with sums as (
                select record_number, amount_original,
                    sum(amount_original) over (order by record_number) as running from typed
            )
            select stated.record_number, stated.amount_original, coalesce(sums.running, 0)
            from ({stated}) as stated
            asof left join sums on stated.record_number > sums.record_number
            where stated.amount_original is not null
            order by stated.record_number"""
    ).fetchall()
    found = []
    passed = [Decimal(0)]
    for record, value, running in rows:
        computed = _best_sum(value, running, passed)
        found.append(
            {
                "sheet_name": sheet_name,
                "record_number": record,
                "stated": f"{value:{CENTS}}",
                "computed": f"{computed:{CENTS}}",
                "agrees": round(value, MONEY.scale) == round(computed, MONEY.scale),
            }
        )
        passed.append(running)
    return found


def _best_sum(stated: Decimal, running: Decimal, passed: list[Decimal]) -> Decimal:
    """Return the sum that a total can be of: the one it equals, else the nearest to it."""
    starts = passed if len(passed) < MOST_STARTS else [passed[0], passed[-1]]
    return min((running - start for start in starts), key=lambda sum_: abs(sum_ - stated))


def _sheet(total: dict[str, Any]) -> str:
    return f", sheet {total['sheet_name']}" if total["sheet_name"] else ""


def disagreements(totals: list[dict[str, Any]], name: str) -> list[str]:
    """Return a sentence for each total that the rows above it do not add up to."""
    return [
        f"{name}{_sheet(total)}, row {total['record_number']}: the file states a total of "
        f"{total['stated']}, the rows above it add up to {total['computed']}: ask the office which "
        "is right"
        for total in totals
        if not total["agrees"]
    ]
