"""From a change to its two files, and what stands on no record."""

from decimal import Decimal
from pathlib import Path

from approvals.settings import Settings
from approvals.trace import trace
from tests.approvals.trace.query import rows


def test_a_restatement_leads_to_its_two_files(settings: Settings, database: Path) -> None:
    ((restatement, before, after, change),) = rows(
        database,
        "select restatement_id, value_before, value_after, change_usd "
        "from marts.fct_approval_restatements where field_name = 'effective_usd' "
        "and record_number is not null and change_reason in ('revision', 'correction') "
        "order by change_usd desc limit 1",
    )

    found = trace(settings, "fct_approval_restatements", {"restatement_id": str(restatement)})

    assert found.agrees
    assert found.root.value == str(change)
    assert Decimal(str(after)) - Decimal(str(before)) == change
    items = [step.sum.items[0] for step in found.root.operands if step.sum]
    assert items[0]["file_sha256"] != items[1]["file_sha256"]
    assert items[0]["version_number"] + 1 == items[1]["version_number"]


def test_a_withdrawal_stands_on_no_record(settings: Settings, database: Path) -> None:
    ((version,),) = rows(
        database,
        "select approval_version_id from marts.fct_approval_versions where is_withdrawn "
        "order by 1 limit 1",
    )

    found = trace(settings, "fct_approval_versions", {"approval_version_id": str(version)})

    assert found.agrees
    assert found.root.sum
    cells = found.root.sum.levels[-1]
    assert (cells.name, cells.rows, cells.note) == (
        "cells",
        0,
        "1 withdrawn, and in the file no more",
    )


def test_a_late_report_has_one_file(settings: Settings, database: Path) -> None:
    ((restatement, change),) = rows(
        database,
        "select restatement_id, change_usd from marts.fct_approval_restatements "
        "where change_reason = 'late_report' order by change_usd desc limit 1",
    )

    found = trace(settings, "fct_approval_restatements", {"restatement_id": str(restatement)})

    assert found.agrees
    assert (found.root.value, len(found.root.operands)) == (str(change), 1)
