"""What a release holds: the public tables in one DuckDB file and as ordered Parquet.

Only `marts` and `quality` are taken over. The candidate's staging views name lake paths, and the
quarantined rows' raw text may hold anything, so the database leaves both out; auditors find the
whole quarantine in `restricted/`, which only the owner can open.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from approvals.contracts import CANDIDATE_NAME, PUBLIC_SCHEMA, QUALITY_SCHEMA
from approvals.settings import Settings
from publish.storage import FOLDER_MODE, PRIVATE_FOLDER_MODE, make_folder

STORAGE_VERSION: Final = "v1.4.0"
"""The oldest format that DuckDB 1.4, 1.5, 2.0 and DuckDB-Wasm all read."""
FREE_TEXT: Final = {"quarantine": ("message", "raw_cells", "raw_text")}
"""Columns of `quality` tables that may quote a cell."""
NEIGHBOURS: Final = {
    "fct_approval_versions": ("approval_year", "approval_id"),
    "rpt_duplicate_decisions": ("counted_approval_year", "counted_approval_id"),
}
"""Tables whose rows lie in the order of other columns than their first: what is asked for together
lies together, and a reader skips the rest."""
PARQUET: Final = "(format parquet, compression zstd, row_group_size 122880)"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the release."""

    schema: str
    name: str
    rows: int


def write_contents(settings: Settings, candidate: Path, folder: Path) -> list[Table]:
    """Write the database and the Parquet files of a release into an empty folder.

    Returns:
        The tables of `marts` and `quality`, ordered by name. The Parquet files of `marts` depend
        on nothing but the rows: their order depends on all columns, and one thread writes them.

    Raises:
        duckdb.Error: the candidate cannot be read, or the disk is full.
    """
    with duckdb.connect() as connection:
        connection.execute(f"set threads = {settings.threads}; set timezone = 'UTC'")
        connection.execute("set memory_limit = ?", [settings.memory_limit])
        connection.execute("set temp_directory = ?", [str(candidate.parent / "spill")])
        connection.execute(f"attach {_quoted(candidate)} as candidate (read_only)")
        database = _quoted(folder / CANDIDATE_NAME)
        connection.execute(f"attach {database} as release (storage_version '{STORAGE_VERSION}')")
        tables = [
            _copy_table(connection, schema, name)
            for schema in (PUBLIC_SCHEMA, QUALITY_SCHEMA)
            for name in _table_names(connection, schema)
        ]
        connection.execute("checkpoint release; set threads = 1")
        _write_parquet(connection, tables, folder)
        connection.execute("detach release")
    return tables


def _table_names(connection: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    rows = connection.execute(
        "select table_name from information_schema.tables "
        "where table_catalog = 'candidate' and table_schema = ? order by table_name",
        [schema],
    ).fetchall()
    return [name for (name,) in rows]


def _copy_table(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> Table:
    """Copy one table or view, with its comments; the order of its rows depends on all columns."""
    columns = _columns(connection, schema, name)
    kept = [
        column
        for column in columns
        if schema != QUALITY_SCHEMA or column not in FREE_TEXT.get(name, ())
    ]
    target = f"release.{_identifier(schema)}.{_identifier(name)}"
    selected = ", ".join(_identifier(column) for column in kept)
    order = ", ".join(map(_identifier, (*NEIGHBOURS.get(name, ()), *kept)))
    connection.execute(f"create schema if not exists release.{_identifier(schema)}")
    connection.execute(
        f"create table {target} as select {selected} "  # noqa: S608 - quoted identifiers
        f"from candidate.{_identifier(schema)}.{_identifier(name)} order by {order}"
    )
    for column in kept:
        if columns[column]:
            comment = _quoted(columns[column])
            connection.execute(f"comment on column {target}.{_identifier(column)} is {comment}")
    (rows,) = connection.table(target).aggregate("count(*)").fetchone() or (0,)
    return Table(schema, name, rows)


def _columns(
    connection: duckdb.DuckDBPyConnection, schema: str, name: str
) -> dict[str, str | None]:
    """Return the columns in order, each with its comment."""
    rows = connection.execute(
        "select column_name, comment from duckdb_columns() where database_name = 'candidate' "
        "and schema_name = ? and table_name = ? order by column_index",
        [schema, name],
    ).fetchall()
    return dict(rows)


def _write_parquet(
    connection: duckdb.DuckDBPyConnection, tables: list[Table], folder: Path
) -> None:
    for schema in (PUBLIC_SCHEMA, QUALITY_SCHEMA):
        make_folder(folder / schema, FOLDER_MODE)
    for table in tables:
        source = f"release.{_identifier(table.schema)}.{_identifier(table.name)}"
        path = folder / table.schema / f"{table.name}.parquet"
        connection.execute(f"copy {source} to {_quoted(path)} {PARQUET}")
    if any(table.name == "quarantine" for table in tables):
        path = make_folder(folder / "restricted", PRIVATE_FOLDER_MODE) / "quarantine.parquet"
        source = f"(from candidate.{QUALITY_SCHEMA}.quarantine order by all)"
        connection.execute(f"copy {source} to {_quoted(path)} {PARQUET}")


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
