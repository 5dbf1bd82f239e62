"""Rules on the newly quarantined rows."""

from great_expectations import ExpectationSuite

from expectations.suites.rule import rule


def suite() -> ExpectationSuite:
    """Return the rules on `audit.new_rejects`: one row per newly quarantined record."""
    return ExpectationSuite(
        "lake rejects",
        expectations=[
            rule(
                "DQ-030",
                "info",
                "No row was quarantined.",
                """select office_id || ' ' || reason_code as failing_key,
                    count(*) as observed, 0 as expected
                from {batch} group by office_id, reason_code order by all""",
                owner="Office liaison",
            ),
            rule(
                "DQ-031",
                "warning",
                "Little of an office's new money is in quarantine.",
                """select office_id || ' ' || currency_code as failing_key,
                    rejected_amount as observed,
                    'at most ' || audit.threshold('quarantined_amount_pct') || ' % of '
                    || (rejected_amount + accepted_amount) as expected
                from audit.quarantined_amounts
                where rejected_amount * 100 > (rejected_amount + accepted_amount)
                    * audit.threshold('quarantined_amount_pct')
                    and office_id in (select office_id from {batch})""",
                owner="Office liaison",
            ),
        ],
    )
