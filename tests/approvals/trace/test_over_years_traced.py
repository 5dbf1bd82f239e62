"""Figures made of sums over years, and changes from year to year in constant prices.

Not here: the values of such figures, which do not come from the lineage (tests/dbt_project).
"""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from approvals.settings import Settings
from approvals.trace import trace
from approvals.trace.model import Step
from tests.approvals.trace.query import BELOW_A_FIGURE, rows
from tests.command import run_approvals

FIGURES = {
    "M8": ("percentage", 4, "100 × the sum of amount_usd of rpt_region_shares_by_year over 2 rows"),
    "M9": ("rank", 3, "the place of the sum of amount_usd of rpt_donor_approvals_by_year over 3"),
    "M10": (
        "change",
        4,
        "of rpt_donor_approvals_by_year over 2 rows exceeds the sum of amount_usd",
    ),
    "M11": ("change", 2, "the sum of amount_usd of rpt_approvals_by_year over 1 rows exceeds"),
    "M12": ("least change", 5, "the least of the members' changes"),
    "M13": ("percentage", 8, "local_usd of rpt_local_mobilisation_by_year over 4 rows ÷ the sum"),
    "M14": ("exceeds", 2, "is above amount_usd over 5 rows of earlier years"),
    "M15": ("percentage", 4, "of rpt_funding_source_shares_by_year over 2 rows"),
    "M16": ("rank", 2, "of rpt_donor_group_shares_by_year over 2 rows"),
    "M17": ("change", 2, "of rpt_sector_shares_by_year over 1 rows"),
}
"""Figure → operation, rows that are traced further, what the formula says."""
CONSTANT = {
    "change_pct": "change",
    "previous_constant_usd": "value",
    "change_constant_usd": "difference",
    "change_constant_pct": "change",
}


def _sums(step: Step) -> list[Step]:
    below = [found for operand in step.operands for found in _sums(operand)]
    return [step, *below] if step.sum else below


@pytest.mark.parametrize("figure_id", FIGURES)
def test_a_figure_of_sums_over_years_is_made_of_the_rows_of_both_sums(
    settings: Settings, figure_id: str
) -> None:
    operation, traced, formula = FIGURES[figure_id]

    found = trace(settings, figure_id, {}, limit=0)

    assert found.agrees
    assert found.root.recomputed == found.root.value is not None
    assert (found.root.operation, len(found.root.operands)) == (operation, traced)
    assert formula in found.root.formula
    assert all(step.sum for step in found.root.operands)


def test_the_least_change_is_that_of_one_member_over_both_periods(settings: Settings) -> None:
    found = trace(settings, "M12", {}, limit=0).root

    (region,) = {step.key["region_name"] for step in found.operands}
    changes = {}
    for name in {label.split(" ", 1)[1] for label, _ in found.values[0].values}:
        amounts = [
            (int(label.split(" ")[0]), Decimal(value or 0))
            for label, value in found.values[0].values
            if label.split(" ", 1)[1] == name
        ]
        now = sum((value for year, value in amounts if year >= 2005), Decimal(0))
        before = sum((value for year, value in amounts if year < 2005), Decimal(0))
        changes[name] = 100 * (now - before) / before
    assert len(changes) > 3
    assert min(changes, key=changes.__getitem__) == region


def test_a_share_over_years_adds_up_by_the_joins_of_the_release(database: Path) -> None:
    found = rows(
        database,
        f"select f.operand_number, sum(c.amount_usd) {BELOW_A_FIGURE} "
        "where f.figure_id = 'M8' and f.classification <> 'today' group by 1 order by 1",
    )

    ((value,),) = rows(
        database, "select value from marts.rpt_published_figures where figure_id = 'M8'"
    )
    part, whole = (Decimal(str(amount)) for _, amount in found)
    assert round(100 * part / whole, 2) == Decimal(str(value))


def test_a_row_that_was_changed_does_not_agree_with_the_figure(
    settings: Settings, altered: Callable[[str], str]
) -> None:
    release = altered(
        "update marts.rpt_region_shares_by_year set amount_usd = amount_usd * 2 "
        "where region_name = 'Africa' and approval_year = 2005"
    )

    assert not trace(settings, "M8", {}, release_id=release, limit=0).root.agrees


@pytest.mark.parametrize("figure_id", ["M9", "M12", "M14"])
def test_a_figure_of_sums_over_years_is_shown_with_what_it_is_compared_with(
    settings: Settings, figure_id: str, tmp_path: Path
) -> None:
    done = run_approvals(settings.home, "trace", figure_id, "--limit", "0")
    page = run_approvals(settings.home, "trace", figure_id, "--html", str(tmp_path / "page.html"))

    assert (done.returncode, page.returncode) == (0, 0)
    assert "amount_usd: the rows of" in done.stdout


@pytest.mark.parametrize("column", CONSTANT)
def test_a_change_in_constant_prices_leads_to_the_approvals_of_both_years(
    settings: Settings, column: str
) -> None:
    found = trace(settings, "rpt_approvals_in_constant_prices", {"year": "2003"}, column, limit=0)

    assert found.agrees
    assert found.root.operation == CONSTANT[column]
    assert found.root.recomputed == found.root.value is not None
    years = {
        cell["approval_year"] for step in _sums(found.root) if step.sum for cell in step.sum.cells
    }
    assert years == ({2002} if column == "previous_constant_usd" else {2002, 2003})


def test_the_first_year_has_no_change_in_constant_prices(
    settings: Settings, database: Path
) -> None:
    ((year,),) = rows(
        database, "select min(approval_year) from marts.rpt_approvals_in_constant_prices"
    )

    found = trace(
        settings,
        "rpt_approvals_in_constant_prices",
        {"year": str(year)},
        "change_constant_pct",
        limit=0,
    )

    assert (found.root.value, found.root.recomputed, found.agrees) == (None, None, True)


def test_a_change_in_constant_prices_is_that_of_its_own_series(
    settings: Settings, altered: Callable[[str], str]
) -> None:
    release = altered(
        "insert into marts.rpt_approvals_in_constant_prices by name "
        "select * replace ('0' || constant_price_id as constant_price_id, 'other' as "
        "deflator_series, 7 as constant_usd) from marts.rpt_approvals_in_constant_prices "
        "where approval_year in (2002, 2003)"
    )
    key = {"year": "2003", "deflator_series": "other"}

    one = trace(
        settings, "rpt_approvals_in_constant_prices", key, "change_constant_usd", release, 0
    )

    previous = one.root.operands[1].operands[0]
    assert (previous.key["deflator_series"], previous.value) == ("other", "7.00")
