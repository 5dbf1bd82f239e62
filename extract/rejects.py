"""Quarantined rows: each with its reason, its raw cells and a sentence that names the fix."""

import duckdb
import pyarrow as pa

from approvals.contracts import REJECTS
from extract.fields import dataset_fields
from extract.mapping import MappedTable
from extract.reasons import ROW_REASONS
from extract.rows import typed_columns

PLACE = "$name || case when $sheet <> '' then ', sheet ' || $sheet else '' end"
STATED = ("approval_date", "amount_original", "currency_code")
"""What a rejected row may still say of itself: it makes totals with quarantine possible."""


def create_rejects(
    connection: duckdb.DuckDBPyConnection, table: MappedTable, file: dict[str, str]
) -> None:
    """Create the table `rejects` from the rows of `typed` that have a reason.

    Args:
        connection: holds the table `typed`.
        table: gives the headers that the messages name.
        file: `sha`, `office`, `sheet`, `dataset` and `name`, for provenance and messages.
    """
    if not _rejected(connection):
        connection.register("no_rejects", REJECTS.empty_table())
        connection.execute("create or replace temp table rejects as from no_rejects")
        return
    connection.register("reason_list", _reasons(table))
    names = dataset_fields(table.dataset)
    cases = " ".join(f"when '{field}' then {field}_text" for field in names)
    raw = f"case reason_list.field {cases} end"
    nulls = "".join(f", null as {field}" for field in STATED if field not in names)
    connection.execute(
        f"""create or replace temp table rejects as with named as (
            select typed.*, $sha as file_sha256, $office as office_id, $sheet as sheet_name,
                $dataset as dataset, reasons[1] as reason_code,
                array_to_string(reasons, ' ') as reason_codes, reason_list.header as reason_column,
                {raw} as raw_text, {PLACE} || ', row ' || record_number || ', column '
                || reason_list.header || ': ' || coalesce('"' || ({raw}) || '"', 'empty')
                || '; ' || reason_list.fix as message {nulls}
            from typed join reason_list on reason_list.code = reasons[1]
        ) select {typed_columns(REJECTS)} from named""",
        file,
    )


def _rejected(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute("select count(*) from typed where len(reasons) > 0").fetchone()
    return int(row[0]) if row else 0


def _reasons(table: MappedTable) -> pa.Table:
    """Return the catalogue with the file's own headers."""
    headers = {column.field: column.header for column in reversed(table.columns) if column.field}
    return pa.table(
        {
            "code": [reason.code for reason in ROW_REASONS],
            "field": [reason.field for reason in ROW_REASONS],
            "fix": [reason.fix for reason in ROW_REASONS],
            "header": [headers.get(reason.field, reason.field) for reason in ROW_REASONS],
        }
    )
