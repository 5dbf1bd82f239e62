"""From figures to cells on a release of the examples: every kind of figure, every column.

Not here: what stands at the end of a trace (test_cells_traced.py), that sums of all rows re-add (a
dbt test of every build), how a trace is shown (test_shown.py).
"""

from pathlib import Path

import pytest

from approvals.settings import Settings
from approvals.trace import trace
from approvals.trace.model import Step
from tests.approvals.trace.query import rows

KINDS = {
    "amount": ("rpt_approvals_by_year", {"year": "2006"}, "amount_usd", "sum"),
    "count": ("rpt_approvals_by_year", {"year": "2006"}, "approval_count", "count"),
    "year_on_year": ("rpt_approvals_by_year", {"year": "2006"}, "change_pct", "change"),
    "record": ("rpt_approvals_by_year", {"year": "2006"}, "is_record", "exceeds"),
    "quarantined": ("rpt_approvals_by_year", {"year": "2006"}, "quarantined_usd", "sum"),
    "with_quarantine": (
        ("rpt_approvals_by_year", {"year": "2006"}, "amount_with_quarantine_usd", "total")
    ),
    "without_undecided": (
        (
            "rpt_approvals_by_year",
            {"year": "2006"},
            "amount_without_undecided_usd",
            "difference",
        )
    ),
    "vintage": ("rpt_approval_vintages", {"year": "2006", "known_date": "2006-06-08"}, None, "sum"),
    "two_years": (
        ("rpt_approvals_by_two_year_window", {"name": "2005-2006"}, "change_pct", "change")
    ),
    "biennium": ("rpt_approvals_by_biennium", {"name": "2006-07"}, "change_usd", "difference"),
    "share": (
        (
            "rpt_region_shares_by_year",
            {"year": "2006", "region": "Africa"},
            "share_pct",
            "percentage",
        )
    ),
    "share_of_today": (
        (
            "rpt_reclassified_shares_by_year",
            {"year": "2006", "dimension": "region", "member": "africa"},
            "today_share_pct",
            "percentage",
        )
    ),
    "moved": (
        (
            "rpt_reclassified_shares_by_year",
            {"year": "2006", "dimension": "donor_group", "member": "Governments"},
            "moved_usd",
            "difference",
        )
    ),
    "residual": (
        (
            "rpt_sector_shares_by_year",
            {"year": "2006", "sector": "employment"},
            "share_residual_pct",
            "residual",
        )
    ),
    "rank": (
        (
            "rpt_donor_approvals_by_year",
            {"year": "2006", "donor": "Netherlands"},
            "amount_rank",
            "rank",
        )
    ),
    "local_share": (
        ("rpt_local_mobilisation_by_year", {"year": "2006"}, "local_share_pct", "percentage")
    ),
    "local_share_change": (
        ("rpt_local_mobilisation_by_year", {"year": "2006"}, "local_share_change", "difference")
    ),
    "forecast": (
        (
            "rpt_approval_forecasts",
            {"forecast_year": "2007", "dimension": "total"},
            "expected_usd",
            "total",
        )
    ),
    "forecast_of_a_donor": (
        (
            "rpt_approval_forecasts",
            {"year": "2007", "member": "European Commission"},
            "local_share_pct",
            "percentage",
        )
    ),
    "target": (
        ("rpt_dwcp_contribution_by_biennium", {"name": "2008-09"}, "target_pct", "reference")
    ),
    "screening": ("rpt_appraisal_screening_by_year", {"year": "2006"}, "gender_pct", "percentage"),
    "office": ("rpt_office_scorecard", {"office": "lima"}, "amount_usd", "sum"),
    "resources": (
        (
            "rpt_funding_source_shares_by_year",
            {"year": "2006", "funding_source": "regular-budget"},
            "share_pct",
            "percentage",
        )
    ),
    "constant_prices": (
        (
            "rpt_approvals_in_constant_prices",
            {"year": "2003"},
            "constant_usd",
            "deflated",
        )
    ),
}
FIGURES_OVER_YEARS = {
    "M1": ("sum", 2, "the sum of amount_usd of rpt_approvals_by_year over 2 rows ÷ 1,000,000"),
    "M2": ("mean", 4, "the sum of amount_usd of rpt_approvals_by_year over 4 rows ÷ 4 years"),
    "M3": (
        "mean",
        4,
        "the sum of amount_usd of rpt_donor_approvals_by_year over 4 rows ÷ 4 years ÷ 1,000",
    ),
    "M4": (
        "sum",
        2,
        "the sum of amount_usd of rpt_funding_source_shares_by_year over 2 rows ÷ 1,000,000,000",
    ),
    "M5": ("sum", None, None),
    "M6": ("sum", 2, "the sum of amount_usd of rpt_donor_approvals_by_year over 2 rows ÷ 1,000"),
}


def _steps(step: Step) -> list[Step]:
    return [step, *(below for operand in step.operands for below in _steps(operand))]


@pytest.mark.parametrize("figure_id", FIGURES_OVER_YEARS)
def test_a_figure_over_years_is_traced_to_the_rows_that_it_adds_up(
    settings: Settings, figure_id: str
) -> None:
    operation, rows_added, formula = FIGURES_OVER_YEARS[figure_id]

    found = trace(settings, figure_id, {}, limit=0)

    assert found.agrees
    assert found.root.recomputed == found.root.value is not None
    assert found.root.operation == operation
    assert rows_added in (None, len(found.root.operands))
    assert formula in (None, found.root.formula)
    assert all(step.sum for step in found.root.operands)


def test_a_figure_over_years_without_data_has_no_rows(settings: Settings) -> None:
    found = trace(settings, "M7", {}).root

    assert (found.value, found.recomputed, found.agrees, found.operands) == (None, None, True, [])


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_of_each_kind_agrees_down_to_the_cells(settings: Settings, kind: str) -> None:
    table, keys, column, operation = KINDS[kind]

    found = trace(settings, table, keys, column, limit=1)

    assert (found.root.operation, found.agrees) == (operation, True)
    assert found.root.recomputed == found.root.value
    sums = [step.sum for step in _steps(found.root) if step.sum]
    names = {level.name for added in sums for level in added.levels}
    if kind == "target":
        assert "GB.300/TC (15 Oct 2007) para 20" in found.root.formula
    elif kind not in ("quarantined", "residual"):
        assert "versions" in names


def test_every_published_figure_with_a_value_agrees(settings: Settings, database: Path) -> None:
    figures = rows(database, "select figure_id, value from marts.rpt_published_figures order by 1")

    found = {str(figure): trace(settings, str(figure), {}, limit=1) for figure, _ in figures}

    assert [figure for figure, traced in found.items() if not traced.agrees] == []
    assert [found[str(figure)].root.recomputed for figure, _ in figures] == [
        value for _, value in figures
    ]
    assert len(figures) == 28 + 27


def test_every_column_that_is_known_can_be_traced_in_every_report(
    settings: Settings, database: Path
) -> None:
    cells = rows(
        database,
        "select report_name, column_name, max(row_id) from marts.lineage_cells group by 1, 2 "
        "union all select f.report_name, f.column_name, (select max(k.row_id) from "
        "marts.lineage_cells as k where k.report_name = f.report_name "
        "and k.approval_year in (2006, 2007)) "
        "from marts.lineage_formulas as f where f.operand_number = 1",
    )

    differing = []
    for report, column, row_id in cells:
        (key,) = rows(
            database,
            "select column_name from duckdb_columns() where schema_name = 'marts' "
            f"and table_name = '{report}' and column_index = 1",
        )
        found = trace(settings, str(report), {str(key[0]): str(row_id)}, str(column), limit=0)
        if not found.agrees:
            differing.append((report, column, row_id, found.root.value, found.root.recomputed))

    assert differing == []
    assert len(cells) > 100
