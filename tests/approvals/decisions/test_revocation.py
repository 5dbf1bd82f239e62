"""An approval ends before its time by two people, or by a decision that takes its place."""

from pathlib import Path

import pytest

from approvals.decisions import Entry, Journal
from approvals.decisions.entry import RecordKind
from approvals.decisions.rules import (
    Standing,
    changes_after,
    deciding,
    ended,
    proposing,
    revoking,
    standings,
)
from approvals.errors import DecisionRefusedError, FourEyesError


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path)


def approve(journal: Journal, kind: RecordKind, decision: str = "correct") -> Entry:
    journal.append(proposing(Entry("propose", kind, "q", "Ana", "seen", decision)))
    return journal.append(deciding("approve", "q", "Ben", "so it is", kind))


def standing(journal: Journal, kind: RecordKind) -> Standing:
    return standings(journal.entries(), kind)["q"]


@pytest.mark.parametrize("kind", ["quarantine", "duplicate"])
def test_a_revocation_takes_two_people_and_holds_only_then(
    journal: Journal, kind: RecordKind
) -> None:
    approval = approve(journal, kind)
    proposal = journal.append(revoking(kind, "q", "Eva", "it was void"))
    assert (proposal.decision, proposal.file_sha256) == ("revoke", approval.file_sha256)
    assert standing(journal, kind).state == "released"  # until another person approves
    assert standing(journal, kind).is_asking
    with pytest.raises(FourEyesError):
        journal.append(deciding("approve", "q", " EVA", "yes", kind))

    revocation = journal.append(deciding("approve", "q", "Ben", "void indeed", kind))

    assert (revocation.decision, revocation.proposal_hash) == ("revoke", proposal.entry_hash)
    assert standing(journal, kind).state == "revoked"
    assert standing(journal, kind).approval is None
    assert changes_after(journal.entries(), proposal.sequence)
    with pytest.raises(DecisionRefusedError, match="no approval to revoke"):
        journal.append(revoking(kind, "q", "Eva", "again"))


def test_a_refused_revocation_leaves_the_approval_in_force(journal: Journal) -> None:
    approval = approve(journal, "quarantine")
    journal.append(revoking("quarantine", "q", "Eva", "it was void"))
    journal.append(deciding("reject", "q", "Ben", "it is not"))

    assert standing(journal, "quarantine").approval == approval
    assert not standing(journal, "quarantine").is_asking


def test_a_decision_on_a_duplicate_is_replaced_and_a_release_is_not(journal: Journal) -> None:
    approve(journal, "duplicate", "counts_once")
    second = approve(journal, "duplicate", "legitimate_repeat")
    assert standing(journal, "duplicate").approval == second

    approve(journal, "quarantine")
    with pytest.raises(DecisionRefusedError, match="quarantine revoke"):
        approve(journal, "quarantine")


def test_what_was_revoked_does_not_expire_again(journal: Journal) -> None:
    expires = "2006-01-01T00:00:00+00:00"
    proposal = journal.append(
        lambda _: Entry("propose", "duplicate", "q", "Ana", "seen", "revision", expires_at=expires)
    )
    journal.append(
        lambda _: Entry(
            "approve", "duplicate", "q", "Ben", "yes", "revision", proposal.entry_hash,
            expires_at=expires,
        )
    )  # fmt: skip
    assert [entry.kind for entry in ended(journal.entries())] == ["duplicate"]
    journal.append(revoking("duplicate", "q", "Eva", "no"))
    journal.append(deciding("approve", "q", "Ben", "no", "duplicate"))

    assert ended(journal.entries()) == []
