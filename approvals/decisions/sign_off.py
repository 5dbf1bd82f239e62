"""Signing off a release: a person has read the audit's warnings and takes them upon himself."""

from collections.abc import Iterable
from typing import Literal

from approvals.decisions.entry import Entry
from approvals.decisions.rules import Decide, check_words
from approvals.errors import DecisionRefusedError


def signing(
    action: Literal["approve", "reject"],
    run_id: str,
    database_sha256: str,
    by: str,
    reason: str,
) -> Decide:
    """Return what appends a sign-off, or the refusal of one.

    It raises DecisionRefusedError where the same candidate has been decided on already.
    """
    check_words(by, reason)

    def decide(entries: list[Entry]) -> Entry:
        taken = sign_off_of(entries, run_id, database_sha256)
        if taken:
            raise DecisionRefusedError(
                f"run {run_id} was decided by {taken.person} on {taken.recorded_at[:10]}: "
                f"{taken.decision}; start a new run to decide again"
            )
        return Entry(
            action=action,
            kind="publication",
            subject_id=run_id,
            person=by.strip(),
            reason=reason.strip(),
            decision="publish" if action == "approve" else "hold",
            file_sha256=database_sha256,
        )

    return decide


def sign_off_of(entries: Iterable[Entry], run_id: str, database_sha256: str) -> Entry | None:
    """Return the decision on this very candidate of a run, or None."""
    for entry in entries:
        if (entry.kind, entry.subject_id, entry.file_sha256) == (
            "publication",
            run_id,
            database_sha256,
        ):
            return entry
    return None
