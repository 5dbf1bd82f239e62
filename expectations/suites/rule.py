"""How a quality rule is written down: who owns it, how grave it is, what it looks for."""

from typing import Any, ClassVar, Literal

from great_expectations.execution_engine.execution_engine import ExecutionEngine
from great_expectations.expectations.core.unexpected_rows_expectation import (
    UnexpectedRowsExpectation,
)
from great_expectations.expectations.metadata_types import FailureSeverity

Severity = Literal["critical", "warning", "info"]

SAMPLE_SIZE = 20
"""How many failing rows a result keeps: enough to start looking, few enough to read."""


class ExpectNoFailingRows(UnexpectedRowsExpectation):
    """An expectation whose query returns the failing rows: failing_key, observed, expected.

    Unlike its parent it keeps a sample of the rows in every result format, so that one format
    serves a whole suite.
    """

    metric_dependencies: ClassVar[tuple[str, ...]] = UnexpectedRowsExpectation.metric_dependencies

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG002
        execution_engine: ExecutionEngine[Any] | None = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        """Return success if there is no failing row, else how many there are and a sample."""
        failing = metrics["unexpected_rows_query.row_count"]
        rows = metrics["unexpected_rows_query.table"][:SAMPLE_SIZE]
        return {
            "success": failing == 0,
            "result": {
                "unexpected_count": failing,
                "details": {"rows": [{name: _text(row[name]) for name in row} for row in rows]},
            },
        }


def rule(
    rule_id: str,
    severity: Severity,
    description: str,
    query: str,
    *,
    owner: str = "Data engineering",
    source: str = "docs/lake.md",
) -> ExpectNoFailingRows:
    """Return the expectation that `query` finds no row.

    Args:
        rule_id: `DQ-` and three digits, never given to another rule.
        severity: critical stops the publication, warning is reported, info is recorded.
        description: What holds when the rule passes, in words for an auditor.
        query: Selects failing_key, observed and expected of each row that breaks the rule.
        owner: Who decides what to do when it fails.
        source: Where the rule comes from.
    """
    return ExpectNoFailingRows(
        unexpected_rows_query=query,
        severity=FailureSeverity(severity),
        description=description,
        meta={"rule_id": rule_id, "owner": owner, "source": source},
    )


def about(
    rule_id: str, severity: Severity, description: str, *, owner: str, source: str
) -> dict[str, Any]:
    """Return the same particulars for one of Great Expectations' own expectations."""
    meta = {"rule_id": rule_id, "owner": owner, "source": source}
    return {"severity": severity, "description": description, "meta": meta}


def _text(value: object) -> str | None:
    return None if value is None else str(value)
