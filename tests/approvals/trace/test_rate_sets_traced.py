"""A year by another set of rates is traced to the approvals, converted again by those rates.

Not here: sets that convert what the chosen one cannot (tests/dbt_project/test_money.py builds
them, and a dbt test adds up every row of the report).
"""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from approvals.settings import Settings
from approvals.trace import trace, words
from tests.approvals.trace.query import rows

REPORT = "rpt_approvals_by_rate_set"
COLUMNS = {
    "approval_count": "revalued",
    "amount_usd": "revalued",
    "chosen_usd": "sum",
    "difference_usd": "difference",
    "difference_pct": "change",
    "rate_effect_usd": "revalued",
    "coverage_effect_usd": "difference",
    "unconverted_count": "revalued",
    "unconverted_usd": "revalued",
    "unvalued_count": "revalued",
    "amount_with_unconverted_usd": "total",
}
BUDGET = {"year": "2006", "rate_set": "synthetic-budget"}
WRONG = {
    "a rate": "update marts.fct_exchange_rates set units_per_usd = units_per_usd * 1.01 "
    "where rate_set_id = 'synthetic-budget'",
    "an approval": "update marts.fct_approvals set amount_original = amount_original + 1 "
    "where is_counted and approval_year = 2006 and currency_code = 'EUR'",
    "a version": "update marts.fct_approval_versions set amount_original = amount_original + 1 "
    "where is_current and approval_year = 2006 and currency_code = 'EUR'",
    "a cell": "update marts.lineage_records set raw_cells = replace(raw_cells, '0', '1')",
}


@pytest.mark.parametrize("rate_set", ["synthetic", "synthetic-budget"])
@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_of_a_set_agrees_down_to_the_cells(
    settings: Settings, column: str, rate_set: str
) -> None:
    found = trace(settings, REPORT, {**BUDGET, "rate_set": rate_set}, column, limit=0)

    assert (found.root.operation, found.agrees) == (COLUMNS[column], True)
    assert found.root.recomputed == found.root.value


def test_each_approval_is_shown_with_its_rate_in_the_set(
    settings: Settings, database: Path
) -> None:
    found = trace(settings, REPORT, BUDGET, "amount_usd", limit=None)

    assert found.root.sum
    ((printed, count),) = rows(
        database,
        f"select amount_usd, approval_count from marts.{REPORT} "
        "where approval_year = 2006 and rate_set_id = 'synthetic-budget'",
    )
    items = found.root.sum.items
    assert (len(items), sum(Decimal(item["contributed_usd"]) for item in items)) == (count, printed)
    foreign = [item for item in items if item["currency_code"] != "USD"]
    assert foreign
    for item in foreign:
        assert item["rate"]["rate_set"] == item["rate_set"] == "synthetic-budget"
        assert item["rate"]["units_per_usd"] == item["exchange_rate"]
        assert item["rate"]["original_name"].startswith("treasury/")
        assert "Synthetic" in str(words.money(item))
    without = [group for group in found.root.sum.excluded if group.reason == "no rate in the set"]
    assert [group.rows for group in without] == [
        rows(
            database,
            f"select unconverted_count from marts.{REPORT} "
            "where approval_year = 2006 and rate_set_id = 'synthetic-budget'",
        )[0][0]
    ]


def test_what_the_set_cannot_convert_is_shown_by_the_rates_of_another(settings: Settings) -> None:
    found = trace(settings, REPORT, BUDGET, "unconverted_usd", limit=None)

    assert found.root.sum
    assert found.root.sum.items
    assert {item["rate"]["rate_set"] for item in found.root.sum.items} == {"synthetic"}


@pytest.mark.parametrize("case", WRONG)
def test_a_set_of_rates_that_was_changed_does_not_agree(
    settings: Settings, altered: Callable[[str], str], case: str
) -> None:
    release = altered(WRONG[case])

    found = trace(settings, REPORT, BUDGET, "amount_usd", release_id=release, limit=0)

    assert not found.agrees
