"""What the journal says of a record or of two, and who may decide what about it.

Each function that makes an entry returns what `Journal.append` calls under its lock.
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Literal

from approvals.decisions.entry import Entry, RecordKind
from approvals.errors import ConfigurationError, DecisionRefusedError, FourEyesError

State = Literal["waiting", "proposed", "released", "rejected", "expired", "revoked"]
Decide = Callable[[list[Entry]], Entry]
Check = Callable[[list[Entry], Entry], None]
"""Raises DecisionRefusedError where the entries so far do not allow a proposal."""

STATES: Final[dict[str, State]] = {
    "propose": "proposed",
    "approve": "revoked",
    "reject": "rejected",
    "expire": "expired",
}
"""Last action on something that is not released → its state; without any it is waiting."""
REVOKE: Final = "revoke"
"""What is proposed to end an approval before its time."""
CLOCK: Final = "the warehouse's clock"
COMMANDS: Final[dict[RecordKind, str]] = {"quarantine": "quarantine", "duplicate": "duplicates"}
"""Kind of subject → the command that decides about it."""
PLACE: Final = ("file_sha256", "dataset", "sheet_name", "record_number")
"""Where a record stands, as an entry of the journal says it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a quarantined record, or a suspected duplicate, stands in the journal."""

    history: tuple[Entry, ...]

    @property
    def state(self) -> State:
        """Return the state: released while an approval is in force, else what was done last."""
        if self.approval:
            return "released"
        return STATES[self.history[-1].action] if self.history else "waiting"

    @property
    def approval(self) -> Entry | None:
        """Return the approval in force: neither ended, revoked nor replaced by another."""
        steps = [entry for entry in self.history if entry.action in ("approve", "expire")]
        in_force = steps and steps[-1].action == "approve" and steps[-1].decision != REVOKE
        return steps[-1] if in_force else None

    @property
    def is_asking(self) -> bool:
        """Whether somebody has to say something: nobody did, or a proposal is open."""
        return not self.history or self.open_proposal is not None

    @property
    def open_proposal(self) -> Entry | None:
        """Return the proposal that waits for another person, or None."""
        return self.history[-1] if self.history and self.history[-1].action == "propose" else None


def standings(entries: Iterable[Entry], kind: RecordKind = "quarantine") -> dict[str, Standing]:
    """Return subject → standing, for everything of a kind that the journal speaks of."""
    histories: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind == kind:
            histories.setdefault(entry.subject_id, []).append(entry)
    return {subject: Standing(tuple(history)) for subject, history in histories.items()}


def proposing(proposal: Entry, check: Check = lambda _entries, _proposal: None) -> Decide:
    """Return what appends a proposal.

    It raises DecisionRefusedError where one is open, where a quarantined record is released
    already, where nothing is in force that it could revoke, or where `check` does.
    """
    check_words(proposal.person, proposal.reason)

    def decide(entries: list[Entry]) -> Entry:
        standing = _standing(entries, proposal)
        last = standing.open_proposal or standing.approval
        who = f"{_name(proposal)} is {standing.state}"
        if standing.open_proposal and last:
            raise DecisionRefusedError(
                f"{_name(proposal)} is proposed by {last.person} since {last.recorded_at[:10]}: "
                "approve or reject that first"
            )
        if proposal.decision == REVOKE and not last:
            raise DecisionRefusedError(f"{who}: there is no approval to revoke")
        if proposal.kind == "quarantine" and proposal.decision != REVOKE and last:
            raise DecisionRefusedError(
                f"{who} by {last.person} since {last.recorded_at[:10]}: it counts; "
                "`approvals quarantine revoke` proposes to end that"
            )
        check(entries, proposal)
        return proposal

    return decide


def revoking(kind: RecordKind, subject_id: str, by: str, reason: str) -> Decide:
    """Return what proposes to revoke the approval in force; another person must approve that.

    It raises DecisionRefusedError where none is in force, or another proposal is open.
    """
    check_words(by, reason)

    def decide(entries: list[Entry]) -> Entry:
        proposal = Entry("propose", kind, subject_id, by.strip(), reason.strip(), REVOKE)
        approval = _standing(entries, proposal).approval
        return proposing(replace(proposal, **_place(approval)))(entries)

    return decide


def deciding(
    action: Literal["approve", "reject"],
    subject_id: str,
    by: str,
    reason: str,
    kind: RecordKind = "quarantine",
    check: Check = lambda _entries, _proposal: None,
) -> Decide:
    """Return what approves or rejects the open proposal for a subject.

    It raises FourEyesError where the proposer approves, and DecisionRefusedError where no proposal
    is open, where the one that is would have ended by now, or where `check` does.
    """
    check_words(by, reason)

    def decide(entries: list[Entry]) -> Entry:
        asked = Entry(action, kind, subject_id, by.strip(), reason.strip(), "keep")
        standing = _standing(entries, asked)
        proposal = standing.open_proposal
        if proposal is None:
            raise DecisionRefusedError(
                f"{_name(asked)} is {standing.state}, no proposal for it is open: "
                f"`approvals {COMMANDS[kind]} propose` makes one"
            )
        decided = replace(asked, proposal_hash=proposal.entry_hash, **_place(proposal))
        if action == "reject":
            return decided
        _check_approval(proposal, by)
        if proposal.decision != REVOKE:
            check(entries, proposal)
        return replace(decided, decision=proposal.decision, expires_at=proposal.expires_at)

    return decide


def changes_after(entries: Iterable[Entry], sequence: int) -> bool:
    """Whether a decision on data was taken after an entry; a proposal alone changes no mart."""
    return any(
        entry.sequence > sequence and entry.kind in COMMANDS and entry.action != "propose"
        for entry in entries
    )


def ended(entries: Iterable[Entry], now: datetime | None = None) -> list[Entry]:
    """Return the approvals that are past their time and not on record as ended."""
    moment = now or datetime.now(UTC)
    known = list(entries)
    return [
        approval
        for kind in COMMANDS
        for standing in standings(known, kind).values()
        if (approval := standing.approval)
        and (expiry := approval.expires_at)
        and datetime.fromisoformat(expiry) <= moment
    ]


def expiring(approval: Entry) -> Decide:
    """Return what records that an approval has ended.

    It raises DecisionRefusedError where another process has recorded that meanwhile.
    """

    def decide(entries: list[Entry]) -> Entry:
        if approval not in ended(entries):
            raise DecisionRefusedError(f"{_name(approval)} is no longer released")
        return replace(
            approval,
            action="expire",
            person=CLOCK,
            reason=f"approved until {approval.expires_at}",
            decision="keep",
            expires_at=None,
        )

    return decide


def same_person(name: str, other: str) -> bool:
    """Whether two names are one person's: case, spaces and forms of letters do not matter."""
    return _folded(name) == _folded(other)


def check_words(by: str, reason: str) -> None:
    """Return if a name and a reason are given.

    Raises:
        ConfigurationError: one of them is empty.
    """
    for option, text in (("--by", by), ("--reason", reason)):
        if not text.strip():
            raise ConfigurationError(f"{option} is empty: say who decides, and why")


def expiry_of(day: date | None) -> str | None:
    """Return the end of the last day on which an approval holds, UTC; None for good.

    Raises:
        ConfigurationError: the day is over.
    """
    if day is None:
        return None
    end = datetime.combine(day + timedelta(days=1), time(), UTC)
    if end <= datetime.now(UTC):
        raise ConfigurationError(f"--expires {day} is over: name a later day")
    return end.isoformat()


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _check_approval(proposal: Entry, by: str) -> None:
    if same_person(proposal.person, by):
        raise FourEyesError(
            f"{by.strip()} proposed this and cannot approve it: another person must"
        )
    expiry = proposal.expires_at
    if expiry and datetime.fromisoformat(expiry) <= datetime.now(UTC):
        raise DecisionRefusedError(
            f"the proposal would have ended at {expiry}: reject it and propose again"
        )


def _standing(entries: list[Entry], asked: Entry) -> Standing:
    kind: RecordKind = "duplicate" if asked.kind == "duplicate" else "quarantine"
    return standings(entries, kind).get(asked.subject_id, Standing(()))


def _place(entry: Entry | None) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in PLACE} if entry else {}


def _name(entry: Entry) -> str:
    """Return what an entry is about, for a message."""
    return f"{'record' if entry.kind == 'quarantine' else 'duplicate'} {entry.subject_id}"
