"""One entry of the journal: what was decided, by whom, why, and the hash that seals it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Final, Literal

Action = Literal["propose", "approve", "reject", "expire"]
Kind = Literal["quarantine", "duplicate", "publication"]
RecordKind = Literal["quarantine", "duplicate"]
"""What two people decide about."""

GENESIS: Final = "0" * 64
"""The hash before the first entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of a decision; a step that has no use for a field leaves it None."""

    action: Action
    kind: Kind
    subject_id: str
    """A quarantine_id, a duplicate_decision_id or a run_id, by kind."""
    person: str
    reason: str
    decision: str
    """What is proposed or decided: release or correct a record; counts_once, revision or
    legitimate_repeat of two approvals; revoke one of these; publish or hold a run."""
    proposal_hash: str | None = None
    """The proposal that this entry decides, or whose approval it ends."""
    file_sha256: str | None = None
    """The file that holds the record; of a publication the candidate database."""
    dataset: str | None = None
    sheet_name: str | None = None
    record_number: int | None = None
    expires_at: str | None = None
    """ISO 8601, UTC: when an approval ends by itself."""
    accepted_codes: str | None = None
    """Reason codes that the record still has and that a release overrules, blanks between."""
    corrected: dict[str, str] | None = None
    """Field → new value, as it was typed."""
    row_values: dict[str, str | None] | None = None
    """Field → value as text: the whole record as it will count once approved; of a duplicate the
    two approvals and the evidence."""
    sequence: int = 0
    recorded_at: str = ""
    """ISO 8601, UTC; never before the entry before it."""
    previous_hash: str = ""
    entry_hash: str = ""

    def sealed(self) -> str:
        """Return the hash that the entry must carry: over all else that it says."""
        content = {name: value for name, value in asdict(self).items() if name != "entry_hash"}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8")).hexdigest()

    def as_text(self) -> str:
        """Return the entry as it stands in its file."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def parsed(text: str) -> Entry:
    """Return the entry that a text holds.

    Raises:
        ValueError: it is no JSON object with exactly an entry's keys.
    """
    try:
        return Entry(**json.loads(text))
    except TypeError as error:
        raise ValueError(f"it has not the keys of an entry: {error}") from error
