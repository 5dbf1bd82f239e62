"""The DuckDB connection of a loader: bounded memory, spilling to disk, threads by file size."""

from functools import cache

import duckdb

from approvals.settings import Settings

LARGE_FILE = 16 << 20
"""Bytes of records from which on a file is worth all threads; smaller files are loaded beside each
other."""
SMALL_FILE = 256 << 10
"""Bytes of records below which planning a query costs more than running it as it stands."""


def open_connection(settings: Settings) -> duckdb.DuckDBPyConnection:
    """Return a connection in memory that spills below the home once its memory limit is reached.

    The order of rows is kept, so that what is written is the same for any number of threads.
    """
    spill = settings.home.resolve() / "spill"
    spill.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(
        config={
            "threads": 1,
            "memory_limit": settings.memory_limit,
            "temp_directory": str(spill),
            "preserve_insertion_order": True,
        }
    )
    connection.execute("set TimeZone = 'UTC'")
    return connection


def fit_to(connection: duckdb.DuckDBPyConnection, size: int, threads: int) -> None:
    """Give a large file all threads, at least two, and a small one no optimizer.

    One thread cuts a Parquet file into groups of rows in another way than several do. So the size
    of the file, not the setting, decides between one and several.

    Args:
        connection: of a loader.
        size: bytes of the file's records, of a workbook's those that it unpacks to.
        threads: as set.
    """
    count = max(2, threads) if size >= LARGE_FILE else 1
    optimizers = "" if size >= SMALL_FILE else _all_optimizers()
    connection.execute(f"set threads = {count:d}; set disabled_optimizers = '{optimizers}'")


@cache
def _all_optimizers() -> str:
    """Return the names of DuckDB's optimizers as the setting takes them."""
    names = duckdb.connect().execute("from duckdb_optimizers()").fetchall()
    return ",".join(name for (name,) in names)
