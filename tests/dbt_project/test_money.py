"""Money: sets of rates side by side, marts restated under another set, what no rate can convert.

The arithmetic here is Python's own, in exact decimals over the rows that the test writes. Not here:
what a set may be called (tests/approvals/test_money.py), the formulas (dbt's unit tests).
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from approvals.build import Candidate
from approvals.configuration import resolve_configuration
from tests.dbt_project.lake_builder import LakeBuilder
from tests.dbt_project.warehouse import Warehouse, rows

CENT = Decimal("0.01")
MARCH, APRIL, LATER = date(2006, 3, 1), date(2006, 4, 1), date(2007, 11, 1)
MONTHLY = {
    ("CHF", MARCH): "1.25",
    ("CHF", APRIL): "1.3",
    ("EUR", MARCH): "0.83",
    ("BRL", MARCH): "2.17",
}
BUDGET = {"CHF": "1.28", "EUR": "0.81", "XOF": "520"}
"""One rate for 2006-07; BRL has none, and only the budget has one for XOF."""
APPROVED = {
    "A1": ("CHF", date(2006, 3, 15), "100.01"),
    "A2": ("CHF", date(2006, 4, 1), "77.77"),
    "A3": ("EUR", date(2006, 3, 31), "-5.05"),
    "A4": ("BRL", date(2006, 3, 2), "1000"),
    "A5": ("XOF", date(2006, 3, 2), "100000"),
    "A6": ("CHF", date(2007, 11, 30), "640"),
    "A7": ("USD", date(2006, 3, 2), "50"),
    "A8": ("IDR", date(2006, 3, 2), "9000"),
    "A9": ("USD", date(2007, 3, 2), "10"),
}


def _fill(lake: LakeBuilder) -> None:
    told = [
        {"rate_set": "TEST RATES", "currency_code": code, "units_per_usd": rate}
        | {"rate_month": month}
        for (code, month), rate in MONTHLY.items()
    ]
    lake.add("treasury", "2006-02-01", told, dataset="rates")
    fixed = [
        {"rate_set": "Budget rates of the tests", "currency_code": code, "units_per_usd": rate}
        | {"rate_month": date(2006, 1, 1)}
        for code, rate in BUDGET.items()
    ]
    lake.add("treasury", "2006-02-02", fixed, dataset="rates")
    unknown = {"rate_set": "House rate", "currency_code": "CHF", "units_per_usd": 9}
    lake.add("treasury", "2006-02-03", [unknown], dataset="rates")
    approved = [
        {"office_reference": reference, "currency_code": code, "approval_date": day}
        | {"amount_original": amount}
        for reference, (code, day, amount) in APPROVED.items()
    ]
    lake.add("field", "2007-12-31", approved)


def _converted(reference: str, rate_set: str) -> Decimal | None:
    """Return US$ by a set, computed here; None where the set has no rate."""
    code, day, amount = APPROVED[reference]
    if code == "USD":
        return Decimal(amount)
    monthly, fixed = MONTHLY.get((code, day.replace(day=1))), BUDGET.get(code)
    rate = {"test-rates": monthly, "test-budget": fixed, "houserate": None}[rate_set]
    if rate_set == "houserate" and (code, day.replace(day=1)) == ("CHF", MARCH):
        rate = "9"
    return (Decimal(amount) / Decimal(rate)).quantize(CENT, ROUND_HALF_UP) if rate else None


def _row(year: int, rate_set: str) -> tuple[Any, ...]:
    """Return a row of the report as it must be."""
    asked = [reference for reference, (_, day, _) in APPROVED.items() if day.year == year]
    by_set = [(_converted(ref, rate_set), _converted(ref, "test-rates"), ref) for ref in asked]
    others = ["test-rates", "houserate", "test-budget"]
    held = [ref for here, _, ref in by_set if here is None]
    valued_by = [[usd for name in others if (usd := _converted(ref, name))] for ref in held]
    best = [next(iter(amounts), None) for amounts in valued_by]
    here = sum((usd for usd, _, _ in by_set if usd is not None), Decimal(0))
    chosen = sum((usd for _, usd, _ in by_set if usd is not None), Decimal(0))
    both = sum((a - b for a, b, _ in by_set if a is not None and b is not None), Decimal(0))
    valued = sum((usd for usd in best if usd is not None), Decimal(0))
    return (
        *(year, rate_set, rate_set == "test-rates", len(asked) - len(held), here, chosen),
        *(here - chosen, both, here - chosen - both, len(held), valued, best.count(None)),
        here + valued,
    )


@pytest.fixture(scope="module")
def money(warehouse: Warehouse) -> Candidate:
    return warehouse.build("money", _fill)


def test_every_year_stands_in_every_set_with_what_the_set_cannot_convert(money: Candidate) -> None:
    found = rows(
        money.database,
        "select approval_year, rate_set_id, is_chosen, approval_count, amount_usd, chosen_usd, "
        "difference_usd, rate_effect_usd, coverage_effect_usd, unconverted_count, "
        "unconverted_usd, unvalued_count, amount_with_unconverted_usd "
        "from marts.rpt_approvals_by_rate_set order by 1, 2",
    )

    sets = ("houserate", "test-budget", "test-rates")
    assert found == [_row(year, name) for year in (2006, 2007) for name in sets]
    assert [row[1] for row in found if row[9] == 0] == ["test-budget"]  # the budget has all of 2007


def test_marts_restated_under_another_set_are_what_the_report_said_of_it(
    warehouse: Warehouse, money: Candidate
) -> None:
    settings = warehouse.settings.model_copy(update={"rate_set": "test-budget"})
    restated = Warehouse(settings, resolve_configuration(settings)).build("restated", _fill)

    total = (
        "select approval_year, amount_usd, approval_count, unconverted_count "
        "from marts.rpt_approvals_by_year order by 1"
    )
    said = (
        "select approval_year, amount_usd, approval_count, unconverted_count "
        "from marts.rpt_approvals_by_rate_set where rate_set_id = '{}' order by 1"
    )
    in_one, in_other = rows(money.database, total), rows(restated.database, total)
    assert in_other == rows(money.database, said.format("test-budget")) != in_one
    assert in_one == rows(restated.database, said.format("test-rates"))
    parts = (
        "select sum(change_usd) from marts.rpt_approval_vintages union all "
        "select sum(amount_usd) from marts.rpt_approvals_by_year"
    )
    assert len(set(rows(restated.database, parts))) == 1


def test_beside_an_amount_stand_currency_rate_set_period_and_since_when(money: Candidate) -> None:
    query = """
        select a.office_reference, a.currency_code, a.exchange_rate, a.rate_set,
            r.holds_from_date, r.holds_to_date, cast(a.rate_known_from_at as date), r.file_name,
            r.record_number
        from marts.fct_approvals as a
        left join marts.fct_exchange_rates as r
            on a.rate_set = r.rate_set_id and a.currency_code = r.currency_code
            and a.approval_date between r.holds_from_date and r.holds_to_date
            and a.rate_known_from_at = r.known_from_at
        where a.office_reference in ('A2', 'A4', 'A7', 'A8') order by 1
    """

    assert rows(money.database, query) == [
        (
            *("A2", "CHF", Decimal("1.3"), "test-rates", APRIL, date(2006, 4, 30)),
            *(date(2006, 2, 1), "treasury/2006-02-01.csv", 3),
        ),
        (
            *("A4", "BRL", Decimal("2.17"), "test-rates", MARCH, date(2006, 3, 31)),
            *(date(2006, 2, 1), "treasury/2006-02-01.csv", 5),
        ),
        ("A7", "USD", Decimal(1), "none needed", None, None, None, None, None),
        ("A8", "IDR", None, None, None, None, None, None, None),
    ]


def test_an_approval_without_a_rate_is_held_and_the_sets_that_have_one_are_named(
    money: Candidate,
) -> None:
    held = (
        "select a.office_reference, u.reason, u.other_rate_set_ids "
        "from marts.rpt_unconverted_approvals as u join marts.fct_approvals as a "
        "using (approval_id) where not a.is_counted order by 1"
    )
    lacking = "no rate of exchange is known for the currency and month"

    assert rows(money.database, held) == [
        ("A5", lacking, "test-budget"),
        ("A6", lacking, "test-budget"),
        ("A8", lacking, None),
    ]


def test_sets_that_nobody_has_declared_are_in_sight_and_convert_nothing(money: Candidate) -> None:
    sets = (
        "select rate_set_id, is_chosen, is_declared, period_months, rate_count, last_rate_date "
        "from marts.dim_rate_sets where rate_count > 0 order by 1"
    )
    used = "select distinct rate_set from marts.fct_approvals where rate_set is not null order by 1"

    assert rows(money.database, sets) == [
        ("houserate", False, False, 1, 1, date(2006, 3, 31)),
        ("test-budget", False, True, 24, 3, date(2007, 12, 31)),
        ("test-rates", True, True, 1, 4, date(2006, 4, 30)),
    ]
    assert rows(money.database, used) == ["none needed", "test-rates"]
