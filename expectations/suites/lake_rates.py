"""Rules on the rates of exchange in the lake, whole: a month-on-month change needs its past."""

from great_expectations import ExpectationSuite

from expectations.suites.rule import rule

TREASURY = "Treasury"


def suite() -> ExpectationSuite:
    """Return the rules on `audit.rates`: one row per rate set, currency and month."""
    return ExpectationSuite(
        "lake rates",
        expectations=[
            rule(
                "DQ-040",
                "critical",
                "Every rate of exchange is above zero.",
                """select rate_key as failing_key, units_per_usd as observed,
                    'above 0' as expected
                from {batch} where not coalesce(units_per_usd > 0, false)""",
                owner=TREASURY,
            ),
            rule(
                "DQ-041",
                "warning",
                "No currency gains or loses half its worth within a month.",
                """select rate_key as failing_key, units_per_usd as observed,
                    'about ' || previous_units_per_usd as expected
                from {batch}
                where abs(units_per_usd - previous_units_per_usd) * 100
                    > previous_units_per_usd * audit.threshold('rate_change_warning_pct')""",
                owner=TREASURY,
            ),
            rule(
                "DQ-042",
                "critical",
                "No rate is ten times, or a tenth of, the month before: inverted or shifted.",
                """select rate_key as failing_key, units_per_usd as observed,
                    'about ' || previous_units_per_usd as expected
                from {batch}
                where units_per_usd
                    >= previous_units_per_usd * audit.threshold('rate_change_critical_factor')
                    or units_per_usd * audit.threshold('rate_change_critical_factor')
                    <= previous_units_per_usd""",
                owner=TREASURY,
            ),
        ],
    )
