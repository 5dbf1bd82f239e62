"""Rules on the approvals of the candidate: against the lake below and the release in place."""

from great_expectations import ExpectationSuite
from great_expectations.expectations.core.expect_column_values_to_be_unique import (
    ExpectColumnValuesToBeUnique,
)

from expectations.suites.rule import ExpectNoFailingRows, about, rule


def suite() -> ExpectationSuite:
    """Return the rules on `audit.fct_approvals`: one row per approval as now known."""
    return ExpectationSuite(
        "fct_approvals",
        expectations=[
            ExpectColumnValuesToBeUnique(
                column="approval_id",
                **about(
                    "DQ-101",
                    "critical",
                    "Every approval stands in the facts once.",
                    owner="Data engineering",
                    source="docs/marts.md",
                ),
            ),
            *_from_the_lake(),
            *_against_the_release(),
        ],
    )


def _from_the_lake() -> list[ExpectNoFailingRows]:
    return [
        rule(
            "DQ-102",
            "critical",
            "Every approval that stands has the amount and currency of the record it comes from, "
            "to the cent; of one let out of quarantine, those that were approved.",
            """select facts.approval_id as failing_key,
                facts.amount_original || ' ' || facts.currency_code as observed,
                coalesce(lake.amount_original || ' ' || coalesce(lake.currency_code, ''),
                'a row in the lake') as expected
            from {batch} as facts
            left join (
                select file_sha256, sheet_name, record_number, amount_original, currency_code
                from audit.approvals
                union all
                from audit.released_records
            ) as lake
                on lake.file_sha256 = facts.file_sha256
                and lake.sheet_name = facts.sheet_name
                and lake.record_number = facts.record_number
            where not facts.is_withdrawn
                and (lake.amount_original is distinct from facts.amount_original
                or (lake.currency_code is not null
                and lake.currency_code is distinct from facts.currency_code))""",
        ),
        rule(
            "DQ-103",
            "critical",
            "Every reference or project symbol that an office exported is in the facts: none lost "
            "between the lake and the marts.",
            """select lake.office_id || ' ' || lake.file_sha256 || ' ' || min(lake.record_number)
                as failing_key, 'no approval' as observed, 'one approval' as expected
            from audit.approvals as lake
            left join {batch} as facts
                on facts.office_id = lake.office_id
                and coalesce(facts.office_reference, facts.project_symbol) = lake.reference
            where lake.reference is not null and facts.approval_id is null
                and lake.status <> 'payment'
                and lake.exported_at <= (select max(exported_at) from audit.candidate_files)
            group by lake.office_id, lake.reference, lake.file_sha256""",
        ),
        rule(
            "DQ-104",
            "critical",
            "No record of a file is counted as two approvals.",
            """select file_sha256 || ' ' || record_number as failing_key, count(*) as observed,
                1 as expected
            from {batch} where is_counted
            group by file_sha256, sheet_name, record_number having count(*) > 1""",
        ),
        rule(
            "DQ-105",
            "warning",
            "Every approval has an amount in US$.",
            """select currency_code as failing_key, count(*) || ' approvals held' as observed,
                'a rate for their months' as expected
            from {batch} where amount_usd is null group by currency_code""",
            owner="Treasury",
        ),
        rule(
            "DQ-106",
            "critical",
            "The larger part of the approvals has an amount in US$.",
            """select 'all' as failing_key, count(*) filter (where amount_usd is null) as observed,
                'at most ' || audit.threshold('unconverted_rows_pct') || ' % of ' || count(*)
                as expected
            from {batch}
            having count(*) filter (where amount_usd is null) * 100
                > count(*) * audit.threshold('unconverted_rows_pct')""",
            owner="Treasury",
        ),
    ]


def _against_the_release() -> list[ExpectNoFailingRows]:
    return [
        rule(
            "DQ-110",
            "critical",
            "No approval of the release in place is lost. (One that an office withdrew stays in "
            "the facts, marked.)",
            """select released.approval_id as failing_key, 'missing' as observed,
                'present' as expected
            from audit.released_fct_approvals as released
            anti join {batch} using (approval_id)
            where not (select bool_or(is_config_changed) from audit.release_in_place)""",
        ),
        rule(
            "DQ-111",
            "warning",
            "No approval of the release in place is lost by the change of configuration since "
            "then.",
            """select released.approval_id as failing_key, 'missing' as observed,
                'present' as expected
            from audit.released_fct_approvals as released
            anti join {batch} using (approval_id)
            where (select bool_or(is_config_changed) from audit.release_in_place)""",
        ),
        rule(
            "DQ-112",
            "warning",
            "Offices withdraw few of the approvals of the release in place.",
            """select office_id as failing_key, withdrawn_count as observed,
                'at most ' || audit.threshold('withdrawn_warning_pct') || ' % of '
                || approval_count as expected
            from audit.office_withdrawals
            where approval_count >= audit.threshold('withdrawn_rows')
                and withdrawn_count * 100
                > approval_count * audit.threshold('withdrawn_warning_pct')
                and office_id in (select office_id from {batch})""",
            owner="Office liaison",
        ),
        rule(
            "DQ-113",
            "critical",
            "No office withdraws half of its approvals of the release in place.",
            """select office_id as failing_key, withdrawn_count as observed,
                'at most ' || audit.threshold('withdrawn_critical_pct') || ' % of '
                || approval_count as expected
            from audit.office_withdrawals
            where approval_count >= audit.threshold('withdrawn_rows')
                and withdrawn_count * 100
                > approval_count * audit.threshold('withdrawn_critical_pct')
                and office_id in (select office_id from {batch})""",
            owner="Office liaison",
        ),
        rule(
            "DQ-114",
            "critical",
            "The average approval of an office and year is not ten times what the release in "
            "place has: thousands given as units.",
            """select office_id || ' ' || approval_year as failing_key,
                'US$ ' || amount_usd || ' in ' || approval_count || ' approvals' as observed,
                'about US$ ' || released_usd || ' in ' || released_count as expected
            from audit.office_years
            where amount_usd * released_count
                >= released_usd * approval_count * audit.threshold('office_growth_factor')
                and amount_usd - released_usd >= audit.threshold('office_growth_usd')
                and office_id in (select office_id from {batch})""",
            owner="Office liaison",
        ),
    ]
