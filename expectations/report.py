"""What a gate says: one result for each rule, and from them one outcome."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal

from approvals.errors import AuditFailedError

Outcome = Literal["passed", "passed_with_warnings", "failed"]
Gate = Literal["lake", "marts"]

SEVERITIES: Final = ("critical", "warning", "info")
WHOLE_TABLE: Final = "all"
"""The key that a rule on a table as a whole gives (`suites/`)."""


@dataclass(frozen=True, slots=True)
class FailingRow:
    """One row that breaks a rule: its key, what was found, what should have been."""

    key: str | None
    observed: str | None
    expected: str | None


@dataclass(frozen=True, slots=True)
class RuleResult:
    """How one rule came out."""

    rule_id: str
    gate: str
    """lake, marts or dbt."""
    table: str
    severity: str
    description: str
    owner: str
    source: str
    success: bool
    failing_rows: int = 0
    sample: tuple[FailingRow, ...] = ()
    """At most 20 failing rows; keys and figures only, never free text."""
    error: str | None = None
    """Why the rule could not be checked at all; then it counts as failed and critical."""

    @property
    def observed(self) -> str | None:
        """What the first failing row holds."""
        return self.sample[0].observed if self.sample else None

    @property
    def expected(self) -> str | None:
        """What the first failing row should hold."""
        return self.sample[0].expected if self.sample else None

    @property
    def place(self) -> str:
        """How many rows fail and which is the first; empty of a rule on a table as a whole."""
        key = self.sample[0].key if self.sample else None
        return "" if key == WHOLE_TABLE else f"{self.failing_rows} failing, first {key or 'row'}: "

    def as_record(self) -> dict[str, Any]:
        """Return the result as JSON-ready values."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> "RuleResult":
        """Return the result that `as_record` wrote."""
        sample = tuple(FailingRow(**row) for row in record["sample"])
        return cls(**{**record, "sample": sample})


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The audit of one gate in one run."""

    run_id: str
    gate: Gate
    outcome: Outcome
    results: tuple[RuleResult, ...]
    report_path: Path
    """The HTML page that shows this."""

    def failures(self, severity: str) -> list[RuleResult]:
        """Return the rules of one severity that failed."""
        return [
            result for result in self.results if not result.success and result.severity == severity
        ]

    def raise_if_failed(self) -> None:
        """Stop the run if a critical rule failed.

        Raises:
            AuditFailedError: names the first rule, its table and figures, and the report.
        """
        failed = self.failures("critical")
        if not failed:
            return
        first = failed[0]
        if first.error:
            detail = f"it could not be checked: {first.error}"
        else:
            detail = f"{first.place}found {first.observed}, expected {first.expected}"
        detail = detail[0].upper() + detail[1:]
        others = f" ({len(failed) - 1} more critical rules failed)" if len(failed) > 1 else ""
        raise AuditFailedError(
            f"{first.rule_id} on {first.table} failed, nothing was published: "
            f"{first.description} {detail}{others}. Read {self.report_path}, mend the export or "
            "the configuration, and run again"
        )


def outcome_of(results: Sequence[RuleResult]) -> Outcome:
    """Return failed for any critical failure, else passed with or without warnings.

    No result at all is a failure: a gate that checked nothing has not passed.
    """
    failed = {result.severity for result in results if not result.success}
    if "critical" in failed or not results:
        return "failed"
    return "passed_with_warnings" if "warning" in failed else "passed"
