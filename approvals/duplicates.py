"""Suspected duplicates as people work on them: what was found, and what two of them decide.

Read from the current release, because finding a duplicate takes the marts. What a decision changes
in them is dbt's matter: it reads the journal.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final, Literal, get_args

from approvals.decisions import Entry, Journal
from approvals.decisions.rules import (
    Standing,
    deciding,
    expiry_of,
    proposing,
    revoking,
    standings,
)
from approvals.errors import ConfigurationError, DecisionRefusedError, RecordNotFoundError
from approvals.quarantine import SHORTEST_ID, why_not_one
from approvals.reading import current_database
from approvals.settings import Settings

Decision = Literal["counts_once", "revision", "legitimate_repeat"]
State = Literal["undecided", "proposed", "decided", "by_rule"]

PAIRS: Final = """
select d.duplicate_decision_id as duplicate_id, d.suspicion, d.decision, d.reason, d.decided_by,
    d.decision_id, cast(d.known_from_at as varchar) as known_from_at, d.is_disputed,
    {facts}, d.counted_file_sha256, d.other_file_sha256
from marts.rpt_duplicate_decisions as d
inner join marts.fct_approvals as counted on d.counted_approval_id = counted.approval_id
inner join marts.fct_approvals as other on d.other_approval_id = other.approval_id
where d.counted_approval_id <> d.other_approval_id and {condition}
order by d.suspicion, d.known_from_at, d.duplicate_decision_id
"""
FACTS: Final = (
    *("approval_id", "office_id", "office_reference", "project_symbol", "project_title"),
    *("donor_id", "recipient_id", "approval_date", "amount_original", "currency_code"),
    *("amount_usd", "negotiation", "status", "file_name", "sheet_name", "record_number"),
)
"""What is shown of each of the two approvals, and kept with a proposal as its evidence."""


@dataclass(frozen=True, slots=True)
class SuspectedDuplicate:
    """Two approvals that are or may be one, and where that stands."""

    facts: dict[str, Any]
    """The columns of `PAIRS`."""
    standing: Standing

    @property
    def duplicate_id(self) -> str:
        """Return the key: `duplicate_decision_id` of `rpt_duplicate_decisions`."""
        return str(self.facts["duplicate_id"])

    @property
    def state(self) -> State:
        """Return whether it waits for a second person, two decided, a rule did, or nobody."""
        if self.standing.open_proposal:
            return "proposed"
        if self.standing.approval:
            return "decided"
        return "by_rule" if self.facts["suspicion"] == "reported_twice" else "undecided"

    def summary(self) -> dict[str, Any]:
        """Return one line of the list."""
        sides = [f"{side}_{name}" for side in ("counted", "other") for name in FACTS[1:4]]
        names = (
            "suspicion",
            "decision",
            "reason",
            *sides,
            "counted_amount_usd",
            "other_amount_usd",
        )
        facts = {name: self.facts[name] for name in names}
        return {"duplicate_id": self.duplicate_id, "state": self.state, **facts}

    def as_json(self) -> dict[str, Any]:
        """Return everything that is known of it."""
        history = [asdict(entry) for entry in self.standing.history]
        return {**self.facts, "state": self.state, "history": history}


def suspected_duplicates(
    settings: Settings, *, state: str | None = None, office_id: str | None = None
) -> list[SuspectedDuplicate]:
    """Return pairs of approvals that are or may be one, as the current release has them.

    Args:
        settings: where release and lake lie.
        state: only those in this state; None: those that wait for a person; `all`: every one.
        office_id: only those that this office reports, on either side.

    Raises:
        ConfigurationError: there is no such state.
        NoReleaseError: nothing was published yet.
        TrailBrokenError: the journal is broken.
    """
    allowed = (*get_args(State), "all")
    if state not in (None, *allowed):
        raise ConfigurationError(f"--state {state!r}: use one of {', '.join(allowed)}")
    pairs = _pairs(
        settings, "coalesce($id in (counted.office_id, other.office_id), true)", office_id
    )
    wanted = ("undecided", "proposed") if state is None else (state,)
    return [pair for pair in pairs if state == "all" or pair.state in wanted]


def suspected_duplicate(settings: Settings, duplicate_id: str) -> SuspectedDuplicate:
    """Return the one pair whose id begins so.

    Raises:
        NoReleaseError: nothing was published yet.
        RecordNotFoundError: there is none, or more than one.
        TrailBrokenError: the journal is broken.
    """
    found = _pairs(settings, "starts_with(d.duplicate_decision_id, $id)", duplicate_id.lower())
    if len(duplicate_id) < SHORTEST_ID or len(found) != 1:
        raise RecordNotFoundError(
            f"{duplicate_id!r} {why_not_one(duplicate_id, len(found))} of duplicates: `approvals "
            f"duplicates list --state all` has the ids; {SHORTEST_ID} characters or more will do"
        )
    return found[0]


def propose(
    settings: Settings,
    duplicate_id: str,
    *,
    by: str,
    reason: str,
    decision: Decision,
    counts: str | None = None,
    expires_on: date | None = None,
) -> Entry:
    """Propose what two approvals are to each other.

    Args:
        settings: where release and lake lie.
        duplicate_id: the pair's id or the beginning of it.
        by: who proposes.
        reason: why.
        decision: counts_once, revision (the later statement counts) or legitimate_repeat.
        counts: beginning of the id of the approval that counts; None: of a revision the one that
            the release names second, which was known later, else the first.
        expires_on: the last day on which it holds (UTC); None: for good.

    Raises:
        ConfigurationError: name or reason is empty, `counts` names neither, or the day is over.
        DecisionRefusedError: a proposal is open, or what is to count loses by another decision.
        RecordNotFoundError: no such pair.
    """
    pair = suspected_duplicate(settings, duplicate_id)
    counted, other = _sides(pair, decision, counts)
    approvals = {
        f"{role}_{name}": _text(pair.facts[f"{side}_{name}"])
        for role, side in (("counted", counted), ("other", other))
        for name in FACTS
    }
    proposal = Entry(
        action="propose",
        kind="duplicate",
        subject_id=pair.duplicate_id,
        person=by.strip(),
        reason=reason.strip(),
        decision=decision,
        expires_at=expiry_of(expires_on),
        row_values={"suspicion": str(pair.facts["suspicion"]), **approvals},
        file_sha256=pair.facts[f"{other}_file_sha256"],
        dataset="approvals",
        sheet_name=pair.facts[f"{other}_sheet_name"],
        record_number=pair.facts[f"{other}_record_number"],
    )
    return Journal(settings.lake).append(proposing(proposal, check_that_it_counts))


def decide(
    settings: Settings,
    action: Literal["approve", "reject"],
    duplicate_id: str,
    *,
    by: str,
    reason: str,
) -> Entry:
    """Approve or reject the open proposal for a pair.

    Raises:
        ConfigurationError: name or reason is empty.
        DecisionRefusedError: no proposal is open, or what is to count loses by another decision.
        FourEyesError: the proposer approves.
        RecordNotFoundError: no such pair.
    """
    pair = suspected_duplicate(settings, duplicate_id)
    return Journal(settings.lake).append(
        deciding(action, pair.duplicate_id, by, reason, "duplicate", check_that_it_counts)
    )


def revoke(settings: Settings, duplicate_id: str, *, by: str, reason: str) -> Entry:
    """Propose that a decision ends; another person must approve that.

    Raises:
        ConfigurationError: name or reason is empty.
        DecisionRefusedError: no decision is in force, or a proposal is open.
        RecordNotFoundError: no such pair.
    """
    pair = suspected_duplicate(settings, duplicate_id)
    return Journal(settings.lake).append(revoking("duplicate", pair.duplicate_id, by, reason))


def check_that_it_counts(entries: list[Entry], proposal: Entry) -> None:
    """Refuse that an approval counts which two people have decided does not: nothing would count.

    Raises:
        DecisionRefusedError: names the decision that stands in the way.
    """
    proposals = {entry.entry_hash: entry for entry in entries}
    wanted = (proposal.row_values or {}).get("counted_approval_id")
    for subject, standing in standings(entries, "duplicate").items():
        approval = standing.approval
        if subject == proposal.subject_id or not approval or approval.decision not in LOSING:
            continue
        taken = proposals[approval.proposal_hash or ""].row_values or {}
        if proposal.decision in LOSING and taken.get("other_approval_id") == wanted:
            raise DecisionRefusedError(
                f"approval {wanted} does not count by the decision on duplicate {subject}: "
                "let the other one count, or revoke that decision first"
            )


LOSING: Final = ("counts_once", "revision")
"""Decisions by which one of the two does not count."""


def _sides(pair: SuspectedDuplicate, decision: Decision, counts: str | None) -> tuple[str, str]:
    """Return which of `counted` and `other`, as the release has them, is to count, and the rest."""
    if counts is None:
        return ("other", "counted") if decision == "revision" else ("counted", "other")
    for side, rest in (("counted", "other"), ("other", "counted")):
        approval_id = str(pair.facts[f"{side}_approval_id"])
        if len(counts) >= SHORTEST_ID and approval_id.startswith(counts.lower()):
            return side, rest
    raise ConfigurationError(
        f"--counts {counts!r}: name {pair.facts['counted_approval_id']} or "
        f"{pair.facts['other_approval_id']}, or the first {SHORTEST_ID} characters of one"
    )


def _pairs(settings: Settings, condition: str, value: str | None) -> list[SuspectedDuplicate]:
    known = standings(Journal(settings.lake).entries(), "duplicate")
    facts = ", ".join(
        f"{side}.{name} as {side}_{name}" for side in ("counted", "other") for name in FACTS
    )
    with current_database(settings) as connection:
        cursor = connection.execute(PAIRS.format(facts=facts, condition=condition), {"id": value})
        names = [column[0] for column in cursor.description or []]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [SuspectedDuplicate(row, known.get(row["duplicate_id"], Standing(()))) for row in rows]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
