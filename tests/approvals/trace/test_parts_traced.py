"""Figures of a member within a funding source, and of what an agreement comes to.

Not here: how those figures are computed (tests/dbt_project).
"""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from approvals.settings import Settings
from approvals.trace import trace
from tests.approvals.trace.query import BELOW_A_FIGURE, rows
from tests.command import run_approvals

CENT = Decimal("0.01")
PARTS = {
    "M18": ("sum", 2, "donor_id = regular-budget"),
    "M19": ("mean", 9, "region_id = africa"),
    "M20": ("sum", 3, "donor_group_id = Governments"),
    "M27": ("sum", 1, "funding_source_id = regular-budget"),
}
"""Figure → combination, rows that it adds up, whose part of them."""
AGREEMENTS = {"M21": ("sum", "70.00", "NET-2006"), "M22": ("mean", "50.00", "SID-2007")}
DOCUMENTED = f"""
select sum(c.amount_usd) {BELOW_A_FIGURE}
inner join marts.fct_approvals as a on c.source_id = a.approval_id
where f.figure_id = '{{}}' and f.classification <> 'today'
    and a.{{}}_id = f.member_id and f.part_dimension = '{{}}'
"""


@pytest.mark.parametrize("figure_id", PARTS)
def test_a_member_within_a_funding_source_is_traced_to_its_part_of_the_rows(
    settings: Settings, figure_id: str
) -> None:
    operation, row_count, member = PARTS[figure_id]

    found = trace(settings, figure_id, {}, limit=None)

    assert found.agrees
    assert (found.root.operation, len(found.root.operands)) == (operation, row_count)
    assert found.root.recomputed == found.root.value is not None
    for step in found.root.operands:
        assert step.operation == "part"
        assert member in step.formula
        assert step.sum
        assert sum(Decimal(item["contributed_usd"]) for item in step.sum.items) == Decimal(
            step.value or 0
        )
        column, _, name = member.partition(" = ")
        if column != "donor_group_id":  # no part of an item
            assert {item[column] for item in step.sum.items} <= {name}


@pytest.mark.parametrize(
    ("figure_id", "dimension", "divisor"),
    [
        ("M18", "donor", 1000),
        ("M19", "region", 3000),
        ("M20", "donor_group", 1_000_000),
        ("M27", "funding_source", 1_000_000),
    ],
)
def test_a_part_adds_up_by_the_joins_of_the_release(
    database: Path, figure_id: str, dimension: str, divisor: int
) -> None:
    ((added,),) = rows(database, DOCUMENTED.format(figure_id, dimension, dimension))

    ((value,),) = rows(
        database, f"select value from marts.rpt_published_figures where figure_id = '{figure_id}'"
    )
    assert (Decimal(str(added)) / divisor).quantize(CENT, ROUND_HALF_UP) == Decimal(str(value))


def test_a_part_that_was_changed_does_not_agree_with_its_figure(
    settings: Settings, altered: Callable[[str], str]
) -> None:
    release = altered(
        "update marts.lineage_contributions set amount_usd = amount_usd + 1000 "
        "where dimension = 'funding_source' and member_id = 'regular-budget'"
    )

    assert not trace(settings, "M18", {}, release_id=release, limit=0).root.agrees


@pytest.mark.parametrize("figure_id", AGREEMENTS)
def test_what_an_agreement_comes_to_leads_to_the_cell_of_its_record(
    settings: Settings, figure_id: str
) -> None:
    operation, value, reference = AGREEMENTS[figure_id]

    found = trace(settings, figure_id, {})

    assert found.agrees
    assert (found.root.operation, found.root.recomputed) == (operation, value)
    (step,) = found.root.operands
    assert step.sum
    (item,) = step.sum.items
    (cell,) = [cell for cell in item["cells"] if cell["field_name"] == "amount_original"]
    assert item["agreement_reference"] == reference
    assert item["file_name"].startswith("partnerships/")
    assert (step.value, cell["raw_text"] is not None) == (step.recomputed, True)


def test_a_cell_of_an_agreement_that_was_changed_does_not_agree(
    settings: Settings, altered: Callable[[str], str]
) -> None:
    release = altered("update marts.lineage_records set raw_cells = replace(raw_cells, '7', '8')")

    found = trace(settings, "M21", {}, release_id=release)

    assert not found.agrees
    assert found.root.agrees


@pytest.mark.parametrize("figure_id", ["M18", "M21", "H17"])
def test_parts_and_agreements_are_shown(settings: Settings, figure_id: str, tmp_path: Path) -> None:
    done = run_approvals(settings.home, "trace", figure_id)
    page = run_approvals(settings.home, "trace", figure_id, "--html", str(tmp_path / "page.html"))

    assert (done.returncode, page.returncode) == (0, 0)
    assert "every level agrees" in done.stdout
