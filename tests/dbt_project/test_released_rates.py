"""What was known when of rates and agreements that two people let out of quarantine.

One lake holds all cases; what its history says of a day is what a warehouse built then said.
"""

from datetime import date
from pathlib import Path

import pytest

from tests.dbt_project.lake_builder import LakeBuilder
from tests.dbt_project.random_lake import Sent
from tests.dbt_project.released import Released, record_all, until
from tests.dbt_project.warehouse import Warehouse, rows

APPROVALS = Sent(
    "field",
    date(2006, 4, 10),
    [
        {"office_reference": "HELD", "amount_original": 100, "currency_code": "EUR"},
        {"office_reference": "MENDED", "amount_original": 100, "currency_code": "CHF"},
    ],
)
RATES = Sent(
    "treasury",
    date(2006, 4, 1),
    [{"currency_code": "CHF", "units_per_usd": 1.25}],
    dataset="rates",
    rejected=[{"raw_cells": '["?"]'}, {"raw_cells": '["?"]'}],
)
AGREEMENTS = Sent(
    "hq", date(2006, 5, 1), [], dataset="agreements", rejected=[{"raw_cells": '["?"]'}]
)
EURO, FRANC = range(2)
"""Places among the rejected records of the rates."""
RELEASED = (
    Released(
        RATES,
        EURO,
        {"currency_code": "EUR", "units_per_usd": 0.8},
        date(2007, 2, 1),
        date(2007, 3, 1),
        "rates",
    ),
    Released(
        RATES,
        FRANC,
        {"currency_code": "CHF", "units_per_usd": 1.6},
        date(2007, 2, 10),
        date(2007, 3, 10),
        "rates",
    ),
    Released(
        AGREEMENTS,
        0,
        {"agreement_reference": "A1", "start_date": date(2006, 1, 1)},
        date(2007, 2, 5),
        date(2007, 3, 5),
        "agreements",
    ),
    Released(
        RATES,
        EURO,
        {"currency_code": "EUR", "units_per_usd": 0.5},
        date(2007, 4, 1),
        dataset="rates",
    ),
)
THEN, NOW = date(2007, 2, 15), date(2007, 5, 1)
VERSIONS = """
    select versions.amount_usd::double, versions.known_from_at::date::varchar,
        versions.known_to_at::date::varchar, versions.change_reason, versions.cause_file_name
    from marts.fct_approval_versions as versions
    inner join marts.fct_approvals as approvals using (approval_id)
    where approvals.office_reference = '{}' order by versions.version_number
"""
KNOWN = """
    select approval_id, status, amount_usd, exchange_rate, change_reason, known_from_at
    from marts.fct_approval_versions
    where known_from_at <= '{0}' and (known_to_at is null or known_to_at > '{0}')
    order by approval_id
"""
RATES_KNOWN = """
    select currency_code, units_per_usd, known_from_at, record_number
    from marts.fct_exchange_rates
    where known_from_at <= '{0}' and (known_to_at is null or known_to_at > '{0}')
    order by currency_code
"""
TOTALS = """
    select known_date::varchar, amount_usd::double
    from marts.rpt_approval_vintages where approval_year = 2006 order by known_date
"""


def lake_on(lake: LakeBuilder, day: date) -> None:
    """Fill a lake as it was on a day: with the steps that had been taken."""
    for file in (APPROVALS, RATES, AGREEMENTS):
        file.add_to(lake)
    record_all(lake.root, until(day, RELEASED))


@pytest.fixture(scope="module")
def now(warehouse: Warehouse) -> Path:
    return warehouse.build("rates-now", lambda lake: lake_on(lake, NOW)).database


@pytest.fixture(scope="module")
def then(warehouse: Warehouse) -> Path:
    """Return what was built on a day, before anybody knew what came later."""
    return warehouse.build("rates-then", lambda lake: lake_on(lake, THEN)).database


def test_a_released_rate_converts_from_its_approval_to_its_end(now: Path) -> None:
    rates = "treasury/2006-04-01.csv"
    assert rows(now, VERSIONS.format("HELD")) == [
        (None, "2006-04-10", "2007-02-01", "new_report", "field/2006-04-10.csv"),
        (125, "2007-02-01", "2007-03-01", "exchange_rate", rates),
        (None, "2007-03-01", "2007-04-01", "exchange_rate", None),
        (200, "2007-04-01", None, "exchange_rate", rates),
    ]
    assert rows(now, VERSIONS.format("MENDED")) == [
        (80, "2006-04-10", "2007-02-10", "new_report", "field/2006-04-10.csv"),
        (62.5, "2007-02-10", "2007-03-10", "exchange_rate", rates),
        (80, "2007-03-10", None, "exchange_rate", rates),
    ]
    assert rows(now, TOTALS) == [
        ("2006-04-10", 80),
        ("2007-02-01", 205),
        ("2007-02-10", 187.5),
        ("2007-03-01", 62.5),
        ("2007-03-10", 80),
        ("2007-04-01", 280),
    ]


def test_an_agreement_whose_release_has_ended_is_known_no_longer(now: Path, then: Path) -> None:
    references = (
        "select agreement_reference, known_from_at::date::varchar from marts.dim_agreements"
    )

    assert rows(then, references) == [("A1", "2007-02-05")]
    assert rows(now, references) == []


def test_the_history_of_a_day_is_what_was_built_then(now: Path, then: Path) -> None:
    moment = f"{THEN} 23:59:59"

    for query in (KNOWN, RATES_KNOWN):
        assert rows(now, query.format(moment)) == rows(then, query.format(moment)) != []


def test_a_rebuild_of_a_day_is_what_was_built_then(warehouse: Warehouse, then: Path) -> None:
    again = warehouse.build("rates-rebuilt", lambda lake: lake_on(lake, NOW), THEN).database

    for table in ("fct_approval_versions", "fct_exchange_rates", "dim_agreements"):
        query = f"from marts.{table} order by all"
        assert rows(again, query) == rows(then, query) != [], table
