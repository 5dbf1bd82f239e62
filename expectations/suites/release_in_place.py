"""Rules on what the candidate is compared with."""

from great_expectations import ExpectationSuite

from expectations.suites.rule import rule


def suite() -> ExpectationSuite:
    """Return the rules on `audit.release_in_place`: one row per column that it lacks, or one."""
    return ExpectationSuite(
        "release in place",
        expectations=[
            rule(
                "DQ-180",
                "warning",
                "The release in place has every column that the candidate is compared by; a "
                "table without them is not compared.",
                """select missing as failing_key,
                    'release ' || release_id || ' has no column ' || missing as observed,
                    'present' as expected
                from {batch} where missing is not null""",
                source="docs/releases.md",
            ),
        ],
    )
