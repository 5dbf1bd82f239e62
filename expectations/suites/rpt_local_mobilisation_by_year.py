"""Rules on the report of what is mobilised locally."""

from great_expectations import ExpectationSuite

from expectations.suites.rule import rule


def suite() -> ExpectationSuite:
    """Return the rules on `audit.rpt_local_mobilisation_by_year`: one row per year."""
    return ExpectationSuite(
        "rpt_local_mobilisation_by_year",
        expectations=[
            rule(
                "DQ-140",
                "critical",
                "Local, central and not stated make the year's total, to the cent.",
                """select report.approval_year as failing_key,
                    report.local_usd + report.central_usd + report.not_stated_usd as observed,
                    years.amount_usd as expected
                from {batch} as report
                left join audit.rpt_approvals_by_year as years using (approval_year)
                where report.local_usd + report.central_usd + report.not_stated_usd
                    is distinct from coalesce(years.amount_usd, 0)""",
                owner="Statistics",
                source="docs/marts.md",
            ),
            rule(
                "DQ-141",
                "critical",
                "The local, central and not stated shares and their residual make 100.",
                """select approval_year as failing_key,
                    local_share_pct + central_share_pct + not_stated_share_pct
                    + share_residual_pct as observed, 100 as expected
                from {batch}
                where local_share_pct + central_share_pct + not_stated_share_pct
                    + share_residual_pct <> 100""",
                owner="Statistics",
                source="docs/marts.md",
            ),
        ],
    )
