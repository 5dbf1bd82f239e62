"""The remarks on single rows, drawn from the lake's Parquet: why not loaded, what was noticed.

DuckDB does the work: a file may have a million of them. A row with several reasons is a remark for
each, so that the office can mend all at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from extract.feedback.facts import ReadTable
from extract.reasons import Reason, catalogue

CELL = """nullif(from_json(raw_cells, '["VARCHAR"]')[position + 1], '')"""
FOUND_LIMIT = 2000
"""Characters of a cell that a report repeats."""


@dataclass(frozen=True, slots=True)
class Part:
    """Where the rows of one table of a file lie; neither file need exist."""

    accepted: Path
    rejects: Path


@dataclass(frozen=True, slots=True)
class Remark:
    """One reason of one row."""

    reason: Reason
    sheet_name: str
    record_number: int
    header: str | None
    found: str | None
    """The cell's text; None: empty, or no single cell is concerned."""


class Remarks:
    """The remarks of one file at a time, over one connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Hold the catalogue's severities in the database."""
        self._connection = connection
        self._has_any = False
        reasons = catalogue().values()
        connection.register(
            "catalogue",
            pa.table(
                {
                    "code": [reason.code for reason in reasons],
                    "level": [reason.level for reason in reasons],
                    "severity": [reason.severity for reason in reasons],
                    "precedence": [reason.order for reason in reasons],
                }
            ),
        )

    def open(self, tables: Sequence[ReadTable], parts: Sequence[Part]) -> None:
        """Look at one file's rows from now on.

        Args:
            tables: for each part, which column gives which field; none for a rejected file.
            parts: where the rows of each of the file's tables lie.
        """
        sources = [
            source
            for number, part in enumerate(parts)
            for source in (
                _quarantined(part.rejects, number) if part.rejects.is_file() else None,
                _noticed(part.accepted, number) if part.accepted.is_file() else None,
            )
            if source
        ]
        self._has_any = bool(sources)
        if not sources:
            return
        self._connection.register("spots", _spots(tables))
        self._connection.execute(
            f"""create or replace temp table remarks as
            with found as ({" union all ".join(sources)})
            select part, sheet_name, record_number, code, level, severity, precedence, header,
                case when len(found) > {FOUND_LIMIT} then left(found, {FOUND_LIMIT}) || '…'
                    else found end as found
            from found join catalogue using (code)"""
        )

    def counts(self, level: str) -> list[tuple[Reason, int]]:
        """Return how many rows have each reason of a level, by precedence."""
        if not self._has_any:
            return []
        rows = self._connection.execute(
            "select code, count(*) from remarks where level = ? group by code, precedence "
            "order by precedence",
            [level],
        ).fetchall()
        return [(catalogue()[code], count) for code, count in rows]

    def first(self, level: str, limit: int) -> list[Remark]:
        """Return the first remarks of a level in the order of the file."""
        return self._fetch("where level = ?", limit, [level])

    def first_of(self, code: str, limit: int) -> list[Remark]:
        """Return the first remarks with one code in the order of the file."""
        return self._fetch("where code = ?", limit, [code])

    def listed(self) -> Iterable[pa.RecordBatch]:
        """Return all remarks that somebody should look at, in the order of the file."""
        if not self._has_any:
            return ()
        batches: Iterable[pa.RecordBatch] = self._connection.execute(
            "select level, sheet_name, record_number, code, severity, header, found from remarks "
            "where severity <> 'info' order by level, part, record_number, precedence"
        ).to_arrow_reader(1 << 16)
        return batches

    def _fetch(self, condition: str, limit: int, values: list[str]) -> list[Remark]:
        if not self._has_any:
            return []
        rows = self._connection.execute(
            f"select code, sheet_name, record_number, header, found from remarks {condition} "
            f"order by part, record_number, precedence limit {limit}",
            values,
        ).fetchall()
        return [Remark(catalogue()[code], *rest) for code, *rest in rows]


def _quarantined(path: Path, part: int) -> str:
    """Return SQL for a remark for each reason of each quarantined row."""
    return f"""
        select {part} as part, sheet_name, record_number, code,
            case when code = reason_code then reason_column else header end as header,
            case when code = reason_code then raw_text else {CELL} end as found
        from (
            select *, {part} as part, unnest(string_split(reason_codes, ' ')) as code
            from read_parquet({_quoted(path)})
        ) left join spots using (part, code)"""


def _noticed(path: Path, part: int) -> str:
    """Return SQL for a remark for each warning of each accepted row."""
    return f"""
        select {part} as part, sheet_name, record_number, code, header, {CELL} as found
        from (
            select sheet_name, record_number, raw_cells, {part} as part,
                unnest(string_split(warning_codes, ' ')) as code
            from read_parquet({_quoted(path)}) where warning_codes is not null
        ) left join spots using (part, code)"""


def _spots(tables: Sequence[ReadTable]) -> pa.Table:
    """Return for each part and code the column that the code concerns, if the table has it."""
    spots: dict[tuple[int, str], tuple[str, int]] = {}
    for part, table in enumerate(tables):
        for column in table.columns:
            for reason in catalogue().values():
                if reason.field and column.field == reason.field:
                    spots.setdefault((part, reason.code), (column.header, column.position))
    rows = [
        {"part": part, "code": code, "header": header, "position": position}
        for (part, code), (header, position) in spots.items()
    ]
    schema = [("part", pa.int32()), ("code", pa.string()), ("header", pa.string())]
    return pa.Table.from_pylist(rows, pa.schema([*schema, ("position", pa.int64())]))


def _quoted(path: Path) -> str:
    """Return a path of our own as a constant: views take no parameters."""
    return "'" + str(path).replace("'", "''") + "'"
