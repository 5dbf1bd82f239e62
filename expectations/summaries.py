"""What the audit page shows beside the rules: files, reasons, totals, printed figures."""

from typing import Any

from duckdb import DuckDBPyConnection

from approvals.configuration import Configuration

MOST_FILES = 400
"""A page with more files than this serves nobody; `quality.files` has them all."""

NEW_FILES = """
select
    office_id, original_name, substr(file_sha256, 1, 12) as file_key, dataset,
    strftime(exported_at, '%Y-%m-%d') as exported_date,
    rows_read, rows_accepted, rows_rejected, rows_dropped, replace(status, '_', ' ') as status
from audit.new_files
order by office_id, exported_at, file_sha256
limit ?
"""
REASONS = """
select
    office_id, reason_code, count(*) as row_count,
    count(*) filter (where is_new) as new_row_count
from audit.rejects group by office_id, reason_code order by office_id, row_count desc, reason_code
"""
YEARS = """
select
    approval_year, approval_count, amount_usd, unconverted_count, quarantined_count,
    quarantined_usd, amount_with_quarantine_usd
from candidate.marts.rpt_approvals_by_year order by approval_year
"""
FIGURES = """
select
    figure_id, measure, period, member, operator, expected_value, value, unit, status,
    cast(as_of_date as varchar) as as_of_date, value_then, status_then, difference_reason
from candidate.marts.rpt_published_figures order by figure_id
"""
RELEASE_IN_PLACE = """
select
    any_value(release_id) as release_id,
    string_agg(missing, ', ' order by missing) as missing_columns
from audit.release_in_place
"""
TABLE_CHECKS = """
select
    table_id, measure, "year", dimension, count(*) as check_count,
    count(*) filter (where not is_agreed) as failed_count,
    max(abs(difference)) filter (where what = 'sum of members') as sum_difference,
    max(tolerance) filter (where what = 'sum of members') as sum_tolerance,
    any_value(reason) filter (where what = 'sum of members') as reason
from audit.published_table_checks group by all order by all
"""


def lake_summary(connection: DuckDBPyConnection, configuration: Configuration) -> dict[str, Any]:
    """Return the new files, the reasons for quarantine and the offices with synthetic rows."""
    loaded = {row["office_id"] for row in _rows(connection, "select office_id from audit.files")}
    (counts,) = _rows(
        connection,
        "select count(*) as file_count, count(*) filter (where is_new) as new_file_count "
        "from audit.files",
    )
    return {
        **counts,
        "files": _rows(connection, NEW_FILES, [MOST_FILES]),
        "reasons": _rows(connection, REASONS),
        "synthetic_offices": [
            office.office_name
            for office in configuration.offices
            if office.is_synthetic and office.office_id in loaded
        ],
        "thresholds": _rows(connection, "from audit.thresholds order by name"),
    }


def marts_summary(connection: DuckDBPyConnection) -> dict[str, Any]:
    """Return the totals by year, the printed figures, and which of them moved and why.

    `release_in_place` names what they are compared with, and which columns that lacks, if any:
    then it is not comparable, and no figure is said to have moved.
    """
    (in_place,) = _rows(connection, RELEASE_IN_PLACE)
    return {
        "years": _rows(connection, YEARS),
        "figures": _rows(connection, FIGURES),
        "figure_drifts": _rows(
            connection,
            "from audit.figure_drifts "
            "order by figure_id, abs(change_usd) desc, change_reason, file_name",
        ),
        "table_checks": _rows(connection, TABLE_CHECKS),
        "release_in_place": in_place,
    }


def _rows(
    connection: DuckDBPyConnection, query: str, parameters: list[object] | None = None
) -> list[dict[str, Any]]:
    """Return rows as JSON-ready values; amounts become text with all their digits."""
    relation = connection.execute(query, parameters or [])
    names = [column[0] for column in relation.description or ()]
    plain = (str, int, bool, list, type(None))
    return [
        {
            name: value if isinstance(value, plain) else str(value)
            for name, value in zip(names, row, strict=True)
        }
        for row in relation.fetchall()
    ]
