"""The quarantine as people work on it: what waits, what a record says, and what is decided.

Read from the lake itself, so that it answers before any build. What a decision changes in the
marts is dbt's matter: it reads the same journal.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from approvals.configuration import resolve_configuration
from approvals.decisions import Entry, Journal
from approvals.decisions.rules import (
    PLACE,
    Standing,
    State,
    deciding,
    expiry_of,
    proposing,
    revoking,
    standings,
)
from approvals.errors import ConfigurationError, DecisionRefusedError, RecordNotFoundError
from approvals.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SHORTEST_ID: Final = 6
"""Characters of an id that may stand for the whole of it, where only one record begins so."""

RECORDS: Final = """
select
    md5(
        rejects.file_sha256 || '|' || rejects.dataset || '|' || rejects.sheet_name
        || '|' || rejects.record_number
    ) as quarantine_id,
    rejects.office_id, rejects.dataset, files.original_name as file_name, rejects.sheet_name,
    rejects.record_number, rejects.reason_code, rejects.reason_codes, rejects.reason_column,
    rejects.message, rejects.raw_text, rejects.raw_cells,
    cast(rejects.approval_date as varchar) as approval_date,
    cast(rejects.amount_original as varchar) as amount_original,
    rejects.currency_code, rejects.file_sha256, files.exported_at
from read_parquet($rejects, hive_partitioning = false) as rejects
inner join read_json($files, format = 'auto', columns = {
    file_sha256: 'varchar', original_name: 'varchar', exported_at: 'varchar'
}) as files on files.file_sha256 = rejects.file_sha256
"""
"""The quarantined records of committed files; the id is that of `quality.quarantine`."""


@dataclass(frozen=True, slots=True)
class QuarantinedRecord:
    """One record in quarantine and where it stands."""

    facts: dict[str, Any]
    """The columns of `RECORDS`."""
    standing: Standing

    @property
    def quarantine_id(self) -> str:
        """Return the key of the record."""
        return str(self.facts["quarantine_id"])

    def summary(self) -> dict[str, Any]:
        """Return one line of the list."""
        names = ("office_id", "file_name", "sheet_name", "record_number", "reason_code", "message")
        facts = {name: self.facts[name] for name in names}
        return {"quarantine_id": self.quarantine_id, "state": self.standing.state, **facts}

    def as_json(self) -> dict[str, Any]:
        """Return everything that is known of it."""
        cells = json.loads(self.facts["raw_cells"])
        history = [asdict(entry) for entry in self.standing.history]
        return {**self.facts, "raw_cells": cells, "state": self.standing.state, "history": history}


def quarantined(
    settings: Settings, *, state: str | None = None, office_id: str | None = None
) -> list[QuarantinedRecord]:
    """Return records in quarantine, in the order of offices, files and rows.

    Args:
        settings: where the lake lies.
        state: only those in this state; None: those that wait, or wait for a second person;
            `all`: every one.
        office_id: only those of this office.

    Raises:
        ConfigurationError: there is no such state.
        TrailBrokenError: the journal is broken.
    """
    allowed = (*get_args(State), "all")
    if state not in (None, *allowed):
        raise ConfigurationError(f"--state {state!r}: use one of {', '.join(allowed)}")
    known = standings(Journal(settings.lake).entries())
    found = _records(
        settings,
        "where $office_id is null or office_id = $office_id "
        "order by office_id, file_name, sheet_name, record_number",
        {"office_id": office_id},
    )
    records = [
        QuarantinedRecord(row, known.get(row["quarantine_id"], Standing(()))) for row in found
    ]
    if state is None:
        return [record for record in records if record.standing.is_asking]
    return [record for record in records if state in ("all", record.standing.state)]


def why_not_one(beginning: str, found: int) -> str:
    """Return why what an id begins with names no record, or more than one."""
    if len(beginning) < SHORTEST_ID:
        return "is too short to name one"
    return "begins the id of several" if found else "begins no id"


def quarantined_record(settings: Settings, record_id: str) -> QuarantinedRecord:
    """Return the one record whose id begins so.

    Raises:
        RecordNotFoundError: there is none, or more than one.
        TrailBrokenError: the journal is broken.
    """
    found = _records(
        settings, "where starts_with(quarantine_id, $id) limit 2", {"id": record_id.lower()}
    )
    if len(record_id) < SHORTEST_ID or len(found) != 1:
        raise RecordNotFoundError(
            f"{record_id!r} {why_not_one(record_id, len(found))} in quarantine: `approvals "
            f"quarantine list --state all` has the ids; {SHORTEST_ID} characters or more will do"
        )
    known = standings(Journal(settings.lake).entries())
    return QuarantinedRecord(found[0], known.get(found[0]["quarantine_id"], Standing(())))


def propose(
    settings: Settings,
    record_id: str,
    *,
    by: str,
    reason: str,
    corrected: Mapping[str, str],
    expires_on: date | None = None,
) -> Entry:
    """Propose that a record counts, as it stands or with some of its fields corrected.

    Args:
        settings: where the lake lies; the configuration by which values are read.
        record_id: the record's id or the beginning of it.
        by: who proposes.
        reason: why.
        corrected: field → new value, as the office would have written it.
        expires_on: the last day on which the record counts (UTC); None: for good.

    Raises:
        ConfigurationError: name or reason is empty, or the day is over.
        DecisionRefusedError: a proposal is open, or the record as proposed cannot count.
        RecordNotFoundError: no such record.
    """
    from extract.second_look import Place, corrected_record

    record = quarantined_record(settings, record_id)
    place = Place(**{name: record.facts[name] for name in Place.__dataclass_fields__})
    typed = corrected_record(settings, resolve_configuration(settings), place, corrected)
    proposal = Entry(
        action="propose",
        kind="quarantine",
        subject_id=record.quarantine_id,
        person=by.strip(),
        reason=reason.strip(),
        decision="correct" if corrected else "release",
        expires_at=expiry_of(expires_on),
        accepted_codes=" ".join(typed.accepted_codes) or None,
        corrected=dict(corrected) or None,
        row_values=typed.row,
        **{name: record.facts[name] for name in PLACE},
    )
    return Journal(settings.lake).append(proposing(proposal))


def decide(
    settings: Settings,
    action: Literal["approve", "reject"],
    record_id: str,
    *,
    by: str,
    reason: str,
) -> Entry:
    """Approve or reject the open proposal for a record.

    Raises:
        ConfigurationError: name or reason is empty.
        DecisionRefusedError: no proposal is open.
        FourEyesError: the proposer approves.
        RecordNotFoundError: no such record.
    """
    record = quarantined_record(settings, record_id)
    return Journal(settings.lake).append(deciding(action, record.quarantine_id, by, reason))


def revoke(settings: Settings, record_id: str, *, by: str, reason: str) -> Entry:
    """Propose that a released record waits again; another person must approve that.

    Raises:
        ConfigurationError: name or reason is empty.
        DecisionRefusedError: it is not released, or a proposal is open.
        RecordNotFoundError: no such record.
    """
    record = quarantined_record(settings, record_id)
    return Journal(settings.lake).append(revoking("quarantine", record.quarantine_id, by, reason))


def assignments(values: list[str]) -> dict[str, str]:
    """Return what `--set field=value` options say.

    Raises:
        DecisionRefusedError: one has no `=`, or a field is set twice.
    """
    fields: dict[str, str] = {}
    for value in values:
        name, sign, text = value.partition("=")
        if not sign or name.strip() in fields:
            raise DecisionRefusedError(f"--set {value!r}: write field=value, each field once")
        fields[name.strip()] = text
    return fields


def _records(settings: Settings, condition: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    """Return quarantined records; none before anything was loaded."""
    lake = settings.lake
    if not any((lake / "files").glob("*.json")):
        return []
    globs = {
        "rejects": str(lake / "rejects" / "*" / "*.parquet"),
        "files": str(lake / "files" / "*.json"),
    }
    with _connection(settings) as connection:
        cursor = connection.execute(f"from ({RECORDS}) {condition}", {**globs, **values})
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _connection(settings: Settings) -> "DuckDBPyConnection":
    import duckdb

    return duckdb.connect(
        config={"threads": settings.threads, "memory_limit": settings.memory_limit}
    )
