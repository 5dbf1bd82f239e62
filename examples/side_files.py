"""The exports that hold no approvals: rates of exchange and partnership agreements."""

from collections.abc import Iterator
from datetime import date

from examples.layouts import Layout
from examples.names import donors, read_rows
from examples.rates import BUDGET_RATE_SET, RATE_SET, budget_rates, monthly_rates
from examples.writers import delimited

RATES = Layout(
    "en",
    (
        ("rate_set", "Rate set"),
        ("rate_month", "Month"),
        ("currency_code", "Currency"),
        ("units_per_usd", "Units per US$"),
    ),
    "%Y-%m-%d",
    ",",
)
AGREEMENTS = Layout(
    "en",
    (
        ("agreement_reference", "Agreement reference"),
        ("donor_name", "Donor"),
        ("agreement_title", "Agreement title"),
        ("agreement_status", "Agreement status"),
        ("signed_date", "Status date"),
        ("start_date", "Start date"),
        ("end_date", "End date"),
        ("multi_annual", "Multi-annual"),
        ("gender_reference", "Gender specific reference"),
        ("gender_allocation", "Gender specific allocation"),
        ("social_partner_allocation", "Employers/workers special allocation"),
        ("amount_original", "Amount"),
        ("currency_code", "Currency"),
        ("remarks", "Remarks"),
    ),
    "%Y-%m-%d",
    ",",
)
AGREEMENT_DAYS = (date(2006, 12, 29), date(2007, 7, 2), date(2007, 10, 1))
MONTHS_TOLD = {
    2005: (range(1, 4), range(4, 7), range(7, 10), range(10, 13)),
    2006: tuple(range(month, month + 1) for month in range(1, 13)),
    2007: (range(1, 4), range(4, 7), range(7, 10), range(10, 13)),
}
"""Rates for 2000 to 2004 come in one file; later each comes on the last day it holds for."""


def side_files() -> Iterator[tuple[str, bytes]]:
    """Yield path below the drop folder and bytes of each file of rates and agreements."""
    backlog = [(year, month) for year in range(2000, 2005) for month in range(1, 13)]
    yield "treasury/rates_of_exchange_2000_2004-12-31.csv", _rates(backlog)
    for year, groups in MONTHS_TOLD.items():
        for group in groups:
            last = group[-1]
            told = f"{year}-{last:02}-{28 if last == 2 else 30}"
            name = f"treasury/rates_of_exchange_{year}_{told}.csv"
            yield name, _rates([(year, month) for month in group])
    yield "treasury/budget_rates_of_exchange_2000-2007_2005-12-15.csv", _budget_rates()
    for day in AGREEMENT_DAYS:
        yield f"partnerships/partnership_agreements_as_at_{day}.csv", _agreements(day)


def _rates(months: list[tuple[int, int]]) -> bytes:
    wanted = set(months)
    rows = [
        [RATE_SET, f"{year}-{month:02}", currency, str(rate)]
        for (currency, year, month), rate in monthly_rates().items()
        if (year, month) in wanted
    ]
    return delimited(sorted(rows, key=lambda row: (row[1], row[2])), RATES)


def _budget_rates() -> bytes:
    rows = [
        [BUDGET_RATE_SET, f"{year}-01", currency, str(rate)]
        for (currency, year), rate in budget_rates().items()
    ]
    return delimited(sorted(rows, key=lambda row: (row[1], row[2])), RATES)


def _agreements(day: date) -> bytes:
    rows = []
    for stated in read_rows("agreements.csv"):
        if date.fromisoformat(stated["known_from"]) <= day:
            cells = {
                **stated,
                "donor_name": donors()[stated["donor_id"]].labels[0],
                "agreement_title": stated["title"],
                "agreement_status": stated["status"],
                "signed_date": stated["status_date"],
                "remarks": "synthetic",
            }
            rows.append([cells[field] for field, _ in AGREEMENTS.columns])
    return delimited(rows, AGREEMENTS)
