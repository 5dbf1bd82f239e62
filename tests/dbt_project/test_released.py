"""Records let out of quarantine: counted once, from their approval on, until it ends.

How values are typed and who may decide is tested in tests/approvals; here the journal is written
by its own writer and the marts are built by dbt. One lake holds all cases, each in a year of its
own.
"""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from approvals.decisions import Entry, Journal
from tests.dbt_project.lake_builder import LakeBuilder
from tests.dbt_project.past_journal import append_on
from tests.dbt_project.warehouse import Warehouse, rows

RELEASED, EXPIRED, OVERTAKEN, UNDECIDED = YEARS = (2003, 2004, 2005, 2006)
"""A case is the year in which its approvals lie."""
PLACE = (
    "select md5(file_sha256 || '|approvals||' || record_number), file_sha256, record_number "
    "from read_parquet('{}/rejects/*/*.parquet', hive_partitioning = false) "
    "where raw_cells like '%{}%'"
)
VALUES = {
    "donor_name": "Norway",
    "recipient_name": "India",
    "sector_name": "Employment",
    "amount_original": "250.25",
    "currency_code": "USD",
    "funding_source_name": "Extra-budgetary",
    "status": "approved",
}
BEFORE = (1, 1000, 2, 1500.5)
"""What a year holds while none of its records is released (`year`)."""


class Recorder:
    """Writes the journal as it was written on past days."""

    def __init__(self, lake: LakeBuilder) -> None:
        self._lake = lake.root
        self._journal = Journal(lake.root)

    def step(self, action: Any, reference: str, on: str, **values: Any) -> Entry:
        """Append one step about the record that holds a reference, as if on that day."""
        query = PLACE.format(self._lake, reference)
        quarantine_id, sha256, number = duckdb.sql(query).fetchone() or ("", None, None)
        proposals = [
            entry.entry_hash
            for entry in self._journal.entries()
            if (entry.action, entry.subject_id) == ("propose", quarantine_id)
        ]
        entry = Entry(
            action,
            "quarantine",
            quarantine_id,
            "Ana" if action == "propose" else "Ben",
            "the agreement says so",
            "correct",
            proposal_hash=None if action == "propose" else proposals[-1],
            file_sha256=sha256,
            dataset="approvals",
            sheet_name="",
            record_number=number,
            **values,
        )
        return append_on(self._journal, on, entry)

    def propose(self, reference: str, on: str) -> Entry:
        """Propose a record with its reference, with the amount put right."""
        approved_on = f"{reference[-4:]}-05-15"
        row = {**VALUES, "office_reference": reference, "approval_date": approved_on}
        corrected = {"amount_original": "250.25"}
        return self.step("propose", reference, on, row_values=row, corrected=corrected)

    def release(self, reference: str, on: str) -> Entry:
        """Propose a record and approve it, on one day."""
        self.propose(reference, on)
        return self.step("approve", reference, on)


def reject(reference: str, case: int) -> dict[str, Any]:
    return {
        "raw_cells": f'["{reference}-{case}", "250,25"]',
        "approval_date": date(case, 5, 15),
        "amount_original": 250.25,
        "currency_code": "USD",
    }


def fill(lake: LakeBuilder) -> None:
    """For each case a good row and records in quarantine, and what became of these."""
    for case in YEARS:
        good = {"office_reference": f"GOOD-{case}", "approval_date": date(case, 3, 15)}
        rejected = [reject(reference, case) for reference in ("NEW", "WAITS", "GOOD")]
        lake.add("field", f"{case}-06-08", [good | {"amount_original": 1000}], rejected=rejected)
        if case == OVERTAKEN:
            lake.add("field", f"{case}-09-08", [good | {"amount_original": 2000}])
    recorder = Recorder(lake)
    recorder.release(f"NEW-{RELEASED}", "2007-02-01")
    recorder.release(f"NEW-{EXPIRED}", "2007-02-01")
    recorder.release(f"GOOD-{OVERTAKEN}", "2007-02-01")
    recorder.propose(f"NEW-{UNDECIDED}", "2007-02-01")
    recorder.step("reject", f"NEW-{UNDECIDED}", "2007-02-02")
    recorder.propose(f"WAITS-{UNDECIDED}", "2007-02-03")
    recorder.step("expire", f"NEW-{EXPIRED}", "2007-03-01")


@pytest.fixture(scope="module")
def now(warehouse: Warehouse) -> Path:
    return warehouse.build("quarantine-now", fill).database


@pytest.fixture(scope="module")
def on_the_day(warehouse: Warehouse) -> Path:
    return warehouse.build("quarantine-on-the-day", fill, date(2007, 2, 1)).database


@pytest.fixture(scope="module")
def before(warehouse: Warehouse) -> Path:
    return warehouse.build("quarantine-before", fill, date(2007, 1, 31)).database


def year(database: Path, case: int) -> tuple[Any, ...]:
    [found] = rows(
        database,
        "select approval_count, amount_usd, quarantined_count, amount_with_quarantine_usd "
        f"from marts.rpt_approvals_by_year where approval_year = {case}",
    )
    return tuple(float(value) for value in found)


def states(database: Path, case: int) -> list[tuple[str, int]]:
    return rows(
        database,
        "select state, count(*) from quality.quarantine "
        f"where year(approval_date) = {case} group by all order by all",
    )


def test_a_released_record_counts_once_and_says_by_which_decision(now: Path, before: Path) -> None:
    assert year(before, RELEASED) == BEFORE
    assert year(now, RELEASED) == (2, 1250.25, 1, 1500.5)  # in one of the totals, never in both
    [(decision_id, *record)] = rows(
        now,
        "select decision_id, office_reference, amount_usd::varchar, record_number, file_name, "
        "known_from_at::varchar from marts.fct_approvals "
        f"where decision_id is not null and approval_year = {RELEASED}",
    )
    assert record == ["NEW-2003", "250.25", 100, "field/2003-06-08.csv", "2007-02-01 09:00:00"]
    assert states(now, RELEASED) == [("released", 1), ("waiting", 2)]
    [(released, *decided)] = rows(
        now,
        "select d.decision_id, d.decision, d.proposed_by, d.decided_by, d.corrected_values, "
        "d.ended_at, d.entry_number from quality.decisions as d "
        "inner join quality.quarantine as q using (decision_id) "
        f"where year(q.approval_date) = {RELEASED}",
    )
    assert released == decision_id
    assert decided == ["correct", "Ana", "Ben", '{"amount_original":"250.25"}', None, 2]


def test_what_was_known_before_the_approval_stays_what_it_was(
    before: Path, on_the_day: Path
) -> None:
    for case in (RELEASED, EXPIRED):
        assert year(before, case) == BEFORE
        assert year(on_the_day, case) == (2, 1250.25, 1, 1500.5)
    assert rows(before, "select count(*) from quality.decisions") == [0]


def test_an_approval_that_has_ended_puts_the_record_back(now: Path) -> None:
    assert year(now, EXPIRED) == BEFORE
    assert rows(
        now,
        "select version_kind, known_from_at::date::varchar, known_to_at::date::varchar "
        "from marts.fct_approval_versions "
        f"where decision_id is not null and approval_year = {EXPIRED} order by version_number",
    ) == [("new", "2007-02-01", "2007-03-01"), ("withdrawn", "2007-03-01", None)]
    assert states(now, EXPIRED) == [("expired", 1), ("waiting", 2)]


def test_a_released_revision_overtaken_by_a_later_export_changes_nothing(now: Path) -> None:
    assert rows(
        now,
        "select amount_usd::varchar, decision_id from marts.fct_approvals "
        f"where approval_year = {OVERTAKEN}",
    ) == [("2000.00", None)]


def test_rejected_and_open_proposals_change_no_figure(now: Path) -> None:
    assert year(now, UNDECIDED) == BEFORE
    assert states(now, UNDECIDED) == [("proposed", 1), ("rejected", 1), ("waiting", 1)]
