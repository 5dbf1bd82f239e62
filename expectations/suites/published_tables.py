"""Rules on the tables that papers print: what rounding does not explain is a misprint."""

from great_expectations import ExpectationSuite

from expectations.suites.rule import rule


def suite() -> ExpectationSuite:
    """Return the rules on `audit.published_table_checks`: one row per printed sum and share."""
    return ExpectationSuite(
        "published tables",
        expectations=[
            rule(
                "DQ-154",
                "warning",
                "The members of every printed table add up to its total, and its shares agree "
                "with its amounts, as far as the declared rounding allows.",
                """select concat_ws(' ', table_id, measure, "year", dimension, what) as failing_key,
                    printf('%.2f', cast(found as double)) as observed,
                    printf('%.2f', cast(printed as double)) || ' within '
                    || printf('%.2f', cast(tolerance as double)) || ': ' || reason as expected
                from {batch} where not is_agreed order by 1""",
                owner="Statistics",
                source="docs/published-figures.md",
            ),
        ],
    )
