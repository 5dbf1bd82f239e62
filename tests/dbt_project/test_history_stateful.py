"""Two clocks against a naive model: offices keep books, change them and export them in any order.

Hypothesis decides what offices and the treasury do and how members are classified; at the end the
models run on what was sent and said, and on the last day of every file each approval must be what
tests/dbt_project/naive_history.py says. The order of arrival is that of the steps, days are drawn
freely: most files come late, and the model never sees when one came. A longer run:
`HISTORY_EXAMPLES=300 pytest <this file>`.
"""

import os
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from approvals.build import Candidate
from tests.dbt_project.lake_builder import Row
from tests.dbt_project.naive_history import ROLES, known_at, members_on, totals
from tests.dbt_project.random_lake import Sent
from tests.dbt_project.reclassified import may_be_said, statements
from tests.dbt_project.released import Released
from tests.dbt_project.replay import Replay
from tests.dbt_project.warehouse import Warehouse

EXAMPLES = int(os.environ.get("HISTORY_EXAMPLES", "25"))
CHANCE = settings(
    max_examples=EXAMPLES,
    stateful_step_count=14,
    deadline=None,
    derandomize=EXAMPLES == 25,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
FIRST_DAY = date(2007, 1, 5)
MONTHS = [date(2005, 12, 1), date(2006, 3, 1)]
days = st.integers(0, 9).map(lambda offset: FIRST_DAY + timedelta(days=7 * offset))
offices = st.sampled_from(sorted(ROLES))
years = st.sampled_from([2005, 2006, None])
references = st.sampled_from(["R1", "R2", "R3"])
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "amount_original": st.sampled_from([100, 250, -40]),
    "currency_code": st.sampled_from(["USD", "EUR"]),
    "approval_date": st.sampled_from([month + timedelta(days=9) for month in MONTHS]),
    "project_symbol": st.sampled_from([None, "RAS/06/01/NET", "ras/06/01/ NET", "RAF/06/02/NOR"]),
    "project_title": st.sampled_from(["Decent work", "Decent work for all"]),
    "negotiation": st.sampled_from(["central", "local", None]),
    "status": st.sampled_from(["approved", "revised", "forecast", "cancelled"]),
    "recipient_name": st.sampled_from(["India", "Chad"]),
    "donor_name": st.sampled_from(["Netherlands", "Petrobras"]),
    "sector_name": st.sampled_from(["Employment", "Social Dialogue"]),
    "funding_source_name": st.sampled_from(["Extra-budgetary", "Regular budget (RBTC)", "Other"]),
}
THEN = """
    select approval_id, is_withdrawn, is_duplicate, is_effective, status, amount_original,
        currency_code, amount_usd, approval_date, negotiation, project_symbol, region_id,
        sector_id, donor_group_id
    from marts.fct_approval_versions
    where known_from_at::date <= ?::date and (known_to_at is null or known_to_at::date > ?::date)
"""
TODAY = """
    select approval_id, today_region_id, today_sector_id, today_donor_group_id
    from marts.fct_approvals
"""
VINTAGE = """
    select approval_year, approval_count, amount_usd from marts.rpt_approval_vintages
    where known_date <= ?::date
    qualify row_number() over (partition by approval_year order by known_date desc) = 1
    order by approval_year
"""
BROKEN = """
    select * from (
        select *, row_number() over own as place, lead(known_from_at) over own as following
        from marts.fct_approval_versions
        window own as (partition by approval_id order by version_number)
    )
    where version_number <> place or known_to_at is distinct from following
        or known_to_at <= known_from_at or is_current <> (known_to_at is null)
"""
PARTS = """
    select * from marts.rpt_approval_vintages
    where change_usd <> new_report_usd + late_report_usd + revision_usd + correction_usd
        + reclassification_usd + withdrawal_usd + reinstatement_usd + exchange_rate_usd
        + double_count_usd
"""


class History(RuleBasedStateMachine):
    """Three offices with books of their own, a treasury, and who says where members belong."""

    replay: ClassVar[Replay]

    def __init__(self) -> None:
        """Begin with empty books and nothing sent."""
        super().__init__()
        self.books: dict[str, dict[str, Row]] = {office: {} for office in ROLES}
        self.files: list[Sent] = []
        self.released: list[Released] = []
        self.said: list[Row] = []

    @initialize(
        row=st.fixed_dictionaries(FIELDS),
        first=days,
        second=days,
        said=st.lists(statements(days), min_size=1, max_size=3),
    )
    def begin(self, row: Row, first: date, second: date, said: list[Row]) -> None:
        """Both sides report the first approval, in a currency of which one rate is stated."""
        self.reclassify(said)
        shared = {"project_symbol": "RAS/06/01/NET", "status": "approved", "currency_code": "EUR"}
        for office, day in (("hq", first), ("field", second)):
            self.books[office] = {"R1": row | shared, "R2": dict(row)}
            self.export_all(office, day, None, "R1", True)
        self.state_rate(first, row["approval_date"].replace(day=1), 0.5)

    @rule(office=offices, day=days, reference=references, row=st.fixed_dictionaries(FIELDS))
    def approve(self, office: str, day: date, reference: str, row: Row) -> None:
        """Enter an approval, or another one under a reference that was used, and report it."""
        self.books[office][reference] = row
        self.export_some(office, day, [reference], True)

    @rule(data=st.data(), office=offices, day=days, field=st.sampled_from(sorted(FIELDS)))
    def change(self, data: st.DataObject, office: str, day: date, field: str) -> None:
        """Revise, correct, cancel, retitle or move an approval to another symbol or year."""
        if self.books[office]:
            reference = data.draw(st.sampled_from(sorted(self.books[office])))
            self.books[office][reference] = self.books[office][reference] | {
                field: data.draw(FIELDS[field])
            }
            self.export_some(office, day, [reference], True)

    @rule(office=offices, day=days, reference=references, year=years)
    def strike(self, office: str, day: date, reference: str, year: int | None) -> None:
        """Take an approval out of the books; entered again it is reinstated."""
        self.books[office].pop(reference, None)
        self.export_all(office, day, year, reference, True)

    @rule(office=offices, day=days, year=years, unread=references, is_read=st.booleans())
    def export_all(
        self, office: str, day: date, year: int | None, unread: str, is_read: bool
    ) -> None:
        """Export the books whole, or those of a year; one record may be unreadable."""
        rows, rejected = [], []
        for reference, row in sorted(self.books[office].items()):
            if reference == unread and not is_read:
                rejected.append({"raw_cells": f'["{reference}", "?"]'})
            elif year is None or row["approval_date"].year == year:
                rows.append({"office_reference": reference, **row})
        self._send(Sent(office, day, rows, coverage="cumulative", year=year, rejected=rejected))

    @rule(
        office=offices,
        day=days,
        chosen=st.lists(references, max_size=4),
        named=st.booleans(),
        unread=st.lists(st.sampled_from(["R1", "R2", "?"]), max_size=2),
        year=years,
    )
    def export_some(
        self,
        office: str,
        day: date,
        chosen: list[str],
        named: bool,
        unread: Sequence[str] = (),
        year: int | None = None,
    ) -> None:
        """Export a delta; a record may stand twice in it, without its reference, or unreadable."""
        rows = [
            {"office_reference": reference if named else None, **self.books[office][reference]}
            for reference in chosen
            if reference in self.books[office]
        ]
        rejected: list[Row] = [{"raw_cells": f'["{reference}"]'} for reference in unread]
        self._send(Sent(office, day, rows, year=year, rejected=rejected))

    @rule(
        data=st.data(),
        day=days,
        held=st.sampled_from([None, 7, 21]),
        reference=references,
        named=st.booleans(),
        amount=FIELDS["amount_original"],
    )
    def release(
        self,
        data: st.DataObject,
        day: date,
        held: int | None,
        reference: str,
        named: bool,
        amount: int,
    ) -> None:
        """Let a record out of quarantine, for good or for a time, as one that the books have."""
        waiting = [
            (file, place)
            for file in self.files
            for place in range(len(file.rejected))
            if reference in self.books[file.office_id]
            and not any(
                one.file is file and one.place == place and _is_open(one, day, held)
                for one in self.released
            )
        ]
        if waiting:
            file, place = data.draw(st.sampled_from(waiting))
            row = self.books[file.office_id][reference] | {"amount_original": amount}
            own = {"office_reference": reference if named else None}
            ended_on = None if held is None else day + timedelta(days=held)
            self.released.append(Released(file, place, own | row, day, ended_on))

    @rule(day=days, month=st.sampled_from(MONTHS), rate=st.sampled_from([0.5, 0.75, 3]))
    def state_rate(self, day: date, month: date, rate: float) -> None:
        """State a rate, or state it otherwise."""
        row = {"currency_code": "EUR", "rate_month": month, "units_per_usd": rate}
        self._send(Sent("treasury", day, [row], dataset="rates"))

    @rule(said=st.lists(statements(days), min_size=1, max_size=3))
    def reclassify(self, said: list[Row]) -> None:
        """Say what members are on some days of approval, or say it otherwise, or take it back."""
        for row in said:
            if may_be_said([*self.said, row]):
                self.said.append(row)

    def _send(self, file: Sent) -> None:
        same = [(sent.office_id, sent.exported_on, str(sent.rows)) for sent in self.files]
        if (file.office_id, file.exported_on, str(file.rows)) not in same:
            self.files.append(file)

    def teardown(self) -> None:
        """Compare what the models say of every day with what the rules say."""
        if not self.files:  # a run that ended before its first step
            return
        released, said = tuple(self.released), tuple(self.said)
        self.replay.load(self.files, released, said)
        steps = {step for one in released for step in (one.approved_on, one.ended_on) if step}
        steps |= {row["known_from"] for row in said if row["known_from"]}
        for day in sorted(steps | {file.exported_on for file in self.files}):
            known = known_at(self.files, day, released, said)
            found = self.replay.connection.execute(THEN, [day, day]).fetchall()
            assert {row[0]: row[1:] for row in found} == _expected(known), day
            assert len(found) == len(known), day
            vintage = self.replay.connection.execute(VINTAGE, [day]).fetchall()
            assert [row for row in vintage if row[1]] == totals(known), day
        today = max(
            *(file.exported_on for file in self.files if file.dataset == "approvals"),
            *(row["known_from"] or date.min for row in said),
        )
        assert {row[0]: row[1:] for row in self.replay.rows(TODAY)} == {
            approval_id: members_on(today, approval.record, list(said))
            for approval_id, approval in known.items()
        }
        assert self.replay.rows(BROKEN) == []
        assert self.replay.rows(PARTS) == []


def _is_open(one: Released, day: date, held: int | None) -> bool:
    """Whether an approval holds on a day of another one of its record, or after it."""
    is_over = one.ended_on is not None and one.ended_on <= day
    is_to_come = held is not None and day + timedelta(days=held) <= one.approved_on
    return not (is_over or is_to_come)


def _expected(known: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Return what the marts must show of each approval."""
    return {
        approval_id: (
            *(approval.is_withdrawn, approval.is_duplicate, approval.counts),
            *(approval.record["status"], approval.record["amount_original"]),
            *(approval.record["currency_code"], approval.amount_usd),
            approval.record["approval_date"],
            approval.record.get("negotiation") or "not-stated",
            approval.record.get("project_symbol"),
            *approval.members,
        )
        for approval_id, approval in known.items()
    }


@pytest.fixture(scope="module")
def replay(warehouse: Warehouse, year_2006: Candidate) -> Replay:
    return Replay(year_2006, warehouse.settings.lake)


def test_history_is_what_the_naive_rules_say_of_every_day(replay: Replay) -> None:
    History.replay = replay

    run_state_machine_as_test(History, settings=CHANCE)
