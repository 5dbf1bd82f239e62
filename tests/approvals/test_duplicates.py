"""Suspected duplicates as people work on them: states, evidence, and what is refused.

The release here is two tables written by hand: how duplicates are found, and what a decision
changes in the marts, is tested in tests/dbt_project/test_duplicates.py.
"""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from approvals import duplicates
from approvals.decisions import Entry
from approvals.duplicates import Decision, SuspectedDuplicate, suspected_duplicate
from approvals.errors import (
    ConfigurationError,
    DecisionRefusedError,
    FourEyesError,
    NoReleaseError,
    RecordNotFoundError,
)
from approvals.settings import Settings

APPROVALS = """
create schema marts;
create table marts.fct_approvals as
select id || repeat('0', 26) as approval_id, office_id, 'R' || id as office_reference,
    'S' || id as project_symbol, 'Skills' as project_title, 'norway' as donor_id,
    'IND' as recipient_id, date '2006-03-01' as approval_date, 5.00 as amount_original,
    'USD' as currency_code, 5.00 as amount_usd, 'local' as negotiation, 'approved' as status,
    id || '.csv' as file_name, '' as sheet_name, 2::bigint as record_number
from (values ('aaaaaa', 'hq'), ('bbbbbb', 'lima'), ('cccccc', 'lima')) as a (id, office_id)
"""
PAIRS = """
create table marts.rpt_duplicate_decisions as
select id || repeat('0', 26) as duplicate_decision_id, suspicion, decision, 'same facts' as reason,
    decided_by, null::varchar as decision_id, timestamp '2006-04-01' as known_from_at,
    false as is_disputed, counted || repeat('0', 26) as counted_approval_id,
    other || repeat('0', 26) as other_approval_id, 'f1' as counted_file_sha256,
    'f2' as other_file_sha256
from (values
    ('111111', 'two_symbols', 'undecided', null, 'aaaaaa', 'bbbbbb'),
    ('222222', 'same_row', 'undecided', null, 'bbbbbb', 'cccccc'),
    ('333333', 'reported_twice', 'counts_once', 'rule', 'aaaaaa', 'cccccc'),
    ('444444', 'same_reference', 'counts_once', 'rule', 'aaaaaa', 'aaaaaa')
) as p (id, suspicion, decision, decided_by, counted, other)
"""
WHO = {"by": "Ana", "reason": "seen"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    current = tmp_path / "home" / "releases" / "current"
    current.mkdir(parents=True)
    with duckdb.connect(str(current / "approvals.duckdb")) as connection:
        connection.execute(APPROVALS)
        connection.execute(PAIRS)
    return Settings(home=tmp_path / "home")


def propose(
    settings: Settings, pair: str, decision: Decision = "counts_once", counts: str | None = None
) -> Entry:
    return duplicates.propose(settings, pair, decision=decision, counts=counts, **WHO)


def approve(settings: Settings, pair: str) -> Entry:
    return duplicates.decide(settings, "approve", pair, by="Ben", reason="so it is")


def listed(settings: Settings, state: str | None = None) -> list[tuple[str, str]]:
    found = duplicates.suspected_duplicates(settings, state=state)
    return [(pair.duplicate_id[:6], pair.state) for pair in found]


def counted(entry: Entry) -> str:
    return str((entry.row_values or {})["counted_approval_id"])[:6]


def test_what_waits_for_a_person_is_listed_and_the_rest_on_demand(settings: Settings) -> None:
    propose(settings, "222222")
    propose(settings, "333333", "legitimate_repeat")
    approve(settings, "333333")

    assert listed(settings) == [("222222", "proposed"), ("111111", "undecided")]
    assert listed(settings, "decided") == [("333333", "decided")]
    assert len(listed(settings, "all")) == 3  # a repeat of one approval is nobody's to decide
    assert [
        pair.duplicate_id[:6] for pair in duplicates.suspected_duplicates(settings, office_id="hq")
    ] == ["111111"]


@pytest.mark.parametrize(
    ("decision", "counts", "expected"),
    [
        pytest.param("counts_once", None, "aaaaaa", id="the-first"),
        pytest.param("revision", None, "bbbbbb", id="the-later"),
        pytest.param("counts_once", "bbbbbb", "bbbbbb", id="as-named"),
    ],
)
def test_a_proposal_says_which_counts_and_keeps_the_evidence(
    settings: Settings, decision: Decision, counts: str | None, expected: str
) -> None:
    entry = propose(settings, "111111", decision, counts)

    assert counted(entry) == expected
    assert (entry.kind, entry.decision, entry.dataset) == ("duplicate", decision, "approvals")
    assert entry.row_values is not None
    assert entry.row_values["suspicion"] == "two_symbols"
    assert {entry.row_values["counted_office_id"], entry.row_values["other_office_id"]} == {
        "hq",
        "lima",
    }
    assert entry.file_sha256 == ("f2" if expected == "aaaaaa" else "f1")


def test_four_eyes_decide_and_two_may_end_it(settings: Settings) -> None:
    propose(settings, "111111")
    with pytest.raises(FourEyesError):
        duplicates.decide(settings, "approve", "111111", by="ANA", reason="mine")
    approve(settings, "111111")
    duplicates.revoke(settings, "111111", by="Ben", reason="two agreements")
    duplicates.decide(settings, "approve", "111111", by="Ana", reason="true")

    pair: SuspectedDuplicate = suspected_duplicate(settings, "111111")
    assert pair.state == "undecided"
    assert [step["decision"] for step in pair.as_json()["history"]] == [
        *("counts_once", "counts_once", "revoke", "revoke")
    ]


def test_nothing_counts_that_two_people_have_decided_does_not(settings: Settings) -> None:
    propose(settings, "222222")  # b counts and c does not
    propose(settings, "111111", counts="bbbbbb")
    approve(settings, "222222")
    with pytest.raises(DecisionRefusedError, match="does not count by the decision"):
        propose(settings, "333333", counts="cccccc")
    propose(settings, "333333")  # a counts and c does not: nobody loses twice over
    approve(settings, "333333")
    approve(settings, "111111")
    with pytest.raises(DecisionRefusedError, match="does not count"):
        propose(settings, "333333", counts="aaaaaa")  # a loses against b since


def test_what_is_not_there_is_refused_with_the_fix(settings: Settings, tmp_path: Path) -> None:
    for unclear in ("11111", "ffffff", "444444"):
        with pytest.raises(RecordNotFoundError, match="duplicates list"):
            suspected_duplicate(settings, unclear)
    with pytest.raises(ConfigurationError, match="--state"):
        listed(settings, "open")
    with pytest.raises(ConfigurationError, match="--counts"):
        propose(settings, "111111", counts="cccccc")
    with pytest.raises(ConfigurationError, match="--expires"):
        duplicates.propose(
            settings, "111111", decision="revision", expires_on=date(2007, 1, 1), **WHO
        )
    with pytest.raises(DecisionRefusedError, match="duplicates propose"):
        approve(settings, "111111")
    with pytest.raises(NoReleaseError):
        suspected_duplicate(Settings(home=tmp_path / "empty"), "111111")
