"""The remarks on single rows, drawn from the lake's Parquet: why not loaded, what was noticed.

DuckDB does the work: a file may have a million of them. A row with several reasons is a remark for
each, so that the office can mend all at once.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from extract.feedback.facts import ReadTable
from extract.reasons import Reason, catalogue

NO_ROWS = """select null::varchar as sheet_name, null::bigint as record_number,
    null::varchar as code, null::varchar as header, null::varchar as found where false"""
FOUND_LIMIT = 2000
"""Characters of a cell that a report repeats."""


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

    def open(self, tables: tuple[ReadTable, ...], rejects: Path, accepted: Path | None) -> None:
        """Look at one file's rows from now on.

        Args:
            tables: where the file's tables begin, and which column gives which field.
            rejects: the file's quarantined rows; need not exist.
            accepted: its accepted rows; None if nothing was loaded.
        """
        self._connection.register("spots", _spots(tables))
        quarantined = _quarantined(rejects) if rejects.is_file() else NO_ROWS
        noticed = _noticed(accepted) if accepted and accepted.is_file() else NO_ROWS
        self._connection.execute(
            f"""create or replace temp view remarks as
            with found as (({quarantined}) union all ({noticed}))
            select sheet_name, record_number, code, level, severity, precedence, header,
                case when len(found) > {FOUND_LIMIT} then left(found, {FOUND_LIMIT}) || '…'
                    else found end as found
            from found join catalogue using (code)"""
        )

    def counts(self, level: str) -> list[tuple[Reason, int]]:
        """Return how many rows have each reason of a level, by precedence."""
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

    def listed(self) -> pa.RecordBatchReader:
        """Return all remarks that somebody should look at, in the order of the file."""
        return self._connection.execute(
            "select level, sheet_name, record_number, code, severity, header, found from remarks "
            "where severity <> 'info' order by level, sheet_name, record_number, precedence"
        ).to_arrow_reader(1 << 16)

    def _fetch(self, condition: str, limit: int, values: list[str]) -> list[Remark]:
        rows = self._connection.execute(
            f"select code, sheet_name, record_number, header, found from remarks {condition} "
            f"order by sheet_name, record_number, precedence limit {limit}",
            values,
        ).fetchall()
        return [Remark(catalogue()[code], *rest) for code, *rest in rows]


def _quarantined(path: Path) -> str:
    """Return SQL for a remark for each reason of each quarantined row."""
    return f"""
        select rows.sheet_name, record_number, code,
            case when code = reason_code then reason_column else header end as header,
            case when code = reason_code then raw_text else {_cell()} end as found
        from (
            select *, unnest(string_split(reason_codes, ' ')) as code
            from read_parquet({_quoted(path)})
        ) as rows {_at_spot()}"""


def _noticed(path: Path) -> str:
    """Return SQL for a remark for each warning of each accepted row."""
    return f"""
        select rows.sheet_name, record_number, code, header, {_cell()} as found
        from (
            select sheet_name, record_number, raw_cells,
                unnest(string_split(warning_codes, ' ')) as code
            from read_parquet({_quoted(path)}) where warning_codes is not null
        ) as rows {_at_spot()}"""


def _at_spot() -> str:
    """Return the join that finds a row's table (the last one above it) and the field's column."""
    return """asof left join spots on rows.sheet_name = spots.sheet_name
        and rows.code = spots.spot_code and rows.record_number >= spots.first_record"""


def _cell() -> str:
    return """nullif(from_json(raw_cells, '["VARCHAR"]')[position + 1], '')"""


def _spots(tables: tuple[ReadTable, ...]) -> pa.Table:
    """Return for each table and code the column that the code concerns, if the table has it."""
    spots = [
        (table.sheet_name, table.header_rows[0], reason.code, column.header, column.position)
        for table in tables
        for reason in catalogue().values()
        for column in table.columns
        if reason.field and column.field == reason.field
    ]
    first = {spot[:3]: spot for spot in reversed(spots)}
    names = ["sheet_name", "first_record", "spot_code", "header", "position"]
    types = [pa.string(), pa.int64(), pa.string(), pa.string(), pa.int64()]
    columns = list(zip(*first.values(), strict=True)) or [()] * len(names)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
    return pa.Table.from_arrays(arrays, names)


def _quoted(path: Path) -> str:
    """Return a path of our own as a constant: views take no parameters."""
    return "'" + str(path).replace("'", "''") + "'"
