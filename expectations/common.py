"""What both gates compare with: the limits, the offices, the files of the release in place."""

import json
from collections.abc import Iterable

from duckdb import DuckDBPyConnection

from approvals.configuration import Configuration
from approvals.settings import Settings
from expectations.thresholds import THRESHOLDS


def create_common(connection: DuckDBPyConnection, configuration: Configuration) -> None:
    """Create the schema, the offices and the thresholds with the macro that reads them."""
    connection.execute("set timezone = 'UTC'; create schema if not exists audit")
    limits = [limit for limit, _ in THRESHOLDS.values()]
    reasons = [reason for _, reason in THRESHOLDS.values()]
    connection.execute(
        "create table audit.thresholds (name varchar, value decimal(18, 2), reason varchar)"
    )
    connection.execute(
        "insert into audit.thresholds select unnest(?), unnest(?), unnest(?)",
        [list(THRESHOLDS), limits, reasons],
    )
    connection.execute(
        "create macro audit.threshold(wanted) as "
        "(select value from audit.thresholds where name = wanted)"
    )
    connection.execute("create table audit.offices (office_id varchar)")
    fill(connection, "audit.offices", (office.office_id for office in configuration.offices))


def create_released_files(connection: DuckDBPyConnection, settings: Settings) -> None:
    """Create `audit.released_files` from the manifest of the release in place, empty without."""
    connection.execute("create table audit.released_files (file_sha256 varchar)")
    manifest = settings.releases / "current" / "manifest.json"
    if manifest.exists():
        inputs = json.loads(manifest.read_text(encoding="utf-8"))["inputs"]
        fill(connection, "audit.released_files", (entry["file_sha256"] for entry in inputs))


def fill(connection: DuckDBPyConnection, table: str, values: Iterable[str]) -> None:
    """Insert texts into a table of one column, as one list parameter."""
    connection.execute(f"insert into {table} select unnest(?::varchar[])", [list(values)])


def quoted(text: str) -> str:
    """Return a text as an SQL literal: paths cannot be parameters of a view."""
    return "'" + text.replace("'", "''") + "'"
