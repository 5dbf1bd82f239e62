"""Relations of a connection: what columns they have, and how to drop one of either kind."""

import duckdb


def columns_of(connection: duckdb.DuckDBPyConnection, name: str) -> frozenset[str]:
    """Return the names of a relation's columns."""
    return frozenset(row[0] for row in connection.execute(f"describe {name}").fetchall())


def replace_relation(
    connection: duckdb.DuckDBPyConnection, name: str, query: str, *, as_view: bool
) -> None:
    """Create a temporary relation, whatever it was before; a view costs nothing until read."""
    views = "select 1 from duckdb_views() where temporary and view_name = $name"
    if connection.execute(views, {"name": name}).fetchone():
        connection.execute(f"drop view {name}")
    else:
        connection.execute(f"drop table if exists {name}")
    connection.execute(f"create temp {'view' if as_view else 'table'} {name} as {query}")
