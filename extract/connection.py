"""The DuckDB connection of a loader: bounded memory, spilling to disk, threads by file size."""

from pathlib import Path

import duckdb

from approvals.settings import Settings

LARGE_FILE = 32 << 20
"""Bytes from which on a file is worth all threads; below, files are loaded beside each other."""


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


def set_threads(connection: duckdb.DuckDBPyConnection, path: Path, threads: int) -> None:
    """Give a large file all threads, at least two; a small one a single thread.

    One thread cuts a Parquet file into groups of rows in another way than several do. So the size
    of the file, not the setting, decides between one and several.
    """
    count = max(2, threads) if path.stat().st_size >= LARGE_FILE else 1
    connection.execute(f"set threads = {count:d}")
