"""Rules on all reports of shares by year, seen as one table."""

from great_expectations import ExpectationSuite
from great_expectations.expectations.core.expect_compound_columns_to_be_unique import (
    ExpectCompoundColumnsToBeUnique,
)

from expectations.suites.rule import ExpectNoFailingRows, about, rule

STATISTICS = "Statistics"


def suite() -> ExpectationSuite:
    """Return the rules on `audit.shares`: one row per report, year and member."""
    return ExpectationSuite(
        "rpt_shares",
        expectations=[
            ExpectCompoundColumnsToBeUnique(
                column_list=["report", "approval_year", "member_id"],
                **about(
                    "DQ-130",
                    "critical",
                    "Every member stands in a report of shares once a year.",
                    owner=STATISTICS,
                    source="docs/marts.md",
                ),
            ),
            *_sums(),
            *_members(),
        ],
    )


def _sums() -> list[ExpectNoFailingRows]:
    return [
        rule(
            "DQ-131",
            "critical",
            "The shares of a year and the rounding residual shown beside them make 100.",
            """select report || ' ' || approval_year as failing_key,
                sum(share_pct) + max(share_residual_pct) as observed, 100 as expected
            from {batch} where share_pct is not null
            group by report, approval_year
            having sum(share_pct) + max(share_residual_pct) <> 100""",
            owner=STATISTICS,
            source="docs/marts.md",
        ),
        rule(
            "DQ-132",
            "critical",
            "The residual of the shares is no more than rounding.",
            """select report || ' ' || approval_year as failing_key,
                max(abs(share_residual_pct)) as observed,
                'at most ' || audit.threshold('share_residual_points') as expected
            from {batch} where share_pct is not null
            group by report, approval_year
            having max(abs(share_residual_pct)) > greatest(
                audit.threshold('share_residual_points'), count(*) * 0.005)""",
            owner=STATISTICS,
            source="docs/marts.md",
        ),
        rule(
            "DQ-133",
            "critical",
            "The members of every report of shares add up to the year's total, to the cent.",
            """select report || ' ' || approval_year as failing_key, members.amount_usd as observed,
                years.amount_usd as expected
            from (
                select report, approval_year, sum(amount_usd) as amount_usd
                from {batch}
                where report <> 'rpt_funding_source_shares_by_year'
                group by report, approval_year
            ) as members
            left join audit.rpt_approvals_by_year as years using (approval_year)
            where members.amount_usd <> coalesce(years.amount_usd, 0)""",
            owner=STATISTICS,
            source="docs/marts.md",
        ),
    ]


def _members() -> list[ExpectNoFailingRows]:
    return [
        rule(
            "DQ-134",
            "warning",
            "No member's share of a closed year moves by ten points against the release in place.",
            """select shares.report || ' ' || shares.approval_year || ' ' || shares.member_id
                as failing_key, shares.share_pct as observed, released.share_pct as expected
            from {batch} as shares
            inner join audit.released_shares as released
                using (report, approval_year, member_id)
            where shares.approval_year < (
                    select max(approval_year) from audit.released_rpt_approvals_by_year)
                and abs(shares.share_pct - released.share_pct)
                > audit.threshold('share_change_points')""",
            owner=STATISTICS,
        ),
        rule(
            "DQ-135",
            "warning",
            "Little money is with members that no alias maps.",
            """select report as failing_key,
                'US$ ' || sum(amount_usd) filter (where member_id like 'unmapped%') as observed,
                'at most ' || audit.threshold('unmapped_amount_pct') || ' % of US$ '
                || sum(amount_usd) as expected
            from {batch}
            group by report
            having sum(amount_usd) filter (where member_id like 'unmapped%') * 100
                > sum(amount_usd) * audit.threshold('unmapped_amount_pct')""",
            source="docs/configuration.md",
        ),
        rule(
            "DQ-136",
            "info",
            "Every member of a report is mapped by an alias.",
            """select report || ' ' || member_id as failing_key,
                'US$ ' || sum(amount_usd) as observed, 'an alias in aliases.csv' as expected
            from {batch} where member_id like 'unmapped%'
            group by report, member_id order by sum(amount_usd) desc, member_id""",
            source="docs/configuration.md",
        ),
    ]
