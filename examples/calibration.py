"""Amounts that add up: raking to the totals of the plan, and the closing cent."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from examples.approval import HEADQUARTERS, Approval
from examples.plan import (
    LEADING_DONORS_USD,
    LOCAL_PER_MILLE,
    LOCAL_REGION_PER_MILLE,
    REGION_PER_MILLE,
    SECTOR_PER_MILLE,
    TOTAL_USD,
)
from examples.rates import from_usd, to_usd

ROUNDS = 80


@dataclass(frozen=True, slots=True)
class Margin:
    """For each row the cell it falls into, and for each cell what its rows must add up to."""

    cells: Sequence[Hashable]
    targets: Mapping[Any, int]


def rake(amounts: list[int], margins: Sequence[Margin]) -> list[int]:
    """Return the amounts scaled in turn to each margin until all hold nearly, the last one best.

    Whole numbers throughout: sums of floats differ between versions of Python.
    """
    for _ in range(ROUNDS):
        for margin in margins:
            sums = dict.fromkeys(margin.targets, 0)
            for cell, amount in zip(margin.cells, amounts, strict=True):
                sums[cell] += amount
            amounts = [
                amount * margin.targets[cell] // sums[cell]
                for cell, amount in zip(margin.cells, amounts, strict=True)
            ]
    return amounts


def assign_amounts(approvals: list[Approval], weights: list[int], year: int) -> None:
    """Give the approvals of a year amounts so that the year adds up as planned, to the cent."""
    cents = rake([weight * 10_000 for weight in weights], _margins(approvals, year))
    for approval, share in zip(approvals, cents, strict=True):
        approval.amount_original = from_usd(
            Decimal(share) / 100, approval.currency_code, year, approval.approval_date.month
        )
    _close(approvals, year)


def usd_of(approval: Approval) -> Decimal:
    """Return an approval's US$ at the rate of its month."""
    day = approval.approval_date
    return to_usd(approval.amount_original, approval.currency_code, day.year, day.month)


def region_targets(year: int) -> dict[tuple[str, str], int]:
    """Return US cents by negotiation and region."""
    total = TOTAL_USD[year] * 100
    local = total * LOCAL_PER_MILLE[year] // 1000
    targets = {}
    for region, share in REGION_PER_MILLE.get(year, REGION_PER_MILLE[2005]).items():
        own = local * LOCAL_REGION_PER_MILLE.get(region, 0) // 1000
        targets["local", region] = own
        targets["central", region] = total * share // 1000 - own
    return targets


def _margins(approvals: list[Approval], year: int) -> list[Margin]:
    total = TOTAL_USD[year] * 100
    leading = {donor: usd * 100 for donor, usd in LEADING_DONORS_USD[year].items()}
    donors = Margin(
        [approval.donor_id if approval.donor_id in leading else "" for approval in approvals],
        dict(leading) | {"": total - sum(leading.values())},
    )
    regions = Margin(
        [(approval.negotiation, approval.region_id) for approval in approvals],
        region_targets(year),
    )
    if year not in SECTOR_PER_MILLE:
        return [donors, regions]
    sectors = Margin(
        [approval.sector_id for approval in approvals],
        {sector: total * share // 1000 for sector, share in SECTOR_PER_MILLE[year].items()},
    )
    return [sectors, donors, regions]


def _close(approvals: list[Approval], year: int) -> None:
    """Put what rounding left over on the largest central US$ row, so that the total is exact."""
    missing = TOTAL_USD[year] - sum(usd_of(approval) for approval in approvals)
    closing = max(
        (row for row in approvals if (row.office_id, row.currency_code) == (HEADQUARTERS, "USD")),
        key=lambda row: row.amount_original,
    )
    closing.amount_original += missing
