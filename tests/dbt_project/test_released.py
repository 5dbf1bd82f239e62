"""Records let out of quarantine: counted once, from their approval on, until it ends.

How values are typed and who may decide is tested in tests/approvals; here the journal is written
by its own writer and the marts are built by dbt.
"""

from datetime import date
from pathlib import Path
from typing import Any

from approvals.decisions import Entry, Journal
from tests.dbt_project.lake_builder import LakeBuilder
from tests.dbt_project.past_journal import append_on
from tests.dbt_project.warehouse import Warehouse, rows

PLACE = (
    "select md5(file_sha256 || '|approvals||' || record_number), file_sha256, record_number "
    "from read_parquet('{}/rejects/*/*.parquet', hive_partitioning = false) "
    "where raw_cells like '%{}%'"
)
VALUES = {
    "donor_name": "Norway",
    "recipient_name": "India",
    "sector_name": "Employment",
    "approval_date": "2006-05-15",
    "amount_original": "250.25",
    "currency_code": "USD",
    "funding_source_name": "Extra-budgetary",
    "status": "approved",
}


class Recorder:
    """Writes the journal as it was written on past days."""

    def __init__(self, lake: LakeBuilder) -> None:
        self._lake = lake.root
        self._journal = Journal(lake.root)

    def step(self, action: Any, reference: str, on: str, **values: Any) -> Entry:
        """Append one step about the record that holds a reference, as if on that day."""
        import duckdb

        query = PLACE.format(self._lake, reference)
        quarantine_id, sha256, number = duckdb.sql(query).fetchone() or (None, None, None)
        proposals = [e for e in self._journal.entries() if e.action == "propose"]
        entry = Entry(
            action,
            "quarantine",
            quarantine_id or "",
            "Ana" if action == "propose" else "Ben",
            "the agreement says so",
            "correct",
            proposal_hash=None if action == "propose" else proposals[-1].entry_hash,
            file_sha256=sha256,
            dataset="approvals",
            sheet_name="",
            record_number=number,
            **values,
        )
        return append_on(self._journal, on, entry)

    def release(self, reference: str, on: str, **values: str) -> Entry:
        """Propose a record with its reference and approve it, on one day."""
        row = {**VALUES, "office_reference": reference, **values}
        self.step("propose", reference, on, row_values=row, corrected={"amount_original": "250.25"})
        return self.step("approve", reference, on)


def reject(reference: str) -> dict[str, Any]:
    return {
        "raw_cells": f'["{reference}", "250,25"]',
        "approval_date": date(2006, 5, 15),
        "amount_original": 250.25,
        "currency_code": "USD",
    }


def fill(lake: LakeBuilder) -> Recorder:
    """One delta office with a good row and records in quarantine."""
    lake.add(
        "field",
        "2006-06-08",
        [{"office_reference": "GOOD", "amount_original": 1000}],
        rejected=[reject("NEW"), reject("WAITS"), reject("GOOD")],
    )
    return Recorder(lake)


def year(database: Path) -> tuple[Any, ...]:
    [found] = rows(
        database,
        "select approval_count, amount_usd, quarantined_count, amount_with_quarantine_usd "
        "from marts.rpt_approvals_by_year where approval_year = 2006",
    )
    return tuple(float(value) for value in found)


def test_a_released_record_counts_once_and_says_by_which_decision(warehouse: Warehouse) -> None:
    decision: list[Entry] = []

    def released(lake: LakeBuilder) -> None:
        decision.append(fill(lake).release("NEW", "2007-02-01"))

    before = warehouse.build("quarantine-before", fill).database
    after = warehouse.build("quarantine-after", released).database

    assert year(before) == (1, 1000, 2, 1500.5)
    assert year(after) == (2, 1250.25, 1, 1500.5)  # in one of the two totals, never in both
    assert rows(
        after,
        "select office_reference, amount_usd::varchar, record_number, file_name, decision_id, "
        "known_from_at::varchar from marts.fct_approvals where decision_id is not null",
    ) == [
        (
            "NEW",
            "250.25",
            100,
            "field/2006-06-08.csv",
            decision[0].entry_hash,
            "2007-02-01 09:00:00",
        )
    ]
    states = "select state, count(*) from quality.quarantine group by all order by all"
    assert rows(after, states) == [("released", 1), ("waiting", 2)]
    assert rows(
        after,
        "select decision, proposed_by, decided_by, corrected_values, ended_at, entry_number "
        "from quality.decisions where decision_id in (select decision_id from quality.quarantine)",
    ) == [("correct", "Ana", "Ben", '{"amount_original":"250.25"}', None, 2)]


def test_what_was_known_before_the_approval_stays_what_it_was(warehouse: Warehouse) -> None:
    def released(lake: LakeBuilder) -> None:
        fill(lake).release("NEW", "2007-02-01")

    then = warehouse.build("quarantine-then", released, date(2007, 1, 31)).database
    later = warehouse.build("quarantine-later", released, date(2007, 2, 1)).database

    assert year(then) == (1, 1000, 2, 1500.5)
    assert year(later) == (2, 1250.25, 1, 1500.5)
    assert rows(then, "select count(*) from quality.decisions") == [0]


def test_an_approval_that_has_ended_puts_the_record_back(warehouse: Warehouse) -> None:
    def expired(lake: LakeBuilder) -> None:
        recorder = fill(lake)
        recorder.release("NEW", "2007-02-01")
        recorder.step("expire", "NEW", "2007-03-01")

    now = warehouse.build("quarantine-expired", expired).database

    assert year(now) == (1, 1000, 2, 1500.5)
    assert rows(
        now,
        "select version_kind, known_from_at::date::varchar, known_to_at::date::varchar "
        "from marts.fct_approval_versions where decision_id is not null order by version_number",
    ) == [("new", "2007-02-01", "2007-03-01"), ("withdrawn", "2007-03-01", None)]
    assert rows(now, "select count(*) from quality.quarantine where state = 'expired'") == [1]


def test_a_released_revision_overtaken_by_a_later_export_changes_nothing(
    warehouse: Warehouse,
) -> None:
    def overtaken(lake: LakeBuilder) -> None:
        recorder = fill(lake)
        lake.add("field", "2006-09-08", [{"office_reference": "GOOD", "amount_original": 2000}])
        recorder.release("GOOD", "2007-02-01")

    now = warehouse.build("quarantine-overtaken", overtaken).database

    assert rows(now, "select amount_usd::varchar, decision_id from marts.fct_approvals") == [
        ("2000.00", None)
    ]


def test_rejected_and_open_proposals_change_no_figure(warehouse: Warehouse) -> None:
    def undecided(lake: LakeBuilder) -> None:
        recorder = fill(lake)
        recorder.step("propose", "NEW", "2007-02-01", row_values=VALUES)
        recorder.step("reject", "NEW", "2007-02-02")
        recorder.step("propose", "WAITS", "2007-02-03", row_values=VALUES)

    now = warehouse.build("quarantine-undecided", undecided).database

    assert year(now) == (1, 1000, 2, 1500.5)
    states = "select state, count(*) from quality.quarantine group by all order by all"
    assert rows(now, states) == [("proposed", 1), ("rejected", 1), ("waiting", 1)]
