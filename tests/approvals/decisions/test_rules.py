"""Who may decide what: four eyes, one decision for each proposal, and an end where one was set."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from approvals.decisions import Entry, Journal
from approvals.decisions.rules import deciding, ended, expiring, proposing, standings
from approvals.errors import ConfigurationError, DecisionRefusedError, FourEyesError


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path)


def propose(journal: Journal, by: str = "Ana Silva", expires_at: str | None = None) -> Entry:
    entry = Entry(
        "propose", "quarantine", "q", by, "typing error", "correct", expires_at=expires_at
    )
    return journal.append(proposing(entry))


def state(journal: Journal) -> str:
    return standings(journal.entries())["q"].state


@pytest.mark.parametrize("name", ["Ana Silva", "ana  silva", " ANASILVA ", "Ana\u00a0Silva"])
def test_the_proposer_cannot_approve(journal: Journal, name: str) -> None:
    propose(journal)

    with pytest.raises(FourEyesError, match="another person"):
        journal.append(deciding("approve", "q", name, "it is right"))

    assert state(journal) == "proposed"


def test_another_person_approves_and_it_is_decided_once(journal: Journal) -> None:
    proposal = propose(journal)
    approval = journal.append(deciding("approve", "q", "Ben", "it is right"))

    assert approval.proposal_hash == proposal.entry_hash
    assert state(journal) == "released"
    for again in (deciding("approve", "q", "Eva", "too"), deciding("reject", "q", "Eva", "no")):
        with pytest.raises(DecisionRefusedError, match="no proposal for it is open"):
            journal.append(again)
    with pytest.raises(DecisionRefusedError, match="released by Ben"):
        propose(journal, "Eva")


def test_a_rejected_proposal_may_be_followed_by_a_new_one(journal: Journal) -> None:
    propose(journal)
    with pytest.raises(DecisionRefusedError, match="approve or reject that first"):
        propose(journal, "Eva")
    journal.append(deciding("reject", "q", "Ben", "the year is wrong"))
    assert state(journal) == "rejected"

    propose(journal, "Eva")

    assert state(journal) == "proposed"


def test_an_approval_ends_when_it_says(journal: Journal) -> None:
    expiry = datetime.now(UTC) + timedelta(hours=1)
    propose(journal, expires_at=expiry.isoformat())
    approval = journal.append(deciding("approve", "q", "Ben", "for now"))
    assert ended(journal.entries()) == []
    assert ended(journal.entries(), expiry) == [approval]
    with pytest.raises(DecisionRefusedError):  # not before its time
        journal.append(expiring(approval))


def test_nothing_that_has_ended_is_approved(journal: Journal) -> None:
    propose(journal, expires_at="2007-01-01T00:00:00+00:00")

    with pytest.raises(DecisionRefusedError, match="propose again"):
        journal.append(deciding("approve", "q", "Ben", "late"))


def test_a_decision_without_a_name_or_a_reason_is_refused(journal: Journal) -> None:
    with pytest.raises(ConfigurationError, match="--by"):
        propose(journal, "  ")
    with pytest.raises(ConfigurationError, match="--reason"):
        deciding("approve", "q", "Ben", "")
