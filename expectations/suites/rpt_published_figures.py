"""Rules on the printed figures recomputed.

A figure that fails is a warning: another agency's data, or half of a night's files, cannot bear
the paper's figures. A figure that came out of the release in place and no longer does is critical,
because then something that was right has been broken. One that moved and still comes out is a
warning, with what moved it.
"""

from great_expectations import ExpectationSuite

from expectations.suites.rule import rule

STATISTICS = "Statistics"
SOURCE = "seeds/published_figures.csv"


def suite() -> ExpectationSuite:
    """Return the rules on `audit.rpt_published_figures`: one row per printed figure."""
    return ExpectationSuite(
        "rpt_published_figures",
        expectations=[
            rule(
                "DQ-150",
                "critical",
                "Every printed figure that comes out of the release in place still comes out.",
                """select released.figure_id as failing_key,
                    coalesce(figures.value, 'no value') as observed,
                    released.operator || ' ' || released.expected_value as expected
                from audit.released_rpt_published_figures as released
                inner join {batch} as figures using (figure_id, operator, expected_value)
                where released.status = 'pass' and figures.status <> 'pass'""",
                owner=STATISTICS,
                source=SOURCE,
            ),
            rule(
                "DQ-151",
                "warning",
                "Every printed figure for which there is data comes out.",
                """select figure_id as failing_key, value as observed,
                    operator || ' ' || expected_value as expected
                from {batch} where status = 'fail' order by figure_id""",
                owner=STATISTICS,
                source=SOURCE,
            ),
            rule(
                "DQ-152",
                "info",
                "There is data for every printed figure.",
                """select figure_id as failing_key, 'no data' as observed,
                    operator || ' ' || expected_value as expected
                from {batch} where status = 'no_data' order by figure_id""",
                owner=STATISTICS,
                source=SOURCE,
            ),
            rule(
                "DQ-153",
                "warning",
                "Every printed figure has the value that it has in the release in place.",
                """select drifts.figure_id as failing_key,
                    coalesce(any_value(drifts.value_after), 'no value') || coalesce(
                        ': ' || string_agg(
                            replace(drifts.change_reason, '_', ' ') || ' '
                            || drifts.change_usd || ' US$ in '
                            || coalesce(drifts.file_name, 'no file')
                            || ' (' || drifts.approval_count
                            || if(drifts.approval_count = 1, ' approval)', ' approvals)'),
                            '; ' order by abs(drifts.change_usd) desc,
                                drifts.change_reason, drifts.file_name
                        ),
                        ': an agreement, a forecast, a target or the configuration moved it'
                    ) as observed,
                    coalesce(any_value(drifts.value_before), 'no value') as expected
                from audit.figure_drifts as drifts inner join {batch} as figures using (figure_id)
                group by drifts.figure_id
                union all
                select 'not comparable' as failing_key,
                    'not comparable, because release ' || any_value(release_id)
                    || ' has no column ' || string_agg(missing, ', ' order by missing) as observed,
                    'a release with the columns that are compared' as expected
                from audit.release_in_place where missing is not null having count(*) > 0
                order by failing_key""",
                owner=STATISTICS,
                source="docs/published-figures.md",
            ),
        ],
    )
