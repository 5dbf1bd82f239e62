"""The gates as the pipeline calls them: outcome, record, page, tables in the candidate.

Not tested here: single rules (test_rules.py), and the look of the page, which a person judges.
"""

import json
import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from great_expectations import ExpectationSuite

import expectations
from approvals.contracts import CANDIDATE_NAME
from approvals.errors import AuditFailedError, ConfigurationError
from approvals.settings import PROJECT_ROOT
from expectations.report import AuditReport, FailingRow, RuleResult
from expectations.suites.rule import rule
from tests.expectations.warehouse import RUN_ID, Warehouse, sha256_of, write_warehouse

HQ = "(select file_sha256 from files where name = 'hq-4')"
SLIP = f"update approvals set amount_original = amount_original * 1000 where file_sha256 in {HQ}"


def _audit_lake(warehouse: Warehouse) -> expectations.AuditReport:
    return expectations.audit_lake(warehouse.settings, warehouse.configuration, RUN_ID)


def _audit_marts(warehouse: Warehouse) -> expectations.AuditReport:
    return expectations.audit_marts(warehouse.settings, warehouse.configuration, RUN_ID)


def _record(warehouse: Warehouse) -> dict:
    return json.loads((warehouse.build / "quality" / "results.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    warehouse = write_warehouse(tmp_path_factory.mktemp("audited"))
    _audit_lake(warehouse)
    _audit_marts(warehouse)
    return warehouse


def test_gates_pass_when_the_warehouse_is_sound(audited: Warehouse) -> None:
    reports = expectations.read_reports(audited.settings, RUN_ID)

    assert {gate: report.outcome for gate, report in reports.items()} == {
        "lake": "passed",
        "marts": "passed",
    }
    for report in reports.values():
        report.raise_if_failed()


def test_audit_marts_writes_all_results_into_the_candidate_it_fingerprints(
    audited: Warehouse,
) -> None:
    database = audited.build / "approvals.duckdb"
    stated = _record(audited)["gates"]["marts"]["database_sha256"]

    with duckdb.connect(str(database), read_only=True) as connection:
        gates = connection.execute(
            "select gate, outcome, critical_failure_count from quality.runs order by gate"
        ).fetchall()
        results = connection.execute(
            "select rule_id, is_success from quality.rule_results "
            "where rule_id in ('DQ-002', 'DQ-102', 'dbt:every_approval_has_a_donor') order by all"
        ).fetchall()

    assert gates == [("lake", "passed", 0), ("marts", "passed", 0)]
    assert results == [("DQ-002", True), ("DQ-102", True), ("dbt:every_approval_has_a_donor", True)]
    assert sha256_of(database) == stated
    assert not database.with_name("approvals.duckdb.wal").exists()


@pytest.mark.parametrize("table", ["rule_results", "runs", "figure_drifts"])
def test_audit_tables_have_the_columns_that_the_page_of_releases_promises(
    audited: Warehouse, table: str
) -> None:
    page = (PROJECT_ROOT / "docs" / "releases.md").read_text(encoding="utf-8")
    described = page.partition(f"| `quality.{table}` |")[2].partition("\n\n")[0]
    promised = re.findall(r"^\| `(\w+)` \| ([a-z0-9(), ]+):", described, re.MULTILINE)

    with duckdb.connect(str(audited.build / CANDIDATE_NAME), read_only=True) as connection:
        columns = connection.execute(
            "select column_name, lower(data_type) from duckdb_columns() "
            "where schema_name = 'quality' and table_name = ? order by column_index",
            [table],
        ).fetchall()

    assert columns
    assert promised == columns


def test_audit_leaves_no_scratch_file_when_it_is_done(audited: Warehouse) -> None:
    assert [path.name for path in audited.settings.builds.iterdir()] == [RUN_ID]


def test_audit_lake_fails_with_rule_figure_and_report_when_amounts_slip(tmp_path: Path) -> None:
    warehouse = write_warehouse(tmp_path, SLIP)

    report = _audit_lake(warehouse)

    assert report.outcome == "failed"
    with pytest.raises(AuditFailedError) as failure:
        report.raise_if_failed()
    assert "DQ-005 on new_files failed" in str(failure.value)
    assert str(report.report_path) in str(failure.value)


def test_failure_of_a_table_as_a_whole_names_no_row(tmp_path: Path) -> None:
    shared = {"gate": "marts", "severity": "critical", "owner": "Treasury", "source": "docs"}
    sample = FailingRow("all", "2", "at most 50 % of 3")
    result = RuleResult(
        rule_id="DQ-106",
        table="fct_approvals",
        description="Most have an amount.",
        success=False,
        failing_rows=1,
        sample=(sample,),
        **shared,
    )
    report = AuditReport("run-1", "marts", "failed", (result,), tmp_path / "report.html")

    with pytest.raises(AuditFailedError, match=r"amount\. Found 2, expected at most 50 % of 3"):
        report.raise_if_failed()


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("lake/approvals/office=hq/*.parquet", b"PAR1 cut off"),
        ("lake/files/*.json", b'{"file_sha256": '),
    ],
    ids=["cut Parquet file", "cut manifest"],
)
def test_audit_lake_fails_when_the_lake_cannot_be_read(
    tmp_path: Path, path: str, content: bytes
) -> None:
    warehouse = write_warehouse(tmp_path)
    next(iter(sorted(tmp_path.glob(path)))).write_bytes(content)

    report = _audit_lake(warehouse)

    assert report.outcome == "failed"
    assert [result.rule_id for result in report.results] == ["DQ-001"]
    with pytest.raises(AuditFailedError, match="could not be checked"):
        report.raise_if_failed()


@pytest.mark.parametrize(
    "missing", ["approvals.duckdb", "target/run_results.json"], ids=["database", "dbt's results"]
)
def test_audit_marts_fails_when_the_candidate_is_incomplete(tmp_path: Path, missing: str) -> None:
    warehouse = write_warehouse(tmp_path)
    (warehouse.build / missing).unlink()

    report = _audit_marts(warehouse)

    assert report.outcome == "failed"
    assert [result.rule_id for result in report.results] == ["DQ-100"]


def test_rules_count_as_critical_failures_when_their_table_cannot_be_read(tmp_path: Path) -> None:
    warehouse = write_warehouse(tmp_path, "alter table rates rename column rate_set to rates_set")

    report = _audit_lake(warehouse)

    unchecked = {result.rule_id: result.error for result in report.failures("critical")}
    assert {"DQ-040", "DQ-041", "DQ-042"} <= unchecked.keys()
    assert "rate_set" in str(unchecked["DQ-041"])


def test_rule_counts_as_critical_failure_when_its_query_crashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = rule("DQ-999", "info", "Never holds.", "select no_such_column from {batch}")
    suite = ExpectationSuite("broken", expectations=[broken])
    monkeypatch.setattr("expectations.suites.LAKE_SUITES", (("new_files", lambda: suite),))
    warehouse = write_warehouse(tmp_path)

    report = _audit_lake(warehouse)

    (result,) = report.failures("critical")
    assert result.rule_id == "DQ-999"
    assert "no_such_column" in str(result.error)


def test_failed_dbt_test_fails_the_gate_when_its_severity_is_error(tmp_path: Path) -> None:
    warehouse = write_warehouse(tmp_path)
    results = warehouse.build / "target" / "run_results.json"
    failed = results.read_text(encoding="utf-8").replace(
        '"pass", "failures": 0', '"fail", "failures": 3'
    )
    results.write_text(failed, encoding="utf-8")

    report = _audit_marts(warehouse)

    (result,) = report.failures("critical")
    assert (result.gate, result.failing_rows, result.table) == ("dbt", 3, "fct_approvals")


def test_earlier_pass_is_forgotten_when_the_gate_crashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = write_warehouse(tmp_path)
    _audit_lake(warehouse)

    def crash() -> None:
        raise RuntimeError("out of memory")

    monkeypatch.setattr("expectations.suites.LAKE_SUITES", (("new_files", crash),))
    with pytest.raises(RuntimeError, match="out of memory"):
        _audit_lake(warehouse)

    assert _record(warehouse)["gates"] == {}


def test_audit_refuses_a_run_id_that_could_hide_a_path(audited: Warehouse) -> None:
    with pytest.raises(ConfigurationError, match="run id"):
        expectations.audit_lake(audited.settings, audited.configuration, "../run")


def test_audit_lake_passes_when_the_lake_has_nothing_new(tmp_path: Path) -> None:
    warehouse = write_warehouse(tmp_path)
    manifest = tmp_path / "releases" / "run-1" / "manifest.json"
    inputs = [{"file_sha256": path.stem} for path in (tmp_path / "lake" / "files").iterdir()]
    content = {**json.loads(manifest.read_text(encoding="utf-8")), "inputs": inputs}
    manifest.write_text(json.dumps(content), encoding="utf-8")

    report = _audit_lake(warehouse)

    assert report.outcome == "passed"


def test_report_is_a_failure_when_nothing_was_checked(audited: Warehouse) -> None:
    from expectations.report import outcome_of

    report = replace(expectations.read_reports(audited.settings, RUN_ID)["lake"], results=())

    assert outcome_of(report.results) == "failed"
