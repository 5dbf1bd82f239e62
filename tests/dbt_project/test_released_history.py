"""What was known when of released records: let out again, beside others of their file, and late.

One lake holds all cases; what its history says of a day is what a warehouse built then said.
"""

from datetime import date
from pathlib import Path

import pytest

from tests.dbt_project.lake_builder import LakeBuilder
from tests.dbt_project.random_lake import Sent
from tests.dbt_project.released import Released, record_all, until
from tests.dbt_project.warehouse import Warehouse, rows

FILE = Sent(
    "field",
    date(2006, 6, 8),
    [
        {"record_number": 2, "office_reference": "TWICE", "amount_original": 1000},
        {"record_number": 4, "project_title": "Alike", "amount_original": 10},
        {"record_number": 6, "project_title": "Alike", "amount_original": 20},
    ],
    rejected=[
        {"record_number": 1, "raw_cells": '["?"]'},
        {"record_number": 3, "raw_cells": '["?"]'},
        {"record_number": 5, "raw_cells": '["?"]'},
    ],
)
TWICE, AGAIN, ALIKE = range(3)
"""Places among the rejected records of the file."""
RELEASED = (
    Released(
        FILE,
        AGAIN,
        {"office_reference": "AGAIN", "amount_original": 100},
        date(2007, 2, 1),
        date(2007, 3, 1),
    ),
    Released(FILE, ALIKE, {"project_title": "Alike", "amount_original": 15}, date(2007, 2, 10)),
    Released(
        FILE, TWICE, {"office_reference": "TWICE", "amount_original": 2000}, date(2007, 2, 20)
    ),
    Released(FILE, AGAIN, {"office_reference": "AGAIN", "amount_original": 300}, date(2007, 4, 1)),
)
THEN = date(2007, 2, 25)
VERSIONS = """
    select approval_id, status, amount_usd, is_withdrawn, record_number, decision_id, known_from_at
    from marts.fct_approval_versions
    where known_from_at <= '2007-02-26' and (known_to_at is null or known_to_at > '2007-02-26')
    order by approval_id
"""
TOTALS = """
    select known_date::varchar, approval_count, amount_usd::double
    from marts.rpt_approval_vintages where approval_year = 2006 order by known_date
"""
HELD = """
    select versions.amount_usd::double, versions.known_from_at::date::varchar,
        versions.known_to_at::date::varchar, versions.is_withdrawn
    from marts.fct_approval_versions as versions
    inner join marts.fct_approvals as approvals using (approval_id)
    where approvals.office_reference = '{}' order by versions.version_number
"""
PLAIN_IDS = """
    select approval_id, amount_usd::double from marts.fct_approvals
    where project_title = 'Alike' and decision_id is null order by amount_usd
"""


def lake_on(lake: LakeBuilder, day: date) -> None:
    """Fill a lake as it was on a day: with the steps that had been taken."""
    FILE.add_to(lake)
    record_all(lake.root, until(day, RELEASED))


@pytest.fixture(scope="module")
def now(warehouse: Warehouse) -> Path:
    return warehouse.build("released-now", lambda lake: lake_on(lake, date(2007, 5, 1))).database


@pytest.fixture(scope="module")
def then(warehouse: Warehouse) -> Path:
    """Return what was built on a day, before anybody knew what came later."""
    return warehouse.build("released-then", lambda lake: lake_on(lake, THEN)).database


def test_a_record_released_again_keeps_the_history_of_its_first_release(now: Path) -> None:
    assert rows(now, HELD.format("AGAIN")) == [
        (100, "2007-02-01", "2007-03-01", False),
        (100, "2007-03-01", "2007-04-01", True),
        (300, "2007-04-01", None, False),
    ]


def test_a_late_release_of_a_reference_leaves_what_its_file_said_before(now: Path) -> None:
    assert rows(now, HELD.format("TWICE")) == [
        (1000, "2006-06-08", "2007-02-20", False),
        (2000, "2007-02-20", None, False),
    ]


def test_a_release_gives_no_other_record_another_approval(now: Path, warehouse: Warehouse) -> None:
    before = warehouse.build("released-before", FILE.add_to).database

    assert rows(now, PLAIN_IDS) == rows(before, PLAIN_IDS)
    assert rows(now, TOTALS) == [
        ("2006-06-08", 3, 1030),
        ("2007-02-01", 4, 1130),
        ("2007-02-10", 5, 1145),
        ("2007-02-20", 5, 2145),
        ("2007-03-01", 4, 2045),
        ("2007-04-01", 5, 2345),
    ]


def test_the_history_of_a_day_is_what_was_built_then(now: Path, then: Path) -> None:
    assert rows(now, VERSIONS) == rows(then, VERSIONS)


def test_a_rebuild_of_a_day_is_what_was_built_then(warehouse: Warehouse, then: Path) -> None:
    again = warehouse.build(
        "released-rebuilt", lambda lake: lake_on(lake, date(2007, 5, 1)), THEN
    ).database

    for table in ("fct_approvals", "fct_approval_versions", "fct_approval_restatements"):
        query = f"from marts.{table} order by all"
        assert rows(again, query) == rows(then, query), table
