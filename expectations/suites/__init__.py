"""The quality rules, one module for each table that they look at; docs/quality-rules.md lists them.

A suite is a function that returns a Great Expectations suite. A rule is a query for the rows that
break it, with three columns: the key, what was found, what should have been. Queries see the
`audit` schema that `expectations.views` lays out, and `{batch}`, the suite's own table.
"""

from typing import Final

from expectations.suites import (
    fct_approvals,
    lake_approvals,
    lake_files,
    lake_rates,
    lake_rejects,
    published_tables,
    quality_tables,
    release_in_place,
    rpt_approvals_by_year,
    rpt_local_mobilisation_by_year,
    rpt_office_scorecard,
    rpt_published_figures,
    rpt_shares,
)

LAKE_SUITES: Final = (
    ("new_files", lake_files.suite),
    ("new_approvals", lake_approvals.suite),
    ("new_rejects", lake_rejects.suite),
    ("rates", lake_rates.suite),
)
MARTS_SUITES: Final = (
    ("fct_approvals", fct_approvals.suite),
    ("rpt_approvals_by_year", rpt_approvals_by_year.suite),
    ("shares", rpt_shares.suite),
    ("rpt_local_mobilisation_by_year", rpt_local_mobilisation_by_year.suite),
    ("rpt_published_figures", rpt_published_figures.suite),
    ("published_table_checks", published_tables.suite),
    ("rpt_office_scorecard", rpt_office_scorecard.suite),
    ("candidate_files", quality_tables.suite),
    ("release_in_place", release_in_place.suite),
)
