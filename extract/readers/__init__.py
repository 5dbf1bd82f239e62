"""Readers turn one landed file into tables of text; which reader, the bytes decide.

What decides is imported when it is asked for: the child process needs only the parsers.
"""

from typing import TYPE_CHECKING

from extract.readers.table import RawTable, Reader, Table, read_table

if TYPE_CHECKING:
    from extract.readers.detection import reader_for

__all__ = ["RawTable", "Reader", "Table", "read_table", "reader_for"]


def __getattr__(name: str) -> object:
    """Return `reader_for`, imported now.

    Raises:
        AttributeError: the package has no such name.
    """
    if name == "reader_for":
        from extract.readers.detection import reader_for

        return reader_for
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
