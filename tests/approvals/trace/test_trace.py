"""From figures to cells on a release of the examples: every kind, what is left out, what is wrong.

Not here: that sums of all rows re-add (a dbt test of every build), how a trace is shown
(test_shown.py).
"""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from approvals.settings import Settings
from approvals.trace import trace, words
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
    assert len(figures) == 28 + 23


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


def test_a_cell_is_where_the_trace_says_it_is(settings: Settings, database: Path) -> None:
    (name, sheet) = rows(
        database,
        "select file_sha256, record_number from marts.fct_approval_versions "
        "where file_name like 'lima/%' and record_number is not null order by 1, 2 limit 1",
    )[0]
    found = trace(
        settings, "fct_approvals", {"file_sha256": str(name), "record_number": str(sheet)}
    )

    assert found.root.sum
    (item,) = found.root.sum.items
    path = Path(settings.exports) / item["original_name"]
    text = path.read_bytes().decode(item["encoding"])
    signs = csv.Sniffer().sniff(text)
    record = list(csv.reader(text.splitlines(), signs))[item["record_number"] - 1]
    for cell in item["cells"]:
        assert record["ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(cell["column_letters"])] == (
            cell["raw_text"] or ""
        )
    assert {"amount_original", "approval_date", "donor_name"} <= {
        cell["field_name"] for cell in item["cells"]
    }


def test_a_rate_leads_to_the_record_that_states_it(settings: Settings) -> None:
    found = trace(settings, "rpt_approvals_by_year", {"year": "2006"})

    assert found.root.sum
    foreign = [item for item in found.root.sum.items if item["currency_code"] != "USD"]
    assert foreign
    for item in foreign:
        assert item["rate"]["original_name"].startswith("treasury/")
        assert item["rate"]["units_per_usd"] == item["exchange_rate"]
        assert item["rate"]["rate_set"] == item["rate_set"] == "synthetic"
        held = (item["rate"]["holds_from_date"], item["rate"]["holds_to_date"])
        assert held[0] <= item["approval_date"] <= held[1]
        exported_on = item["rate"]["original_name"].removesuffix(".csv")[-10:]
        assert item["rate"]["known_from_at"][:10] == exported_on
        assert f"Synthetic monthly rates, {held[0]} to {held[1]}, known from {exported_on}" in str(
            words.money(item)
        )


def test_what_falls_out_of_a_sum_is_named_with_its_reason(settings: Settings) -> None:
    found = trace(settings, "rpt_approvals_by_year", {"year": "2006"})

    assert found.root.sum
    groups = {group.reason: group for group in found.root.sum.excluded}
    assert {"duplicate", "quarantined", "withdrawn", "not_an_approval"} <= set(groups)
    assert groups["duplicate"].rows == len(groups["duplicate"].items)
    assert all(item["decision"] for item in groups["duplicate"].items)
    assert {item["reason_code"] for item in groups["quarantined"].items} == {"amount_unreadable"}
    assert "quarantined, no date could be read" in groups


WRONG = {
    "contributions": "update marts.lineage_contributions set amount_usd = amount_usd + 0.01 "
    "where dimension = 'total' and approval_year = 2006 and source_id = (select min(approval_id) "
    "from marts.fct_approvals where is_counted and approval_year = 2006)",
    "versions": "update marts.fct_approval_versions set amount_usd = amount_usd + 0.01 where "
    "is_current and approval_id = (select min(approval_id) from marts.fct_approvals "
    "where is_counted and approval_year = 2006)",
    "records": "update marts.fct_approval_versions set exchange_rate = exchange_rate * 2 where "
    "is_current and approval_id = (select min(approval_id) from marts.fct_approvals "
    "where is_counted and approval_year = 2006 and currency_code <> 'USD')",
    "cells": "update marts.lineage_records set raw_cells = replace(raw_cells, '0', '1')",
}


@pytest.mark.parametrize("level", WRONG)
def test_a_level_that_was_changed_does_not_agree(
    settings: Settings, altered: Callable[[str], str], level: str
) -> None:
    release = altered(WRONG[level])

    found = trace(settings, "rpt_approvals_by_year", {"year": "2006"}, release_id=release, limit=0)

    assert not found.agrees
    assert found.root.sum
    assert level in {said.name for said in found.root.sum.levels if not said.agrees}


def test_the_documented_joins_add_up_to_the_figure(database: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "trace.md").read_text(encoding="utf-8")
    query = page.split("```sql\n")[1].split("```")[0]

    found = rows(database, f"select sum(amount_usd), count(*), count(raw_text) from ({query})")
    ((local,),) = rows(
        database,
        "select local_usd from marts.rpt_local_mobilisation_by_year where approval_year = 2002",
    )

    assert found[0][0] == local
    assert found[0][1] == found[0][2]
