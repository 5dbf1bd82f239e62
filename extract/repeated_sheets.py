"""Rows that stand on two sheets of one file: a copy of a list must not count twice.

Sheets are compared as multisets of rows, so that rows that repeat inside one sheet stay what they
are. A sheet all of whose rows stand on sheets before it, cell by cell, is not loaded; one that
repeats some of them is, as two rows may well be alike. Either is said.
"""

from dataclasses import dataclass

import duckdb

from extract.fields import create_fields, dataset_fields
from extract.mapping import MappedTable
from extract.readers.records import Records
from extract.segments import Segment, Window
from extract.sheets import FileTables


@dataclass(frozen=True, slots=True)
class _Repeats:
    """How the rows of a sheet repeat those of the sheets before it."""

    rows: int
    whole: int
    """Rows that are there before with every cell."""
    mapped: int
    """Rows that are there before with every cell that means something to the warehouse."""
    places: str
    """The sheets that hold them."""


def without_repeated(connection: duckdb.DuckDBPyConnection, found: FileTables) -> FileTables:
    """Return the tables whose rows do not all stand before, and a warning for every repeat."""
    if len(found.tables) < 2:
        return found
    connection.execute(
        "create or replace temp table sheet_rows "
        "(part integer, sheet integer, name varchar, whole ubigint, mapped ubigint)"
    )
    kept: list[MappedTable] = []
    sheets: list[Records] = []
    warnings = list(found.warnings)
    for part, table in enumerate(found.tables):
        if not any(_whole(table.raw.records) is sheet for sheet in sheets):
            sheets.append(_whole(table.raw.records))
        _note_rows(connection, table, part, len(sheets))
        repeats = _repeats(connection, part, len(sheets))
        if repeats.mapped:
            warnings.append(_warning(table, repeats))
        if repeats.rows and repeats.whole == repeats.rows:
            connection.execute("delete from sheet_rows where part = ?", [part])
        else:
            kept.append(table)
    return FileTables(tuple(kept), tuple(warnings))


def _whole(records: Records) -> Records:
    """Return the sheet that holds records: tables on one sheet do not repeat each other."""
    while isinstance(records, Segment | Window):
        records = records.whole
    return records


def _note_rows(
    connection: duckdb.DuckDBPyConnection, table: MappedTable, part: int, sheet: int
) -> None:
    """Keep a fingerprint of each data row; headers in another order make no difference."""
    create_fields(connection, table)
    texts = ", ".join(f"{name}_text" for name in dataset_fields(table.dataset))
    connection.execute(
        f"insert into sheet_rows select $part, $sheet, $name, "
        f"hash({texts}, unmapped_cells), hash({texts}) from fields where kind = 'data'",
        {"part": part, "sheet": sheet, "name": table.raw.sheet_name},
    )


def _repeats(connection: duckdb.DuckDBPyConnection, part: int, sheet: int) -> _Repeats:
    rows = connection.execute("select count(*) from sheet_rows where part = ?", [part]).fetchone()
    places = connection.execute(
        "select name from sheet_rows where sheet < $sheet and mapped in "
        "(select mapped from sheet_rows where part = $part) group by part, name order by part",
        {"part": part, "sheet": sheet},
    ).fetchall()
    return _Repeats(
        rows=rows[0] if rows else 0,
        whole=_count(connection, part, sheet, "whole"),
        mapped=_count(connection, part, sheet, "mapped"),
        places=", ".join(repr(name) for (name,) in places),
    )


def _count(connection: duckdb.DuckDBPyConnection, part: int, sheet: int, fingerprint: str) -> int:
    """Return how many rows of a sheet stand on those before it, each of these used once."""
    found = connection.execute(
        f"""
        with own as (
            select {fingerprint} as print, count(*) as times from sheet_rows
            where part = $part group by print
        ), earlier as (
            select {fingerprint} as print, count(*) as times from sheet_rows
            where sheet < $sheet group by print
        )
        select coalesce(sum(least(own.times, earlier.times)), 0)::bigint
        from own join earlier using (print)""",
        {"part": part, "sheet": sheet},
    ).fetchone()
    return int(found[0]) if found else 0


def _warning(table: MappedTable, repeats: _Repeats) -> str:
    sheet = repr(table.raw.sheet_name)
    if repeats.whole == repeats.rows:
        return (
            f"sheet {sheet}: all of its {repeats.rows} rows stand on {repeats.places} already: it "
            "was not loaded, so that nothing counts twice; if they are other approvals, tell them "
            "apart by a project code"
        )
    return (
        f"sheet {sheet}: {repeats.mapped} of its {repeats.rows} rows stand on {repeats.places} "
        "already and are loaded again: delete them there if they are the same approvals"
    )
