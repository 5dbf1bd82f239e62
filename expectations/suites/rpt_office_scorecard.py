"""Rules on the offices: who has fallen silent."""

from great_expectations import ExpectationSuite

from expectations.suites.rule import rule


def suite() -> ExpectationSuite:
    """Return the rules on `audit.rpt_office_scorecard`: one row per office."""
    return ExpectationSuite(
        "rpt_office_scorecard",
        expectations=[
            rule(
                "DQ-160",
                "info",
                "Every office has exported within its cadence, counted back from the newest "
                "export of any office.",
                """select office_id as failing_key, last_exported_date as observed,
                    'within ' || expected_interval_days || ' days of ' || newest_date as expected
                from (
                    select *, max(last_exported_date) over () as newest_date from {batch}
                ) as offices
                where last_exported_date + cast(expected_interval_days as integer)
                    < newest_date""",
                owner="Office liaison",
                source="docs/configuration.md",
            ),
            rule(
                "DQ-161",
                "info",
                "Every office of the configuration has sent at least one file.",
                """select office_id as failing_key, 'no file' as observed,
                    'files ' || cadence as expected
                from {batch} where coalesce(file_count, 0) = 0""",
                owner="Office liaison",
                source="docs/configuration.md",
            ),
        ],
    )
