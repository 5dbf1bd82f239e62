"""Relations of a connection: what columns they have, and how to drop one of either kind."""

import duckdb


def columns_of(connection: duckdb.DuckDBPyConnection, name: str) -> frozenset[str]:
    """Return the names of a relation's columns."""
    return frozenset(row[0] for row in connection.execute(f"describe {name}").fetchall())


def replace_relation(
    connection: duckdb.DuckDBPyConnection, name: str, query: str, *, as_view: bool
) -> None:
    """Create a temporary relation, whatever it was before; a view costs nothing until read."""
    kind, other = ("view", "table") if as_view else ("table", "view")
    statement = f"create or replace temp {kind} {name} as {query}"
    try:
        connection.execute(statement)
    except duckdb.CatalogException:  # it was of the other kind: rare, so nobody asks first
        connection.execute(f"drop {other} if exists {name}")
        connection.execute(statement)
