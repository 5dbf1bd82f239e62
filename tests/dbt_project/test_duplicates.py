"""Suspected duplicates: found by rule, in the totals until people decide, dated by the decision.

Who may decide is tested in tests/approvals; here the journal is written by its own writer and the
marts are built by dbt, once as known now and twice as known on the days between the decisions.
"""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from approvals.decisions import Entry, Journal
from tests.dbt_project.lake_builder import LakeBuilder
from tests.dbt_project.past_journal import append_on
from tests.dbt_project.warehouse import Warehouse, rows

DAYS = ["2006-12-31", "2007-02-28"]
PAIRS = """
    select suspicion, decision, decided_by, counted_office_id, counted_amount_usd::varchar
    from marts.rpt_duplicate_decisions order by suspicion, counted_amount_usd
"""
YEAR = """
    select approval_count, amount_usd::int, undecided_count, undecided_usd::int,
        amount_without_undecided_usd::int
    from marts.rpt_approvals_by_year where approval_year = 2006
"""
KNOWN_THEN = """
    select approval_id, effective_usd, is_duplicate, duplicate_decision_id
    from marts.fct_approval_versions
    where
        cast(known_from_at as date) <= '{day}'
        and (known_to_at is null or cast(known_to_at as date) > '{day}')
    order by approval_id
"""


def approval(office_id: str, reference: str) -> str:
    return hashlib.md5(f"{office_id}|office_reference|{reference}|1".encode()).hexdigest()  # noqa: S324


def pair(one: str, other: str) -> str:
    return hashlib.md5("|".join(sorted((one, other))).encode()).hexdigest()  # noqa: S324


def row(reference: str | None, title: str, amount: int, **values: Any) -> dict[str, Any]:
    return {
        "office_reference": reference,
        "project_title": title,
        "amount_original": amount,
        **values,
    }


def fill(lake: LakeBuilder) -> Journal:
    """Five suspicions: a symbol at both sides, two symbols, two offices, a row twice, a repeat."""
    lake.add(
        "field",
        "2006-04-10",
        [
            row("F1", "Rural roads", 1000, project_symbol="IND/06/01/NET"),
            row("F2", "Rural raods", 1000, project_symbol="IND/06/02/NET"),
            row("F3", "Schools", 1000, project_symbol="IND/06/03/NET"),
            row("F5", "Skills", 700, project_symbol="IND/06/05/NET", negotiation="local"),
            row("F6", "Youth", 300),
            row(None, "Mines", 50),
            row(None, "Mines", 50),
            row(None, "Mines", 60),
        ],
    )
    lake.add(
        "hq",
        "2006-05-10",
        [
            row("H1", "Skills", 700, project_symbol="IND/06/05/NET", negotiation="central"),
            row("H2", "YOUTH employment", 300),
        ],
    )
    lake.add("repeats", "2006-05-11", [row("R1", "Wells", 20), row("R1", "Wells", 20)])
    return Journal(lake.root)


def decided(lake: LakeBuilder) -> None:
    """One pair counts once, two months later no more; one rule is overruled."""
    journal = fill(lake)
    roads = (approval("field", "F1"), approval("field", "F2"))
    skills = (approval("hq", "H1"), approval("field", "F5"))
    decide(journal, "2007-01-10", "counts_once", *roads, suspicion="two_symbols")
    decide(journal, "2007-02-10", "legitimate_repeat", *skills, suspicion="reported_twice")
    decide(journal, "2007-03-10", "revoke", *roads)


def decide(
    journal: Journal, day: str, decision: str, counted: str, other: str, suspicion: str = ""
) -> None:
    values: dict[str, str | None] = {
        "suspicion": suspicion,
        "counted_approval_id": counted,
        "other_approval_id": other,
    }
    subject = pair(counted, other)
    proposal = append_on(
        journal,
        day,
        Entry("propose", "duplicate", subject, "Ana", "seen", decision, row_values=values),
    )
    approve = Entry(
        "approve", "duplicate", subject, "Ben", "so it is", decision, proposal.entry_hash
    )
    append_on(journal, day, approve)


@pytest.fixture(scope="module")
def now(warehouse: Warehouse) -> Path:
    return warehouse.build("duplicates-now", decided).database


@pytest.fixture(scope="module", params=DAYS)
def then(warehouse: Warehouse, request: pytest.FixtureRequest) -> tuple[str, Path]:
    day = request.param
    built = warehouse.build(f"duplicates-{day}", decided, date.fromisoformat(day))
    return day, built.database


def test_what_is_not_certain_is_undecided_and_shown_with_and_without(now: Path) -> None:
    assert rows(now, PAIRS) == [
        ("reported_twice", "legitimate_repeat", "Ben", "hq", "700.00"),
        ("same_reference", "legitimate_repeat", "rule", "repeats", "20.00"),
        ("same_row", "undecided", None, "field", "50.00"),
        ("same_row", "legitimate_repeat", "rule", "field", "60.00"),
        ("two_offices", "undecided", None, "field", "300.00"),
        ("two_symbols", "undecided", None, "field", "1000.00"),
    ]
    assert rows(now, YEAR) == [(12, 5200, 3, 1350, 3850)]


def test_totals_of_a_past_day_know_only_the_decisions_of_then(then: tuple[str, Path]) -> None:
    day, database = then

    assert rows(database, YEAR) == [
        {"2006-12-31": (11, 4500, 3, 1350, 3150), "2007-02-28": (11, 4200, 2, 350, 3850)}[day]
    ]


def test_history_of_a_day_is_what_a_build_as_known_then_says(
    now: Path, then: tuple[str, Path]
) -> None:
    day, database = then

    assert rows(now, KNOWN_THEN.format(day=day)) == rows(database, KNOWN_THEN.format(day=day))


def test_each_decision_is_a_restatement_on_its_day(now: Path) -> None:
    assert rows(
        now,
        "select known_from_at::date::varchar, approval_id, change_usd::int "
        "from marts.fct_approval_restatements where change_reason = 'double_count' "
        "and field_name = 'effective_usd' order by 1, 2",
    ) == [
        ("2006-05-10", approval("field", "F5"), -700),
        ("2007-01-10", approval("field", "F2"), -1000),
        ("2007-02-10", approval("field", "F5"), 700),
        ("2007-03-10", approval("field", "F2"), 1000),
    ]
    assert rows(
        now,
        "select d.decision, d.decided_by, d.ended_at::date::varchar from quality.decisions as d "
        "inner join marts.fct_approval_versions as v on v.duplicate_decision_id = d.decision_id",
    ) == [("counts_once", "Ben", "2007-03-10")]
