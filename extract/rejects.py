"""Quarantined rows: each with its reason, its raw cells and a sentence that names the fix."""

import duckdb
import pyarrow as pa

from approvals.contracts import REJECTS
from extract.conditions import error_fields
from extract.fields import dataset_fields
from extract.lake_types import typed_columns
from extract.mapping import MappedTable
from extract.reasons import ROW_REASONS
from extract.relation import columns_of
from extract.values.dates import BUDDHIST_OFFSET

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
    connection.register("reason_list", _reasons())
    connection.register("header_list", _headers(table))
    names = dataset_fields(table.dataset)
    cases = " ".join(f"when '{field}' then {field}_text" for field in names)
    nulls = "".join(f", null as {field}" for field in STATED if field not in names)
    connection.execute(
        f"""create or replace temp table rejects as with found as (
            select typed.*, reasons[1] as reason_code, reason_list.fix,
                {_field(table.dataset, columns_of(connection, "typed"))} as reason_field
            from typed join reason_list on reason_list.code = reasons[1]
            where is_rejected
        ), raw as (
            select *, {_raw(names, cases)} as raw_text from found
        ), named as (
            select raw.*, $sha as file_sha256, $office as office_id, $sheet as sheet_name,
                $dataset as dataset, array_to_string(reasons, ' ') as reason_codes,
                coalesce(header_list.header, reason_field) as reason_column,
                {PLACE} || ', row ' || record_number || ', column '
                || coalesce(header_list.header, reason_field) || ': '
                || coalesce('"' || raw_text || '"', 'empty') || '; ' || fix || {_hint(names)}
                as message {nulls}
            from raw left join header_list on header_list.field = reason_field
        ) select {typed_columns(REJECTS)} from named order by record_number""",
        file,
    )


def _field(dataset: str, columns: frozenset[str]) -> str:
    """Return SQL for the field whose column is named: for an error, the one that has it."""
    errors = " ".join(
        f"when {field}_problem = 'error' then '{field}'"
        for field in error_fields(dataset)
        if f"{field}_problem" in columns
    )
    if not errors:
        return "reason_list.field"
    return f"case when reasons[1] <> 'spreadsheet_error' then reason_list.field {errors} end"


def _raw(names: list[str], cases: str) -> str:
    """Return SQL for the text at fault; a currency may stand in the amount's cell."""
    text = f"case reason_field {cases} end"
    if "amount_original" in names and "currency_code" in names:
        return (
            f"coalesce({text}, case when reason_code in ('currency_ambiguous', "
            "'currency_contradicts') then amount_original_text end)"
        )
    return text


def _hint(names: list[str]) -> str:
    """Return SQL that names the year meant, for a year of the Buddhist era."""
    if "approval_date" not in names:
        return "''"
    year = f"try_cast(regexp_extract(raw_text, '2[456]\\d\\d') as int) - {BUDDHIST_OFFSET}"
    return (
        "coalesce(case when reason_code = 'approval_date_buddhist_era' "
        f"then ' (here ' || ({year}) || ')' end, '')"
    )


def _reasons() -> pa.Table:
    """Return the catalogue."""
    return pa.table(
        {
            "code": [reason.code for reason in ROW_REASONS],
            "field": [reason.field for reason in ROW_REASONS],
            "fix": [reason.fix for reason in ROW_REASONS],
        }
    )


def _headers(table: MappedTable) -> pa.Table:
    """Return the file's own header of each field, that of its preferred column."""
    headers = {column.field: column.header for column in reversed(table.columns) if column.field}
    return pa.table(
        {
            "field": pa.array([*headers], pa.string()),
            "header": pa.array([*headers.values()], pa.string()),
        }
    )
