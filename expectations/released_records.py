"""The quarantined records that two people let out, as the journal itself states them.

Read past dbt, so that the mart gate compares the facts with what was approved and not with what
dbt made of it.
"""

from duckdb import DuckDBPyConnection

from approvals.decisions import Journal
from approvals.settings import Settings


def create_released_records(connection: DuckDBPyConnection, settings: Settings) -> None:
    """Create `audit.released_records`: the last approved amount of each released record.

    Raises:
        TrailBrokenError: the journal is broken.
    """
    connection.execute(
        "create table audit.released_records (file_sha256 varchar, sheet_name varchar, "
        "record_number bigint, amount_original decimal(18, 2), currency_code varchar)"
    )
    entries = Journal(settings.lake).entries()
    proposals = {entry.entry_hash: entry for entry in entries if entry.action == "propose"}
    released = {
        entry.subject_id: proposals[entry.proposal_hash or ""].row_values or {}
        for entry in entries
        if (entry.kind, entry.action, entry.dataset) == ("quarantine", "approve", "approvals")
        and entry.decision != "revoke"
    }
    places = {entry.subject_id: entry for entry in entries}
    rows = [
        [
            places[subject].file_sha256,
            places[subject].sheet_name,
            places[subject].record_number,
            row.get("amount_original"),
            row.get("currency_code"),
        ]
        for subject, row in released.items()
    ]
    if rows:
        connection.executemany("insert into audit.released_records values (?, ?, ?, ?, ?)", rows)
