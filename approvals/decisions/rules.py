"""What the journal says of a quarantined record, and who may decide what about it.

Each function that makes an entry returns what `Journal.append` calls under its lock.
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from approvals.decisions.entry import Entry
from approvals.errors import ConfigurationError, DecisionRefusedError, FourEyesError

State = Literal["waiting", "proposed", "released", "rejected", "expired"]
Decide = Callable[[list[Entry]], Entry]

STATES: Final[dict[str, State]] = {
    "propose": "proposed",
    "approve": "released",
    "reject": "rejected",
    "expire": "expired",
}
"""Last action on a quarantined record → its state; without any it is waiting."""
CLOCK: Final = "the warehouse's clock"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a quarantined record stands in the journal."""

    history: tuple[Entry, ...]

    @property
    def state(self) -> State:
        """Return the state; a proposal that was rejected leaves the record in quarantine."""
        return STATES[self.history[-1].action] if self.history else "waiting"

    @property
    def proposal(self) -> Entry | None:
        """Return the newest proposal, open or decided."""
        proposals = [entry for entry in self.history if entry.action == "propose"]
        return proposals[-1] if proposals else None


def standings(entries: Iterable[Entry]) -> dict[str, Standing]:
    """Return quarantine_id → standing, for every record that the journal speaks of."""
    histories: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind == "quarantine":
            histories.setdefault(entry.subject_id, []).append(entry)
    return {subject: Standing(tuple(history)) for subject, history in histories.items()}


def proposing(proposal: Entry) -> Decide:
    """Return what appends a proposal.

    It raises DecisionRefusedError where one is open, or where the record is released already.
    """
    check_words(proposal.person, proposal.reason)

    def decide(entries: list[Entry]) -> Entry:
        standing = standings(entries).get(proposal.subject_id, Standing(()))
        if standing.state in {"proposed", "released"}:
            last = standing.history[-1]
            raise DecisionRefusedError(
                f"record {proposal.subject_id} is {standing.state} by {last.person} since "
                f"{last.recorded_at[:10]}: "
                + ("approve or reject that first" if standing.state == "proposed" else "it counts")
            )
        return proposal

    return decide


def deciding(action: Literal["approve", "reject"], subject_id: str, by: str, reason: str) -> Decide:
    """Return what approves or rejects the open proposal for a record.

    It raises FourEyesError where the proposer approves, and DecisionRefusedError where no proposal
    is open, or the one that is would have ended by now.
    """
    check_words(by, reason)

    def decide(entries: list[Entry]) -> Entry:
        standing = standings(entries).get(subject_id, Standing(()))
        proposal = standing.proposal
        if proposal is None or standing.state != "proposed":
            raise DecisionRefusedError(
                f"record {subject_id} is {standing.state}, no proposal for it is open: "
                "`approvals quarantine propose` makes one"
            )
        if action == "approve":
            _check_approval(proposal, by)
        return Entry(
            action=action,
            kind="quarantine",
            subject_id=subject_id,
            person=by.strip(),
            reason=reason.strip(),
            decision=proposal.decision if action == "approve" else "keep",
            proposal_hash=proposal.entry_hash,
            file_sha256=proposal.file_sha256,
            dataset=proposal.dataset,
            sheet_name=proposal.sheet_name,
            record_number=proposal.record_number,
            expires_at=proposal.expires_at if action == "approve" else None,
        )

    return decide


def changes_after(entries: Iterable[Entry], sequence: int) -> bool:
    """Whether a decision on a record was taken after an entry; a proposal alone changes no mart."""
    return any(
        entry.sequence > sequence and entry.kind == "quarantine" and entry.action != "propose"
        for entry in entries
    )


def ended(entries: Iterable[Entry], now: datetime | None = None) -> list[Entry]:
    """Return the approvals that are past their time and not on record as ended."""
    moment = now or datetime.now(UTC)
    return [
        standing.history[-1]
        for standing in standings(entries).values()
        if standing.state == "released"
        and (expiry := standing.history[-1].expires_at)
        and datetime.fromisoformat(expiry) <= moment
    ]


def expiring(approval: Entry) -> Decide:
    """Return what records that an approval has ended.

    It raises DecisionRefusedError where another process has recorded that meanwhile.
    """

    def decide(entries: list[Entry]) -> Entry:
        if approval not in ended(entries):
            raise DecisionRefusedError(f"record {approval.subject_id} is no longer released")
        return Entry(
            action="expire",
            kind="quarantine",
            subject_id=approval.subject_id,
            person=CLOCK,
            reason=f"approved until {approval.expires_at}",
            decision="keep",
            proposal_hash=approval.proposal_hash,
            file_sha256=approval.file_sha256,
            dataset=approval.dataset,
            sheet_name=approval.sheet_name,
            record_number=approval.record_number,
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
