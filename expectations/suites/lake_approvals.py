"""Rules on the newly loaded approval rows that no later export has replaced.

A row stops being looked at once the same office exports the same reference, or the same period,
again: that is how an office mends a slip, since nothing in the lake is ever changed.
"""

from great_expectations import ExpectationSuite

from expectations.suites.rule import ExpectNoFailingRows, rule

LIAISON = "Office liaison"


def suite() -> ExpectationSuite:
    """Return the rules on `audit.new_approvals`: one row per newly loaded, standing row."""
    return ExpectationSuite("lake approvals", expectations=[*_unit_slips(), *_values()])


def _unit_slips() -> list[ExpectNoFailingRows]:
    return [
        rule(
            "DQ-020",
            "critical",
            "No approval is restated at a thousand or a million times its earlier amount: "
            "thousands given as units.",
            """select later.row_key as failing_key, later.amount_original as observed,
                earlier.amount_original as expected
            from {batch} as later
            inner join audit.earlier_amounts as earlier using (file_sha256, row_key)
            where later.amount_original
                between earlier.amount_original * 999 and earlier.amount_original * 1001
                or later.amount_original
                between earlier.amount_original * 999000 and earlier.amount_original * 1001000""",
            owner=LIAISON,
        ),
        rule(
            "DQ-021",
            "critical",
            "The middle amount of a file, or the least of a file with few rows, is not a hundred "
            "times the office's usual one: thousands given as units.",
            """select medians.file_sha256 || ' ' || medians.currency_code as failing_key,
                cast(medians.median_amount as bigint) as observed,
                'about ' || cast(medians.usual_amount as bigint) as expected
            from audit.amount_medians as medians
            where medians.file_sha256 in (select file_sha256 from {batch})
                and if(medians.row_count >= audit.threshold('slip_rows'),
                    medians.median_amount, medians.least_amount)
                >= medians.usual_amount * audit.threshold('file_slip_factor')
                and (medians.row_count >= audit.threshold('slip_rows')
                or medians.least_amount > medians.largest_amount)""",
            owner=LIAISON,
        ),
        rule(
            "DQ-022",
            "warning",
            "No single amount is some hundreds of times the office's usual one.",
            """select approvals.row_key as failing_key, approvals.amount_original as observed,
                'about ' || cast(medians.usual_amount as bigint) as expected
            from {batch} as approvals
            inner join audit.amount_medians as medians using (file_sha256, currency_code)
            where approvals.amount_original
                >= medians.usual_amount * audit.threshold('row_slip_factor')""",
            owner=LIAISON,
        ),
        rule(
            "DQ-027",
            "critical",
            "No single amount is ten times the largest that the office has in any other file, "
            "and a hundred times its usual one.",
            """select approvals.row_key as failing_key, approvals.amount_original as observed,
                'at most about ' || medians.largest_amount as expected
            from {batch} as approvals
            inner join audit.amount_medians as medians using (file_sha256, currency_code)
            where approvals.amount_original
                >= medians.largest_amount * audit.threshold('record_factor')
                and approvals.amount_original
                >= medians.usual_amount * audit.threshold('file_slip_factor')""",
            owner=LIAISON,
        ),
        rule(
            "DQ-023",
            "warning",
            "An amount below zero is a correction of something already reported.",
            """select row_key as failing_key, amount_original as observed,
                'a status of revised or cancelled' as expected
            from {batch}
            where amount_original < 0 and status not in ('revised', 'cancelled')""",
            owner=LIAISON,
        ),
    ]


def _values() -> list[ExpectNoFailingRows]:
    return [
        rule(
            "DQ-024",
            "warning",
            "Nothing but a forecast is dated after the export that reports it.",
            """select row_key as failing_key, approval_date as observed,
                'at most ' || cast(exported_at + interval 1 day as date) as expected
            from {batch}
            where approval_date > cast(exported_at + interval 1 day as date)
                and status <> 'forecast'""",
            owner=LIAISON,
        ),
        rule(
            "DQ-025",
            "warning",
            "Every amount has a currency that the rates, or the office's own conversion, know.",
            """select row_key as failing_key, currency_code as observed,
                'USD, a currency with a rate, or a reported US$ amount' as expected
            from {batch}
            where currency_code is distinct from 'USD' and amount_usd_reported is null
                and coalesce(currency_code, '')
                not in (select currency_code from audit.rates)""",
        ),
        rule(
            "DQ-026",
            "critical",
            "Every record of a file is in the lake once.",
            """select file_sha256 || ' ' || record_number as failing_key,
                count(*) as observed, 1 as expected
            from {batch}
            group by file_sha256, sheet_name, record_number
            having count(*) > 1""",
        ),
    ]
