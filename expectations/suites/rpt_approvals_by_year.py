"""Rules on the yearly totals: against the facts and against the release in place."""

from great_expectations import ExpectationSuite
from great_expectations.expectations.core.expect_column_values_to_be_unique import (
    ExpectColumnValuesToBeUnique,
)
from great_expectations.expectations.core.expect_table_row_count_to_be_between import (
    ExpectTableRowCountToBeBetween,
)

from expectations.suites.rule import about, rule

STATISTICS = "Statistics"


def suite() -> ExpectationSuite:
    """Return the rules on `audit.rpt_approvals_by_year`: one row per year."""
    return ExpectationSuite(
        "rpt_approvals_by_year",
        expectations=[
            ExpectColumnValuesToBeUnique(
                column="approval_year",
                **about(
                    "DQ-120",
                    "critical",
                    "Every year stands in the report once.",
                    owner=STATISTICS,
                    source="docs/marts.md",
                ),
            ),
            rule(
                "DQ-121",
                "critical",
                "A year's total is the sum of its counted approvals, to the cent.",
                """select coalesce(report.approval_year, facts.approval_year) as failing_key,
                    report.amount_usd as observed, facts.amount_usd as expected
                from {batch} as report
                full join audit.counted_years as facts using (approval_year)
                where coalesce(report.amount_usd, 0) <> coalesce(facts.amount_usd, 0)
                    or coalesce(report.approval_count, 0) <> coalesce(facts.approval_count, 0)""",
                owner=STATISTICS,
                source="docs/marts.md",
            ),
            rule(
                "DQ-122",
                "warning",
                "The total of a closed year stays close to the one in the release in place.",
                """select released.approval_year as failing_key, report.amount_usd as observed,
                    released.amount_usd as expected
                from audit.released_rpt_approvals_by_year as released
                left join {batch} as report using (approval_year)
                where released.approval_year < (
                        select max(approval_year) from audit.released_rpt_approvals_by_year)
                    and abs(coalesce(report.amount_usd, 0) - released.amount_usd) * 100
                    > abs(released.amount_usd) * audit.threshold('past_year_change_pct')""",
                owner=STATISTICS,
            ),
            ExpectTableRowCountToBeBetween(
                min_value=1,
                **about(
                    "DQ-123",
                    "critical",
                    "At least one year has approvals: an empty warehouse is not published.",
                    owner=STATISTICS,
                    source="docs/marts.md",
                ),
            ),
        ],
    )
