"""Published figures in the classification of today, and by how much they differ from then.

Not here: what those values are (tests/dbt_project/test_classifications.py).
"""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from approvals.errors import TraceTargetError
from approvals.settings import Settings
from approvals.trace import trace
from approvals.trace.model import Step
from tests.approvals.trace.query import BELOW_A_FIGURE, rows
from tests.command import run_approvals

MART = "rpt_published_figures"
TODAY = {
    "H09": ("percentage", 2, "100 × the sum of today_usd of rpt_reclassified_shares_by_year"),
    "H10": ("least change", 2, "the least of the members' changes: today_usd"),
    "M16": ("rank", 2, "the place of the sum of today_usd"),
    "M19": ("mean", 9, "the sum of amount_usd of rpt_funding_source_shares_by_year over 9 rows"),
    "M20": ("sum", 3, "the sum of amount_usd of rpt_funding_source_shares_by_year over 3 rows"),
    "M24": ("mean", 2, "the sum of today_usd of rpt_reclassified_shares_by_year over 2 rows ÷ 2"),
    "M25": ("value", 1, "today_usd of rpt_reclassified_shares_by_year ÷ 1,000"),
    "M26": ("change", 2, "over 1 rows exceeds the sum of today_usd"),
}
"""Figure → operation, rows that are traced further, what the formula says."""
DOCUMENTED = f"""
select sum(c.amount_usd) {BELOW_A_FIGURE}
where f.figure_id = 'M25' and f.classification = ?
"""


def _levels(step: Step) -> set[str]:
    below = {name for operand in step.operands for name in _levels(operand)}
    return below | ({level.name for level in step.sum.levels} if step.sum else set())


@pytest.mark.parametrize("figure_id", TODAY)
def test_a_value_of_today_is_traced_to_cells_in_the_classification_of_today(
    settings: Settings, figure_id: str
) -> None:
    operation, traced, formula = TODAY[figure_id]

    found = trace(settings, figure_id, {}, "value_today", limit=0)

    root = found.root
    assert found.agrees
    assert root.column_name == "value_today"
    assert root.recomputed == root.value is not None
    assert (root.operation, len(root.operands)) == (operation, traced)
    assert formula in root.formula
    assert _levels(root) == {"contributions", "versions", "records", "cells"}


def test_every_figure_agrees_in_the_classification_of_today(
    settings: Settings, database: Path
) -> None:
    figures = rows(database, f"select figure_id, value, value_today from marts.{MART} order by 1")

    found = {
        str(name): trace(settings, str(name), {}, "value_today", limit=0) for name, *_ in figures
    }

    assert [name for name, traced in found.items() if not traced.agrees] == []
    assert [found[str(name)].root.value for name, *_ in figures] == [today for *_, today in figures]
    # Of several kinds of figures some differ, or both sides would prove nothing.
    moved = {str(name) for name, value, today in figures if value != today}
    assert moved >= {"M19", "M20", "M24", "M25", "M26"}


def test_every_difference_is_that_of_both_sides(settings: Settings, database: Path) -> None:
    stated = rows(
        database, f"select figure_id, reclassified_difference from marts.{MART} order by 1"
    )

    for name, difference in stated:
        found = trace(settings, str(name), {}, "reclassified_difference", limit=0)

        assert found.agrees
        assert [side.column_name for side in found.root.operands] == ["value_today", "value"]
        assert found.root.recomputed == (None if difference is None else str(difference))


def test_a_value_of_today_that_was_changed_does_not_agree(
    settings: Settings, altered: Callable[[str], str]
) -> None:
    release = altered(
        "update marts.lineage_contributions set amount_usd = amount_usd + 1000 "
        "where dimension = 'region_today' and member_id = 'africa'"
    )

    assert not trace(settings, "M25", {}, "value_today", release, 0).agrees
    assert not trace(settings, "M25", {}, "reclassified_difference", release, 0).agrees
    assert trace(settings, "M25", {}, "value", release, 0).agrees


def test_the_joins_of_the_release_add_up_either_classification(database: Path) -> None:
    ((value, today),) = rows(
        database, f"select value, value_today from marts.{MART} where figure_id = 'M25'"
    )

    for classification, stated in (("then", value), ("today", today)):
        ((added,),) = rows(database, DOCUMENTED.replace("?", f"'{classification}'"))
        assert round(Decimal(str(added)) / 1000, 2) == Decimal(str(stated))


def test_a_figure_is_a_row_of_its_mart(settings: Settings) -> None:
    by_name = run_approvals(settings.home, "trace", "M25", "--column", "value_today")
    by_key = run_approvals(
        settings.home, "trace", MART, "--key", "figure_id=M25", "--column", "value_today"
    )

    assert by_name.returncode == 0
    assert by_name.stdout == by_key.stdout
    assert "✓ M25 approvals 2006 Africa value_today = " in by_name.stdout
    assert trace(settings, MART, {"figure_id": "M25"}).root.column_name == "value"


def test_a_column_of_a_figure_that_is_not_traced_is_refused_with_those_that_are(
    settings: Settings,
) -> None:
    with pytest.raises(
        TraceTargetError,
        match=r"no column 'value_then' .* is one of value, value_today, reclassified_difference; "
        r".*approvals build --known-at DAY",
    ):
        trace(settings, "M25", {}, "value_then")
