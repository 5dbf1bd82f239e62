"""Re-classifications by hand: when an approval counts where, then and today, and what that moves.

What is said of which member stands in `warehouse.py`. Not here: lakes of chance (test_history.py),
what the configuration refuses (tests/approvals/test_classifications.py).
"""

from datetime import date

import pytest

from approvals.build import Candidate
from tests.dbt_project.lake_builder import LakeBuilder
from tests.dbt_project.warehouse import Warehouse, rows

AFRICA, ARAB, ASIA = "africa", "arab-states", "asia-and-the-pacific"
PRIVATE, STATES = "Private sector and foundations", "Governments"


def _fill(lake: LakeBuilder) -> None:
    """Five approvals that are re-classified after they were reported, and one a year later."""
    told = [
        ("BEFORE", "2006-01-15", 100, {"donor_name": "Petrobras"}),
        ("SINCE", "2006-03-15", 200, {"sector_name": "Social Dialogue"}),
        ("TAKEN_BACK", "2006-02-10", 400, {}),
        ("MERGED", "2007-02-01", 800, {"sector_name": "Social Dialogue"}),
    ]
    reported = [
        {"office_reference": reference, "approval_date": date.fromisoformat(day)}
        | {"amount_original": amount, "recipient_name": "Chad"}
        | more
        for reference, day, amount, more in told
    ]
    pacific = {"recipient_name": None, "region_name": "Pacific", "amount_original": 1600}
    reported.append({"office_reference": "INTRODUCED"} | pacific)
    lake.add("field", "2006-03-20", reported)
    lake.add("field", "2007-03-01", [{"office_reference": "LAST", "amount_original": 3200}])


@pytest.fixture(scope="module")
def reclassified(warehouse: Warehouse) -> Candidate:
    return warehouse.build("reclassified", _fill)


def _history(candidate: Candidate, column: str, reference: str) -> list[tuple[str, str, str]]:
    return rows(
        candidate.database,
        f"""
        select strftime(v.known_from_at, '%Y-%m-%d'), v.{column}, v.change_reason
        from marts.fct_approval_versions as v
        inner join marts.fct_approvals as a using (approval_id)
        where a.office_reference = '{reference}'
        qualify v.{column} is distinct from lag(v.{column}) over (order by v.version_number)
        order by v.version_number
        """,
    )


@pytest.mark.parametrize(
    ("reference", "column", "expected"),
    [
        ("BEFORE", "region_id", [AFRICA]),
        ("BEFORE", "donor_group_id", [PRIVATE, ("2006-04-20", "Foundations")]),
        ("SINCE", "region_id", [AFRICA, ("2006-04-12", ARAB)]),
        ("SINCE", "sector_id", ["social-dialogue"]),
        ("TAKEN_BACK", "region_id", [AFRICA, ("2006-04-12", ARAB), ("2006-04-27", AFRICA)]),
        ("MERGED", "region_id", [AFRICA, ("2006-04-12", ARAB), ("2006-04-25", ASIA)]),
        ("MERGED", "sector_id", ["social-dialogue", ("2006-04-18", "social-protection")]),
        ("INTRODUCED", "region_id", ["unmapped", ("2006-04-15", "pacific")]),
    ],
)
def test_an_approval_counts_where_its_day_belongs_from_the_day_that_was_made_known(
    reclassified: Candidate, reference: str, column: str, expected: list[str | tuple[str, str]]
) -> None:
    first, *later = expected

    assert _history(reclassified, column, reference) == [
        ("2006-03-20", first, "new_report"),
        *((day, value, "reclassification") for day, value in later),
    ]


def test_a_reclassification_moves_what_counted_and_changes_no_total(
    reclassified: Candidate,
) -> None:
    moved = rows(
        reclassified.database,
        """
        select
            strftime(known_from_at, '%m-%d'), approval_year, field_name, value_before,
            value_after, cast(moved_usd as integer), cast(change_usd as integer), file_name
        from marts.fct_approval_restatements
        where change_reason = 'reclassification' and field_name <> 'version_kind'
        order by known_from_at, moved_usd
        """,
    )

    named = "seeds/classifications.csv"
    assert moved == [
        ("04-12", 2006, "region_id", AFRICA, ARAB, 200, 0, named),
        ("04-12", 2006, "region_id", AFRICA, ARAB, 400, 0, named),
        ("04-12", 2007, "region_id", AFRICA, ARAB, 800, 0, named),
        ("04-15", 2006, "region_id", "unmapped", "pacific", 1600, 0, named),
        ("04-18", 2007, "sector_id", "social-dialogue", "social-protection", 800, 0, named),
        ("04-20", 2006, "donor_group_id", PRIVATE, "Foundations", 100, 0, named),
        ("04-25", 2007, "region_id", ARAB, ASIA, 800, 0, named),
        ("04-27", 2006, "region_id", ARAB, AFRICA, 400, 0, named),
    ]
    vintages = rows(
        reclassified.database,
        """
        select
            strftime(known_date, '%m-%d'), cast(amount_usd as integer), cast(change_usd as integer),
            cast(region_moved_usd as integer), cast(sector_moved_usd as integer),
            cast(donor_group_moved_usd as integer), cast(reclassification_usd as integer)
        from marts.rpt_approval_vintages where approval_year = 2006 order by known_date
        """,
    )
    assert vintages == [
        ("03-20", 2300, 2300, 0, 0, 0, 0),
        ("04-12", 2300, 0, 600, 0, 0, 0),
        ("04-15", 2300, 0, 1600, 0, 0, 0),
        ("04-20", 2300, 0, 0, 0, 100, 0),
        ("04-27", 2300, 0, 400, 0, 0, 0),
        ("03-01", 5500, 3200, 0, 0, 0, 0),
    ]


def test_a_report_can_be_read_in_the_classification_of_then_and_of_today(
    reclassified: Candidate,
) -> None:
    both = rows(
        reclassified.database,
        """
        select
            approval_year, member_id, cast(then_usd as integer), cast(today_usd as integer),
            cast(moved_usd as integer)
        from marts.rpt_reclassified_shares_by_year
        where dimension = 'region' and (then_usd <> 0 or today_usd <> 0) order by all
        """,
    )

    assert both == [
        (2006, AFRICA, 500, 0, -500),
        (2006, ARAB, 200, 0, -200),
        (2006, ASIA, 3200, 3900, 700),
        (2006, "pacific", 1600, 1600, 0),
        (2007, ASIA, 800, 800, 0),
    ]
    then = "select approval_year, {0}_id, amount_usd, share_pct from marts.rpt_{0}_shares_by_year"
    again = """
        select approval_year, member_id, then_usd, then_share_pct
        from marts.rpt_reclassified_shares_by_year where dimension = '{0}'
    """
    for dimension in ("region", "sector", "donor_group"):
        report, here = (
            set(rows(reclassified.database, f"{query} {order}".format(dimension)))
            for query, order in ((then, "where amount_usd > 0"), (again, "and then_usd > 0"))
        )
        assert report == here != set()


def test_a_published_figure_is_recomputed_as_classified_then_and_today(
    reclassified: Candidate,
) -> None:
    query = """
        select
            split_part(figure_id, '-', 1), value_then, value, status, value_today, status_today,
            cast(reclassified_difference as varchar)
        from marts.rpt_published_figures
        where figure_id like '%-2006-04-22' and (
            value_today is distinct from value
            or split_part(figure_id, '-', 1) in ('foundations', 'sum')
        )
        order by all
    """

    assert rows(reclassified.database, query) == [
        ("foundations", "100.00", "100.00", "pass", "100.00", "pass", "0.00"),
        ("rank", "2", "2", "fail", None, "no_data", None),
        ("region", None, "58.18", "pass", "70.91", "fail", "12.73"),
        ("sum", "2.30", "5.50", "fail", "5.50", "fail", "0.00"),
    ]
    before = "select value_then from marts.rpt_published_figures where figure_id = '{}-2006-04-10'"
    assert rows(reclassified.database, before.format("foundations")) == [None]


def test_shares_of_both_classifications_and_their_residuals_add_up_to_100(
    reclassified: Candidate,
) -> None:
    sums = rows(
        reclassified.database,
        """
        select distinct
            sum(then_share_pct) + max(then_residual_pct),
            sum(today_share_pct) + max(today_residual_pct), sum(moved_usd), count(*) > 0
        from marts.rpt_reclassified_shares_by_year group by dimension, approval_year
        """,
    )

    assert sums == [(100, 100, 0, True)]


def test_a_member_keeps_its_key_and_has_its_names_by_their_days(reclassified: Candidate) -> None:
    spans = rows(
        reclassified.database,
        """
        select value, cast(valid_from_date as varchar), cast(valid_to_date as varchar), is_today
        from marts.dim_classifications
        where (member_id, attribute) in (('arab-states', 'name'), ('TCD', 'region_id'))
        order by attribute, valid_from_date nulls first
        """,
    )
    names = rows(
        reclassified.database,
        """
        select distinct approval_year, then_member_name, today_member_name
        from marts.rpt_reclassified_shares_by_year where member_id = 'arab-states' order by 1
        """,
    )

    assert spans == [
        ("Arab States", None, "2006-12-31", False),
        ("Western Asia", "2007-01-01", None, True),
        (AFRICA, None, "2006-01-31", False),
        (AFRICA, "2006-02-01", "2006-02-14", False),
        (ARAB, "2006-02-15", None, True),
    ]
    assert names == [(2006, "Arab States", "Western Asia"), (2007, "Western Asia", "Western Asia")]
    today = "select region_id from marts.dim_recipients where recipient_id = 'TCD'"
    assert rows(reclassified.database, today) == [ASIA]
    group = "select donor_group from marts.dim_donors where donor_id = 'petrobras'"
    assert rows(reclassified.database, group) == ["Foundations"]
