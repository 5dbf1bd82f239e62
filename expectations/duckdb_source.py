"""Great Expectations on DuckDB, by SQL inside DuckDB.

DuckDB is not one of its dialects: it fetches results after closing the connection, and DuckDB
discards them then. The engine below keeps one connection open; the data source below names it.
Defining the subclass registers `add_duckdb` on every context.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Literal

# Read at import: nothing phones home, whoever imports the package first.
os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
import sqlalchemy as sa
from great_expectations.data_context.data_context.ephemeral_data_context import (
    EphemeralDataContext,
)
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.datasource.fluent.sql_datasource import SQLDatasource
from great_expectations.execution_engine.sqlalchemy_execution_engine import (
    SqlAlchemyExecutionEngine,
)


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    """The SQLAlchemy engine with one connection that stays open."""

    @contextmanager
    def get_connection(self) -> Iterator[sa.Connection]:
        """Yield the one connection; it is closed with the engine."""
        if self._connection is None:
            self._connection = self.engine.connect()
        yield self._connection

    def close(self) -> None:
        """Close the connection and the pool, so that DuckDB lets go of its files."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self.engine.dispose()


EngineClass = type[SqlAlchemyExecutionEngine]


class DuckDBDatasource(SQLDatasource):
    """A data source whose tables lie in a DuckDB database of this process."""

    type: Literal["duckdb"] = "duckdb"  # type: ignore[assignment]

    @property
    def schema_(self) -> str:
        """Return the schema that the rules look at."""
        return "audit"

    @property
    def execution_engine_type(self) -> EngineClass:
        """Return the engine that keeps its connection."""
        return DuckDBExecutionEngine


@cache
def shared_context() -> EphemeralDataContext:
    """Return the one context of this process, without files, progress bars or analytics."""
    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        progress_bars=ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    context: Any = gx.get_context(mode="ephemeral", project_config=config)
    if not isinstance(context, EphemeralDataContext):
        raise TypeError(f"expected an ephemeral context, got {type(context).__name__}")
    return context
