"""What was known when of rates and agreements that two people let out of quarantine.

What the history of the lake says of a day is what a warehouse built then said; that a rebuild of
the day says it too, is tested in test_released_history.py.
"""

from pathlib import Path

from tests.dbt_project.released_lake import THEN
from tests.dbt_project.warehouse import rows

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


def test_a_released_rate_converts_from_its_approval_to_its_end(released_now: Path) -> None:
    rates = "treasury/2006-04-01.csv"
    assert rows(released_now, VERSIONS.format("HELD")) == [
        (None, "2006-04-10", "2007-02-01", "new_report", "field/2006-04-10.csv"),
        (125, "2007-02-01", "2007-03-01", "exchange_rate", rates),
        (None, "2007-03-01", "2007-04-01", "exchange_rate", rates),
        (200, "2007-04-01", None, "exchange_rate", rates),
    ]
    assert rows(released_now, VERSIONS.format("MENDED")) == [
        (80, "2006-04-10", "2007-02-10", "new_report", "field/2006-04-10.csv"),
        (62.5, "2007-02-10", "2007-03-10", "exchange_rate", rates),
        (80, "2007-03-10", None, "exchange_rate", rates),
    ]
    assert rows(released_now, TOTALS) == [
        ("2006-04-10", 80),
        ("2007-02-01", 205),
        ("2007-02-10", 187.5),
        ("2007-03-01", 62.5),
        ("2007-03-10", 80),
        ("2007-04-01", 280),
    ]


def test_an_agreement_whose_release_has_ended_is_known_no_longer(
    released_now: Path, released_then: Path
) -> None:
    references = (
        "select agreement_reference, known_from_at::date::varchar from marts.dim_agreements"
    )

    assert rows(released_then, references) == [("A1", "2007-02-05")]
    assert rows(released_now, references) == []


def test_the_history_of_a_day_is_what_was_built_then(
    released_now: Path, released_then: Path
) -> None:
    moment = f"{THEN} 23:59:59"

    for query in (KNOWN, RATES_KNOWN):
        assert (
            rows(released_now, query.format(moment))
            == rows(released_then, query.format(moment))
            != []
        )
