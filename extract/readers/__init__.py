"""Readers turn one landed file into tables of text; which reader, the bytes decide."""

from extract.readers.detection import reader_for
from extract.readers.table import RawTable, Reader, Table, read_table

__all__ = ["RawTable", "Reader", "Table", "read_table", "reader_for"]
