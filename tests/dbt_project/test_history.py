"""Two clocks: what the history says of a day is what a warehouse built on that day said.

The lakes are drawn by chance, each holds files of four offices; the oracle is the warehouse
itself, built as known at the end of a day, which sees nothing that came later.
"""

import csv
from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from approvals.build import Candidate
from tests.dbt_project.figures import KINDS, PAPER_DAYS
from tests.dbt_project.random_lake import DAYS, FIRST_DAY, random_files
from tests.dbt_project.warehouse import CLASSIFICATIONS, REGIONS, Warehouse, rows

SEEDS = [1, 2]
OFFSETS = [(day - FIRST_DAY).days for day in PAPER_DAYS]
"""Days after the first on which the warehouse is built as known then."""

BY_YEAR = """
    select approval_year, approval_count, amount_usd from marts.rpt_approvals_by_year
    where approval_count > 0 order by approval_year
"""
VINTAGE = """
    select approval_year, approval_count, amount_usd from (
        select * from marts.rpt_approval_vintages where known_date <= '{day}'
        qualify row_number() over (partition by approval_year order by known_date desc) = 1
    ) where approval_count > 0 order by approval_year
"""
KNOWN_THEN = """
    select approval_id, amount_usd, effective_usd, status, is_withdrawn, is_duplicate, sector_id,
        region_id, donor_group_id
    from marts.fct_approval_versions
    where
        cast(known_from_at as date) <= '{day}'
        and (known_to_at is null or cast(known_to_at as date) > '{day}')
    order by approval_id
"""
MEMBERS_THEN = """
    select region_id, sector_id, donor_group_id, sum(effective_usd)
    from marts.fct_approval_versions
    where
        is_effective and cast(known_from_at as date) <= '{day}'
        and (known_to_at is null or cast(known_to_at as date) > '{day}')
    group by all order by all
"""
MEMBERS = """
    select region_id, sector_id, donor_group_id, sum(amount_usd) from marts.fct_approvals
    where is_counted group by all order by all
"""
CLASSIFIED = """
    select
        v.{column}, v.approval_date, v.known_from_at, v.recipient_id, v.donor_id, s.base_{base}
    from marts.fct_approval_versions as v
    inner join intermediate.int_versions_known as k using (approval_version_id)
    inner join intermediate.int_approvals_enriched as s
        on v.approval_id = s.approval_id and k.statement_number = s.statement_number
"""
MOVED = """
    with parts as (
        select {column} as member, effective_usd as usd from marts.fct_approval_versions
        where version_number = 1
        union all
        select v.{column}, r.change_usd from marts.fct_approval_restatements as r
        inner join marts.fct_approval_versions as v using (approval_id, version_number)
        where r.version_number > 1
        union all
        select value_after, moved_usd from marts.fct_approval_restatements
        where field_name = '{column}'
        union all
        select value_before, -moved_usd from marts.fct_approval_restatements
        where field_name = '{column}'
    )

    select member, sum(usd) as usd from parts group by member having usd <> 0 order by member
"""
HELD = """
    select {column}, sum(effective_usd) as usd from marts.fct_approval_versions where is_current
    group by all having usd <> 0 order by 1
"""
FIGURES = """
    select figure_id, {columns} from marts.rpt_published_figures
    where figure_id like '%-{day}' order by figure_id
"""
COUNTED = """
    select approval_id, amount_usd from marts.fct_approvals where is_counted order by approval_id
"""
EFFECTIVE = """
    select approval_id, amount_usd from marts.fct_approval_versions
    where is_current and is_effective order by approval_id
"""


def recounted(
    column: str, day: date, known_at: datetime, recipient: str, donor: str, base: str
) -> str:
    """Return where a statement counts, by what had been said of its members by that moment."""
    if column == "donor_group_id":
        return _last_said("donor", donor, day, known_at) or base
    dimension = column.removesuffix("_id")
    if column == "region_id":
        base = _last_said("recipient", recipient, day, known_at) or base
    for region in csv.DictReader(REGIONS.splitlines()):
        if region["region_id"] == base and str(known_at.date()) < region["known_from"]:
            return "unmapped"
    return _last_said(dimension, base, day, known_at) or base


def _last_said(dimension: str, member: str, day: date, known_at: datetime) -> str | None:
    said = [
        (row["known_from"], row["value"])
        for row in csv.DictReader(CLASSIFICATIONS.splitlines())
        if (row["dimension"], row["member_id"]) == (dimension, member)
        and row["attribute"] != "name"
        and (row["valid_from"] or "0") <= str(day) <= (row["valid_to"] or "9")
        and row["known_from"] <= str(known_at.date())
    ]
    return max(said)[1] if said else None


@pytest.fixture(scope="module", params=SEEDS)
def seed(request: pytest.FixtureRequest) -> int:
    assert isinstance(request.param, int)
    return request.param


@pytest.fixture(scope="module")
def history(warehouse: Warehouse, seed: int) -> Candidate:
    files = random_files(seed)
    return warehouse.build(f"history-{seed}", lambda lake: [file.add_to(lake) for file in files])


@pytest.mark.parametrize("offset", OFFSETS)
def test_history_of_a_day_is_what_a_build_as_known_then_says(
    warehouse: Warehouse, history: Candidate, seed: int, offset: int
) -> None:
    day = FIRST_DAY + timedelta(days=offset)
    files = random_files(seed)

    then = warehouse.build(
        f"known-{seed}-{offset}", lambda lake: [file.add_to(lake) for file in files], day
    )

    assert rows(history.database, KNOWN_THEN.format(day=day)) == rows(
        then.database, KNOWN_THEN.format(day=day)
    )
    assert rows(history.database, VINTAGE.format(day=day)) == rows(then.database, BY_YEAR)
    assert rows(history.database, MEMBERS_THEN.format(day=day)) == rows(then.database, MEMBERS)
    recomputed = FIGURES.format(columns="value, status", day=day)
    known_then = FIGURES.format(columns="value_then, status_then", day=day)
    assert len(rows(then.database, recomputed)) == len(KINDS)
    assert rows(history.database, known_then) == rows(then.database, recomputed)


@pytest.mark.parametrize("column", ["region_id", "sector_id", "donor_group_id"])
def test_every_version_is_classified_as_a_naive_recount_says(
    history: Candidate, column: str
) -> None:
    """The oracle reads the statements one by one, in Python, from the text of the test's tables."""
    found = rows(
        history.database, CLASSIFIED.format(column=column, base=column.replace("group_id", "group"))
    )

    counts = Counter(
        (classified == recounted(column, *facts), classified != facts[-1])
        for classified, *facts in found
    )

    assert set(counts) == {(True, True), (True, False)}


@pytest.mark.parametrize("column", ["region_id", "sector_id", "donor_group_id"])
def test_what_a_member_has_is_what_came_to_it_and_what_was_moved(
    history: Candidate, column: str
) -> None:
    assert rows(history.database, MOVED.format(column=column)) == rows(
        history.database, HELD.format(column=column)
    )


def test_current_versions_are_the_approvals_that_count(history: Candidate) -> None:
    assert rows(history.database, EFFECTIVE) == rows(history.database, COUNTED)
    last = FIRST_DAY + timedelta(days=DAYS)
    assert rows(history.database, VINTAGE.format(day=last)) == rows(history.database, BY_YEAR)


def test_parts_of_what_moved_a_figure_add_up_to_its_difference(history: Candidate) -> None:
    sums = (
        "select count(*) from marts.rpt_published_figures where unit = 'USD' "
        "and measure not like '%forecast' "
        "and change_usd is distinct from {}"
    )
    reasons = " + ".join(
        f"{reason}_usd"
        for reason in (
            *("new_report", "late_report", "revision", "correction", "reclassification"),
            *("withdrawal", "reinstatement", "exchange_rate", "double_count"),
        )
    )

    assert rows(history.database, sums.format(reasons)) == [0]
    found = rows(
        history.database,
        "select cast(value as decimal(18, 2)) - cast(value_then as decimal(18, 2)) - change_usd "
        "from marts.rpt_published_figures where unit = 'USD' and measure not like '%forecast' "
        "and figure_id not like 'M%' and value is not null and value_then is not null",
    )
    assert len(found) >= 4
    assert set(found) == {0}


def test_parts_of_a_vintage_add_up_to_its_change(history: Candidate) -> None:
    reasons = rows(
        history.database,
        "select column_name from duckdb_columns() where table_name = 'rpt_approval_vintages' "
        "and column_name like '%_usd' and column_name not like '%_moved_usd' "
        "and column_name not in ('amount_usd', 'change_usd')",
    )

    wrong = f"select * from marts.rpt_approval_vintages where change_usd <> {' + '.join(reasons)}"

    assert rows(history.database, wrong) == []


def test_restatements_of_a_day_are_what_the_vintage_did_not_report_anew(
    history: Candidate,
) -> None:
    by_day = (
        "select cast(known_from_at as date) as day, sum(change_usd) as change from "
        "marts.fct_approval_restatements group by day having change <> 0 order by day"
    )
    vintages = (
        "select known_date as day, sum(change_usd - new_report_usd) as change from "
        "marts.rpt_approval_vintages group by day having change <> 0 order by day"
    )

    assert rows(history.database, by_day) == rows(history.database, vintages)


def test_every_reason_occurs_in_the_lakes_of_chance(history: Candidate) -> None:
    found = rows(
        history.database,
        "select distinct change_reason from marts.fct_approval_versions order by 1",
    )

    assert set(found) >= {
        *("new_report", "late_report", "revision", "correction", "withdrawal"),
        *("reinstatement", "exchange_rate", "double_count", "reclassification"),
    }


def test_a_rate_stated_anew_names_the_file_of_the_rate(history: Candidate) -> None:
    causes = rows(
        history.database,
        "select distinct split_part(file_name, '/', 1) from marts.fct_approval_restatements "
        "where change_reason = 'exchange_rate'",
    )

    assert causes == ["treasury"]
