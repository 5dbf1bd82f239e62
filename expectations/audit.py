"""The two gates: what they look at, in which order, and where they write what they found."""

import logging
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from approvals.configuration import Configuration
from approvals.contracts import CANDIDATE_NAME
from approvals.runs import checked_run_id
from approvals.settings import Settings
from expectations.dbt_results import read_dbt_results
from expectations.html import write_html
from expectations.quality_tables import fingerprint, write_quality_tables
from expectations.report import AuditReport, Gate, RuleResult, outcome_of
from expectations.results import (
    forget_gate,
    quality_folder,
    read_record,
    report_of,
    write_record,
)

logger = logging.getLogger(__name__)

FIRST_RULES = {
    "lake": ("DQ-001", "lake", "The lake can be read."),
    "marts": (
        "DQ-100",
        "approvals.duckdb",
        "The candidate has every table that is audited, and dbt has left its test results.",
    ),
}
"""Gate → the rule that comes before all others: without it there is nothing to audit."""


def audit_lake(
    settings: Settings, configuration: Configuration, run_id: str, known_at: date | None = None
) -> AuditReport:
    """Audit what the lake holds and the release in place does not: the raw gate.

    With `known_at` later files do not exist.

    Returns:
        The report, also written to `build/<run_id>/quality/`. A lake that cannot be read is a
        failed report; call `raise_if_failed` to stop on it.

    Raises:
        ConfigurationError: the run id is refused.
    """
    folder = quality_folder(settings, checked_run_id(run_id))
    forget_gate(folder, run_id, "lake")
    results, summary = _checked_lake(settings, configuration, known_at)
    return _recorded(folder, run_id, configuration, "lake", results, {"summary": summary})


def audit_marts(
    settings: Settings, configuration: Configuration, run_id: str, known_at: date | None = None
) -> AuditReport:
    """Audit the candidate of a run against the lake and the release in place: the mart gate.

    With `known_at` later files do not exist, and there is no release to compare with.

    Returns:
        The report, with dbt's own test results; written to `build/<run_id>/quality/` and into
        the candidate as `quality.rule_results` and `quality.runs`. A candidate that is missing
        or cannot be read is a failed report.

    Raises:
        ConfigurationError: the run id is refused.
    """
    folder = quality_folder(settings, checked_run_id(run_id))
    forget_gate(folder, run_id, "marts")
    database = folder.parent / CANDIDATE_NAME
    results, summary = _checked_marts(settings, configuration, database, known_at)
    details: dict[str, Any] = {"summary": summary}
    if summary:
        gate = _entry(configuration, results, details)
        record = read_record(folder, run_id)
        write_quality_tables(database, {**record, "gates": {**record["gates"], "marts": gate}})
        details["database_sha256"] = fingerprint(database)
    return _recorded(folder, run_id, configuration, "marts", results, details)


def _checked_lake(
    settings: Settings, configuration: Configuration, known_at: date | None
) -> tuple[list[RuleResult], dict[str, Any]]:
    # Great Expectations takes seconds to import: only a process that audits pays for it.
    from expectations.bench import open_bench
    from expectations.lake_views import create_lake_tables, create_new_tables
    from expectations.suites import LAKE_SUITES
    from expectations.summaries import lake_summary

    with open_bench(settings) as bench:
        try:
            create_lake_tables(bench.connection, settings, configuration, known_at)
            create_new_tables(bench.connection)
            summary = lake_summary(bench.connection, configuration)
        except duckdb.Error as error:
            return [_readable("lake", error)], {}
        return [_readable("lake"), *bench.validate("lake", LAKE_SUITES)], summary


def _checked_marts(
    settings: Settings, configuration: Configuration, database: Path, known_at: date | None
) -> tuple[list[RuleResult], dict[str, Any]]:
    from expectations.bench import open_bench
    from expectations.lake_views import create_lake_tables
    from expectations.marts_views import create_marts_views
    from expectations.suites import MARTS_SUITES
    from expectations.summaries import marts_summary

    with open_bench(settings) as bench:
        try:
            dbt_results = read_dbt_results(database.parent / "target")
            create_lake_tables(bench.connection, settings, configuration, known_at)
            is_rebuild = known_at is not None
            create_marts_views(
                bench.connection, settings, configuration, database, is_rebuild=is_rebuild
            )
            summary = marts_summary(bench.connection)
        except (duckdb.Error, OSError, ValueError, KeyError) as error:
            return [_readable("marts", error)], {}
        results = bench.validate("marts", MARTS_SUITES)
        return [_readable("marts"), *results, *dbt_results], summary


def _readable(gate: Gate, error: Exception | None = None) -> RuleResult:
    """Return the result of the rule that comes before all others of a gate."""
    rule_id, table, description = FIRST_RULES[gate]
    return RuleResult(
        rule_id=rule_id,
        gate=gate,
        table=table,
        severity="critical",
        description=description,
        owner="Data engineering",
        source="docs/lake.md",
        success=error is None,
        error=" ".join(f"{type(error).__name__}: {error}".split())[:300] if error else None,
    )


def _entry(
    configuration: Configuration, results: list[RuleResult], details: dict[str, Any]
) -> dict[str, Any]:
    return {
        "outcome": outcome_of(results),
        "audited_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "config_sha256": configuration.sha256,
        "results": [result.as_record() for result in results],
        **details,
    }


def _recorded(
    folder: Path,
    run_id: str,
    configuration: Configuration,
    gate: Gate,
    results: list[RuleResult],
    details: dict[str, Any],
) -> AuditReport:
    """Write the gate's entry and the page, and return the report."""
    record = read_record(folder, run_id)
    record["gates"][gate] = _entry(configuration, results, details)
    write_record(folder, record)
    write_html(folder, record)
    report = report_of(record, gate, folder)
    failed = [result.rule_id for result in results if not result.success]
    logger.info("%s gate of run %s: %s, failed: %s", gate, run_id, report.outcome, failed)
    return report
