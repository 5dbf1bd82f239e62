"""One release, open read-only: rows as dictionaries, and what tables and columns there are."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import duckdb

from approvals.contracts import CANDIDATE_NAME, PUBLIC_SCHEMA
from approvals.errors import NoReleaseError
from approvals.other_versions import asking
from approvals.runs import RUN_ID_PATTERN
from approvals.settings import Settings

LOCKED: Final = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
"""What a reader of a release sets (docs/releases.md)."""
MANY_FILES: Final = "2000"
"""Up to so many files a scan passes over the records of others; DuckDB's own bound is 50."""


class Reader:
    """Questions to the tables of one release."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, manifest: dict[str, Any]) -> None:
        """Ask on an open connection; names that are put into SQL come from the catalogue."""
        self.connection = connection
        self.manifest = manifest
        self._columns: dict[str, dict[str, str]] = {}
        for table, column, kind in connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() "
            "where schema_name = ? and database_name = current_database() "
            "order by table_name, column_index",
            [PUBLIC_SCHEMA],
        ).fetchall():
            self._columns.setdefault(table, {})[column] = kind

    @property
    def database(self) -> str:
        """The path of the release's database."""
        (found,) = self.rows(
            "select path from duckdb_databases() where database_name = current_database()"
        )
        return str(found["path"])

    @property
    def tables(self) -> list[str]:
        """The names of the marts."""
        return list(self._columns)

    def columns(self, table: str) -> dict[str, str]:
        """Return the columns of a mart with their types, in order; the first is its key."""
        return self._columns[table]

    def rows(
        self, query: str, parameters: Sequence[Any] | dict[str, Any] = ()
    ) -> list[dict[str, Any]]:
        """Return the rows of a query."""
        cursor = self.connection.execute(query, parameters or None)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def row_of(self, table: str, row_id: str) -> dict[str, Any]:
        """Return the row of a mart with this key."""
        key = next(iter(self.columns(table)))
        found = self.rows(
            f'select * from marts."{table}" where cast("{key}" as varchar) = ?', [row_id]
        )
        return found[0]


@contextmanager
def open_release(settings: Settings, release_id: str | None) -> Iterator[Reader]:
    """Open a release, the current one if none is named.

    Raises:
        NoReleaseError: there is none, none with that id, or it was made without lineage.
        OtherVersionError: it lacks a table or column that is asked of it.
    """
    manifest = _manifest(settings, release_id)
    database = settings.releases / manifest["release_id"] / CANDIDATE_NAME
    with duckdb.connect(
        str(database),
        read_only=True,
        config={
            **LOCKED,
            "threads": str(settings.threads),
            "memory_limit": settings.memory_limit,
            "dynamic_or_filter_threshold": MANY_FILES,
        },
    ) as connection:
        reader = Reader(connection, manifest)
        if "lineage_contributions" not in reader.tables:
            raise NoReleaseError(
                f"release {manifest['release_id']} was made without lineage: run `approvals run "
                "--force` and trace in the release that it makes"
            )
        with asking(manifest["release_id"]):
            yield reader


def _manifest(settings: Settings, release_id: str | None) -> dict[str, Any]:
    """Return a release's manifest; `publish` does too, and takes half a second to import."""
    if release_id and not RUN_ID_PATTERN.fullmatch(release_id):
        raise NoReleaseError(f"{release_id!r} is no release id: `approvals releases` lists them")
    path = settings.releases / (release_id or "current") / "manifest.json"
    if not path.exists():
        raise NoReleaseError(
            f"there is no release {release_id!r}: `approvals releases` lists those there are"
            if release_id
            else "there is no release yet: run `approvals run`"
        )
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest
