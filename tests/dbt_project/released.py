"""Records that two people let out of quarantine, and the journal that says so."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import md5
from pathlib import Path
from typing import Any

from approvals.decisions import Entry, Journal
from tests.dbt_project.lake_builder import DEFAULTS, Row, sha256_of
from tests.dbt_project.past_journal import append_on
from tests.dbt_project.random_lake import Sent

FIRST_RECORD = 100
"""The record number of a file's first rejected record (`LakeBuilder.add`)."""


@dataclass(frozen=True)
class Released:
    """One approval of a quarantined record, from its day to the day before its end."""

    file: Sent
    place: int
    """Position of the record among the rejected ones of its file."""
    row: Row
    approved_on: date
    ended_on: date | None = None
    dataset: str = "approvals"

    @property
    def record(self) -> Row:
        """What the record says, as approved."""
        return {**DEFAULTS[self.dataset], **self.row}

    def is_held_on(self, day: date) -> bool:
        """Whether the approval held at the end of a day."""
        return self.approved_on <= day and (self.ended_on is None or day < self.ended_on)


def until(day: date, released: Iterable[Released]) -> list[Released]:
    """Return the approvals that had been given by a day, without the ends that came later."""
    return [
        one if one.ended_on and one.ended_on <= day else replace(one, ended_on=None)
        for one in released
        if one.approved_on <= day
    ]


def record_all(lake: Path, released: Iterable[Released]) -> None:
    """Write the journal of a lake: every approval and every end, on its day."""
    journal = Journal(lake)
    journal.prepare()
    steps = [
        step
        for number, one in enumerate(released)
        for step in ((one.ended_on, 0, number, one), (one.approved_on, 1, number, one))
        if step[0] is not None
    ]
    proposals: dict[int, str] = {}
    for day, is_approval, number, one in sorted(steps, key=lambda step: step[:3]):
        if is_approval:
            proposal = append_on(journal, str(day), _entry("propose", one, None))
            proposals[number] = proposal.entry_hash
        append_on(
            journal,
            str(day),
            _entry("approve" if is_approval else "expire", one, proposals[number]),
        )


def _entry(action: Any, one: Released, proposal: str | None) -> Entry:
    sha256 = sha256_of(one.file.office_id, str(one.file.exported_on), one.file.rows)
    record_number = one.file.rejected[one.place].get("record_number", FIRST_RECORD + one.place)
    subject = f"{sha256}|{one.dataset}||{record_number}"
    return Entry(
        action,
        "quarantine",
        md5(subject.encode(), usedforsecurity=False).hexdigest(),
        "Ana" if action == "propose" else "Ben",
        "the agreement says so",
        "correct",
        proposal_hash=proposal,
        file_sha256=sha256,
        dataset=one.dataset,
        sheet_name="",
        record_number=record_number,
        row_values=_as_text(one.record) if action == "propose" else None,
    )


def _as_text(record: Row) -> dict[str, str | None]:
    return {name: None if value is None else str(value) for name, value in record.items()}
