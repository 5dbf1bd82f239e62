"""Every quality rule holds on the sound warehouse and can fail: a spoiled fixture for each.

Not tested here: the rules on data as the readers and dbt really make it (the example exports in
`tests/approvals` do that), and dbt's own tests, which dbt's project holds.
"""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from great_expectations import ExpectationSuite

from approvals.decisions import Entry, Journal
from expectations.bench import Suites, open_bench
from expectations.lake_views import create_lake_tables, create_new_tables
from expectations.marts_views import WANTED, create_marts_views
from expectations.report import RuleResult
from expectations.suites import LAKE_SUITES, MARTS_SUITES
from tests.expectations.spoils import COUNTED, FACT, LAKE_SPOILS, MARTS_SPOILS
from tests.expectations.warehouse import RELEASE_ID, Warehouse, write_warehouse


def _lake_results(warehouse: Warehouse, rule_id: str | None = None) -> dict[str, RuleResult]:
    with open_bench(warehouse.settings) as bench:
        create_lake_tables(bench.connection, warehouse.settings, warehouse.configuration)
        create_new_tables(bench.connection)
        results = bench.validate("lake", _holding(LAKE_SUITES, rule_id))
    return {result.rule_id: result for result in results}


def _marts_results(warehouse: Warehouse, rule_id: str | None = None) -> dict[str, RuleResult]:
    settings, configuration = warehouse.settings, warehouse.configuration
    with open_bench(settings) as bench:
        create_lake_tables(bench.connection, settings, configuration)
        database = warehouse.build / "approvals.duckdb"
        create_marts_views(bench.connection, settings, configuration, database)
        results = bench.validate("marts", _holding(MARTS_SUITES, rule_id))
    return {result.rule_id: result for result in results}


def _holding(suites: Suites, rule_id: str | None) -> Suites:
    """Return all suites, or the one that has the rule, with nothing else in it."""
    if rule_id is None:
        return suites
    return [
        (table, lambda rule=rule: ExpectationSuite("one rule", expectations=[rule]))
        for table, make_suite in suites
        for rule in make_suite().expectations
        if rule.meta["rule_id"] == rule_id
    ]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return write_warehouse(tmp_path_factory.mktemp("sound"))


def test_lake_rules_hold_when_the_lake_is_sound(sound: Warehouse) -> None:
    results = _lake_results(sound)

    failed = [result for result in results.values() if not result.success]
    assert [result.rule_id for result in failed] == ["DQ-030"]
    assert failed[0].severity == "info"


def test_marts_rules_hold_when_the_candidate_is_sound(sound: Warehouse) -> None:
    results = _marts_results(sound)

    assert [result for result in results.values() if not result.success] == []


def test_marts_rules_hold_when_there_is_no_release_yet(tmp_path: Path) -> None:
    warehouse = write_warehouse(tmp_path, has_release=False)

    results = _marts_results(warehouse)

    assert [result for result in results.values() if not result.success] == []


@pytest.mark.parametrize("rule_id", LAKE_SPOILS)
def test_lake_rule_fails_when_its_fixture_is_spoiled(tmp_path: Path, rule_id: str) -> None:
    warehouse = write_warehouse(tmp_path, LAKE_SPOILS[rule_id], has_marts=False)

    result = _lake_results(warehouse, rule_id)[rule_id]

    assert not result.success
    assert result.error is None
    assert result.failing_rows == len(result.sample) > 0


@pytest.mark.parametrize("rule_id", MARTS_SPOILS)
def test_marts_rule_fails_when_its_fixture_is_spoiled(tmp_path: Path, rule_id: str) -> None:
    warehouse = write_warehouse(tmp_path, MARTS_SPOILS[rule_id])

    result = _marts_results(warehouse, rule_id)[rule_id]

    assert not result.success
    assert result.error is None
    assert result.failing_rows > 0


def test_no_approval_is_lost_when_its_record_is_a_payment(tmp_path: Path) -> None:
    reference = "coalesce(office_reference, project_symbol)"
    warehouse = write_warehouse(
        tmp_path,
        f"update approvals set status = 'payment' where {reference} = "
        f"(select {reference} from candidate.fct_approvals where approval_id = {FACT}); "
        f"{MARTS_SPOILS['DQ-103']}",
    )

    assert _marts_results(warehouse, "DQ-103")["DQ-103"].success


@pytest.mark.parametrize(("approved", "holds"), [("5.00", True), ("5.01", False), (None, False)])
def test_a_released_record_must_have_the_amount_that_was_approved(
    tmp_path: Path, approved: str | None, holds: bool
) -> None:
    warehouse = write_warehouse(
        tmp_path,
        "update candidate.fct_approvals set file_sha256 = sha256('hq-1'), record_number = 90, "
        f"amount_original = 5, currency_code = 'USD' where approval_id = {FACT}",
    )
    place = {
        "file_sha256": hashlib.sha256(b"hq-1").hexdigest(),
        "dataset": "approvals",
        "sheet_name": "",
        "record_number": 90,
    }
    values = {"amount_original": approved, "currency_code": "USD"}
    journal = Journal(warehouse.settings.lake)
    if approved:
        proposal = Entry(
            "propose", "quarantine", "q", "Ana", "x", "correct", row_values=values, **place
        )
        proposed = journal.append(lambda _: proposal)
        approval = replace(
            proposal, action="approve", proposal_hash=proposed.entry_hash, row_values=None
        )
        journal.append(lambda _: approval)

    assert _marts_results(warehouse, "DQ-102")["DQ-102"].success is holds


def test_lost_approval_is_a_warning_when_the_configuration_changed(tmp_path: Path) -> None:
    warehouse = write_warehouse(tmp_path, MARTS_SPOILS["DQ-110"], release_config="d" * 64)

    results = _marts_results(warehouse)

    assert results["DQ-110"].success
    assert not results["DQ-111"].success
    assert results["DQ-111"].severity == "warning"


def test_unit_slip_is_forgiven_when_a_later_export_mends_it(tmp_path: Path) -> None:
    slip = "amount_original = amount_original * 1000"
    warehouse = write_warehouse(
        tmp_path,
        f"update files set is_new = true where name = 'bangkok-1'; "
        f"update manifests set is_new = true where file_sha256 = sha256('bangkok-1'); "
        f"update approvals set {slip} where file_sha256 = sha256('bangkok-1')",
    )

    results = _lake_results(warehouse)

    assert results["DQ-020"].success
    assert results["DQ-021"].success


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(
            "update candidate.fct_approvals set amount_usd = amount_usd + 100 "
            f"where approval_id = {COUNTED}; update candidate.fct_approval_versions "
            f"set known_from_at = timestamptz '2006-03-01' where approval_id = {COUNTED}",
            "243.2: revision 100.00 US$ in hq.csv (1 approval)",
            id="restated",
        ),
        pytest.param(
            f"update candidate.fct_approvals set amount_usd = amount_usd - 100 "
            f"where approval_id = {COUNTED}",
            "243.2: configuration or code -100.00 US$ in hq.csv (1 approval)",
            id="computed-otherwise",
        ),
        pytest.param(
            f"update candidate.fct_approvals set region_id = 'arab-states' "
            f"where approval_id = {COUNTED}",
            "243.2: an agreement, a forecast, a target or the configuration moved it",
            id="nothing-that-counts",
        ),
    ],
)
def test_a_figure_that_moved_says_what_moved_it(tmp_path: Path, spoil: str, said: str) -> None:
    same = "delete from candidate.fct_approvals where approval_id not in (from released_ids)"
    known = "create table released_ids as select approval_id from released.fct_approvals"
    warehouse = write_warehouse(tmp_path, f"{known}; {same}; {MARTS_SPOILS['DQ-153']}; {spoil}")

    (row,) = _marts_results(warehouse, "DQ-153")["DQ-153"].sample

    assert (row.key, row.observed, row.expected) == ("H01", said, "243.1")


def test_a_release_of_another_version_is_not_comparable_and_stops_no_rule(tmp_path: Path) -> None:
    older = "".join(
        f"alter table released.fct_approvals drop column {name};"
        for name in ("rate_set", "office_reference")
    )
    warehouse = write_warehouse(tmp_path, older + MARTS_SPOILS["DQ-153"])

    results = _marts_results(warehouse)

    assert [result.rule_id for result in results.values() if result.error] == []
    assert {one.rule_id for one in results.values() if not one.success} == {"DQ-153", "DQ-180"}
    assert results["DQ-153"].observed == (
        f"not comparable, because release {RELEASE_ID} has no column "
        "fct_approvals.office_reference, fct_approvals.rate_set"
    )
    assert {row.key for row in results["DQ-180"].sample} == {
        "fct_approvals.office_reference",
        "fct_approvals.rate_set",
    }


def test_a_moved_figure_is_explained_by_the_columns_that_are_asked_for(tmp_path: Path) -> None:
    bare = "".join(
        f"create or replace table released.{table} as "
        f"select {', '.join(columns)} from released.{table};"
        for table, columns in WANTED.items()
    )
    moved = f"update candidate.fct_approvals set amount_usd = 1 where approval_id = {COUNTED}"
    warehouse = write_warehouse(tmp_path, f"{bare} {MARTS_SPOILS['DQ-153']}; {moved}")

    results = _marts_results(warehouse)

    assert [result.rule_id for result in results.values() if result.error] == []
    assert results["DQ-180"].success
    assert "configuration or code" in str(results["DQ-153"].observed)


def test_every_rule_has_a_spoiled_fixture() -> None:
    rules = {
        rule.meta["rule_id"]
        for _, make in (*LAKE_SUITES, *MARTS_SUITES)
        for rule in make().expectations
    }

    # DQ-111 and DQ-154 have tests of their own; the latter reads the configuration.
    assert rules == {*LAKE_SPOILS, *MARTS_SPOILS, "DQ-111", "DQ-154"}
