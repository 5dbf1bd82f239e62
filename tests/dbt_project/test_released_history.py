"""What was known when of released records: let out again, beside others of their file, and late.

What the history of the lake says of a day is what a warehouse built then said, of rates and
agreements too (test_released_rates.py).
"""

from pathlib import Path

from tests.dbt_project.released_lake import NOW, THEN, lake_on, without_journal
from tests.dbt_project.warehouse import Warehouse, rows

VERSIONS = """
    select approval_id, status, amount_usd, is_withdrawn, record_number, decision_id, known_from_at
    from marts.fct_approval_versions
    where known_from_at <= '2007-02-26' and (known_to_at is null or known_to_at > '2007-02-26')
    order by approval_id
"""
TOTALS = """
    select known_date::varchar, approval_count, amount_usd::double
    from marts.rpt_approval_vintages where approval_year = 2005 order by known_date
"""
HELD = """
    select versions.amount_usd::double, versions.known_from_at::date::varchar,
        versions.known_to_at::date::varchar, versions.is_withdrawn
    from marts.fct_approval_versions as versions
    inner join marts.fct_approvals as approvals using (approval_id)
    where approvals.office_reference = '{}' order by versions.version_number
"""
CAUSES = """
    select restatements.known_from_at::date::varchar, restatements.change_reason,
        restatements.file_name, restatements.record_number, decisions.decided_at::date::varchar
    from marts.fct_approval_restatements as restatements
    inner join marts.fct_approvals as approvals using (approval_id)
    left join quality.decisions as decisions
        on restatements.decision_id = decisions.decision_id
    where approvals.office_reference = '{}' and restatements.field_name = 'effective_usd'
    order by restatements.known_from_at
"""
PLAIN_IDS = """
    select approval_id, amount_usd::double from marts.fct_approvals
    where project_title = 'Alike' and decision_id is null order by amount_usd
"""


def test_a_record_released_again_keeps_the_history_of_its_first_release(released_now: Path) -> None:
    assert rows(released_now, HELD.format("AGAIN")) == [
        (100, "2007-02-01", "2007-03-01", False),
        (100, "2007-03-01", "2007-04-01", True),
        (300, "2007-04-01", None, False),
    ]


def test_the_end_of_a_release_is_restated_with_its_record_and_its_decision(
    released_now: Path,
) -> None:
    field, treasury = "field/2006-06-08.csv", "treasury/2006-04-01.csv"
    assert rows(released_now, CAUSES.format("AGAIN")) == [
        ("2007-03-01", "withdrawal", field, 3, "2007-02-01"),
        ("2007-04-01", "reinstatement", field, 3, "2007-04-01"),
    ]
    assert rows(released_now, CAUSES.format("HELD")) == [
        ("2007-02-01", "exchange_rate", treasury, 100, "2007-02-01"),
        ("2007-03-01", "exchange_rate", treasury, 100, "2007-02-01"),
        ("2007-04-01", "exchange_rate", treasury, 100, "2007-04-01"),
    ]


def test_a_rate_in_place_of_one_that_ended_is_restated_with_its_own_record(
    released_now: Path,
) -> None:
    treasury = "treasury/2006-04-01.csv"
    assert rows(released_now, CAUSES.format("MENDED")) == [
        ("2007-02-10", "exchange_rate", treasury, 101, "2007-02-10"),
        ("2007-03-10", "exchange_rate", treasury, 2, None),
    ]


def test_a_late_release_of_a_reference_leaves_what_its_file_said_before(released_now: Path) -> None:
    assert rows(released_now, HELD.format("TWICE")) == [
        (1000, "2006-06-08", "2007-02-20", False),
        (2000, "2007-02-20", None, False),
    ]


def test_a_release_gives_no_other_record_another_approval(
    released_now: Path, warehouse: Warehouse
) -> None:
    before = warehouse.build("released-before", without_journal).database

    assert rows(released_now, PLAIN_IDS) == rows(before, PLAIN_IDS)
    assert rows(released_now, TOTALS) == [
        ("2006-06-08", 3, 1030),
        ("2007-02-01", 4, 1130),
        ("2007-02-10", 5, 1145),
        ("2007-02-20", 5, 2145),
        ("2007-03-01", 4, 2045),
        ("2007-04-01", 5, 2345),
    ]


def test_the_history_of_a_day_is_what_was_built_then(
    released_now: Path, released_then: Path
) -> None:
    assert rows(released_now, VERSIONS) == rows(released_then, VERSIONS)


def test_a_rebuild_of_a_day_is_what_was_built_then(
    warehouse: Warehouse, released_then: Path
) -> None:
    again = warehouse.build("released-rebuilt", lambda lake: lake_on(lake, NOW), THEN).database

    for table in (
        *("fct_approvals", "fct_approval_versions", "fct_approval_restatements"),
        *("fct_exchange_rates", "dim_agreements"),
    ):
        query = f"from marts.{table} order by all"
        assert rows(again, query) == rows(released_then, query) != [], table
