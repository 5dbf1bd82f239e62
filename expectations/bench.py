"""Where a gate works: a scratch DuckDB file with the `audit` schema, and suites run on it.

A file and not memory, because DuckDB compresses files: ten million approvals fit a small machine.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from duckdb import DuckDBPyConnection
from great_expectations import ExpectationSuite
from great_expectations.core import ExpectationValidationResult
from great_expectations.datasource.fluent.interfaces import TestConnectionError
from great_expectations.datasource.fluent.sql_datasource import SQLDatasource
from great_expectations.expectations.expectation import Expectation

from approvals.settings import Settings
from expectations.duckdb_source import DuckDBExecutionEngine, shared_context
from expectations.report import FailingRow, RuleResult
from expectations.suites.rule import SAMPLE_SIZE

RESULT_FORMAT = {"result_format": "SUMMARY", "partial_unexpected_count": SAMPLE_SIZE}
MESSAGE_LENGTH = 300

Suites = Sequence[tuple[str, Callable[[], ExpectationSuite]]]
"""Tables of the `audit` schema, each with the function that returns its suite."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A scratch database and the data source that Great Expectations reads it by."""

    connection: DuckDBPyConnection
    source: SQLDatasource

    def validate(self, gate: str, suites: Suites) -> list[RuleResult]:
        """Run the suites and return a result for each rule, in the order of the rules."""
        return [
            result
            for table, make_suite in suites
            for result in self._validate_table(gate, table, make_suite())
        ]

    def _validate_table(self, gate: str, table: str, suite: ExpectationSuite) -> list[RuleResult]:
        try:
            asset = self.source.add_table_asset(table, table_name=table)
            batch = asset.add_batch_definition_whole_table(table).get_batch()
        except TestConnectionError as error:
            message = _one_line(error.__cause__ or error)
            return [_unchecked(gate, table, rule, message) for rule in suite.expectations]
        validation = batch.validate(suite, result_format=RESULT_FORMAT)
        results = [_as_rule_result(gate, table, result) for result in validation.results]
        return sorted(results, key=lambda result: result.rule_id)


@contextmanager
def open_bench(settings: Settings) -> Iterator[Bench]:
    """Yield an empty bench; its file and its hold on other databases end with the block.

    Lay out the `audit` schema before the first suite runs: Great Expectations reads in a
    transaction of its own and sees nothing that comes later.
    """
    name = f"audit-{uuid4().hex}"
    sources: Any = shared_context().data_sources
    settings.builds.mkdir(parents=True, exist_ok=True)
    database = settings.builds / f".{name}.duckdb"
    source = sources.add_duckdb(
        name=name, connection_string=f"duckdb:///{database}", create_temp_table=False
    )
    pooled = source.get_engine().raw_connection()
    try:
        connection = pooled.driver_connection
        connection.execute(f"set threads = {settings.threads}")
        connection.execute("set memory_limit = ?", [settings.memory_limit])
        yield Bench(connection, source)
    finally:
        engine = source.get_execution_engine()
        if isinstance(engine, DuckDBExecutionEngine):
            engine.close()
        pooled.close()
        source.get_engine().dispose()
        sources.delete(name)
        for path in settings.builds.glob(f".{name}.duckdb*"):
            path.unlink()


def _as_rule_result(gate: str, table: str, result: ExpectationValidationResult) -> RuleResult:
    config = result.expectation_config
    if config is None:
        raise TypeError(f"Great Expectations returned a result without its rule on {table}")
    error = _error(result.exception_info)
    meta = config.meta or {}
    return RuleResult(
        rule_id=meta["rule_id"],
        gate=gate,
        table=table,
        severity="critical" if error else str(getattr(config.severity, "value", config.severity)),
        description=str(config.description),
        owner=meta["owner"],
        source=meta["source"],
        success=bool(result.success) and error is None,
        failing_rows=0 if result.success else _failing_rows(result.result),
        sample=_sample(result.result, config.kwargs),
        error=error,
    )


def _unchecked(gate: str, table: str, rule: Expectation, message: str) -> RuleResult:
    """Return the result of a rule whose table cannot be read."""
    meta = rule.meta or {}
    return RuleResult(
        rule_id=meta["rule_id"],
        gate=gate,
        table=table,
        severity="critical",
        description=str(rule.description),
        owner=meta["owner"],
        source=meta["source"],
        success=False,
        error=message,
    )


def _error(info: dict[str, Any] | None) -> str | None:
    """Return the message of whatever was raised; metrics nest it one level deeper."""
    if not info:
        return None
    nested = [info] if "raised_exception" in info else list(info.values())
    for entry in nested:
        if entry.get("raised_exception"):
            return _one_line(entry.get("exception_message") or "no message")
    return None


def _one_line(message: object) -> str:
    return " ".join(str(message).split())[:MESSAGE_LENGTH]


def _failing_rows(result: dict[str, Any]) -> int:
    return int(result.get("unexpected_count", 1))


def _sample(result: dict[str, Any], kwargs: dict[str, Any]) -> tuple[FailingRow, ...]:
    rows = result.get("details", {}).get("rows")
    if rows is not None:
        return tuple(
            FailingRow(row["failing_key"], row["observed"], row["expected"]) for row in rows
        )
    if "observed_value" in result:
        wanted = f"{kwargs.get('min_value')} or more"
        return (FailingRow(None, str(result["observed_value"]), wanted),)
    values = dict.fromkeys(str(value) for value in result.get("partial_unexpected_list", ()))
    return tuple(FailingRow(value, "more than once", "once") for value in values)
