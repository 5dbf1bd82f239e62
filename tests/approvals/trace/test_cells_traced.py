"""What stands at the end of a trace: cells, rates, what is left out, and what has been changed."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from approvals.settings import Settings
from approvals.trace import trace, words
from tests.approvals.trace.query import rows


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
    assert {item["reason_code"] for item in groups["quarantined"].items} == {
        *("amount_unreadable", "currency_unknown"),
    }
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
