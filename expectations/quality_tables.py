"""The audit as tables of the candidate: `quality.rule_results`, `runs` and `figure_drifts`."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from approvals.contracts import QUALITY_SCHEMA
from expectations.figure_drifts import COLUMNS
from expectations.report import RuleResult

TABLES = """
create or replace table quality.rule_results (
    run_id varchar, rule_id varchar, gate varchar, table_name varchar, severity varchar,
    description varchar, owner varchar, source varchar, is_success boolean,
    failing_row_count bigint, observed varchar, expected varchar, failing_keys varchar,
    error_message varchar
);
create or replace table quality.runs (
    run_id varchar, gate varchar, outcome varchar, audited_at timestamptz,
    rule_count bigint, critical_failure_count bigint, warning_failure_count bigint,
    info_failure_count bigint, config_sha256 varchar
);
create or replace table quality.figure_drifts (run_id varchar, {drifts});
"""


def write_quality_tables(database: Path, record: dict[str, Any]) -> None:
    """Write the results of all gates into the candidate, checkpoint and close it.

    Raises:
        duckdb.Error: the candidate is held by another process, or is damaged.
    """
    results = [
        RuleResult.from_record(result)
        for entry in record["gates"].values()
        for result in entry["results"]
    ]
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"set timezone = 'UTC'; create schema if not exists {QUALITY_SCHEMA}")
        connection.execute(TABLES.format(drifts=COLUMNS))
        _insert(
            connection,
            "quality.rule_results",
            [_result_row(record["run_id"], result) for result in results],
        )
        _insert(
            connection,
            "quality.runs",
            [_run_row(record["run_id"], gate, entry) for gate, entry in record["gates"].items()],
        )
        summary = record["gates"]["marts"]["summary"]
        _insert(
            connection,
            "quality.figure_drifts",
            [(record["run_id"], *drift.values()) for drift in summary["figure_drifts"]],
        )
        connection.execute("checkpoint")


def fingerprint(database: Path) -> str:
    """Return the SHA-256 of the closed database file: what was audited is what is published."""
    with database.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]
) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"insert into {table} values ({marks})", rows)  # noqa: S608


def _result_row(run_id: str, result: RuleResult) -> tuple[object, ...]:
    return (
        run_id,
        result.rule_id,
        result.gate,
        result.table,
        result.severity,
        result.description,
        result.owner,
        result.source,
        result.success,
        result.failing_rows,
        result.observed,
        result.expected,
        json.dumps([row.key for row in result.sample]) if result.sample else None,
        result.error,
    )


def _run_row(run_id: str, gate: str, entry: dict[str, Any]) -> tuple[object, ...]:
    failed = [result["severity"] for result in entry["results"] if not result["success"]]
    return (
        run_id,
        gate,
        entry["outcome"],
        entry["audited_at"],
        len(entry["results"]),
        failed.count("critical"),
        failed.count("warning"),
        failed.count("info"),
        entry["config_sha256"],
    )
