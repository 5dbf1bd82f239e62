"""The build stage around dbt: folders, failures, environment.

What the models compute is tested in tests/dbt_project/.
"""

import os
from pathlib import Path

import duckdb
import pytest

from approvals.build import build_candidate
from approvals.configuration import resolve_configuration
from approvals.contracts import CANDIDATE_NAME
from approvals.errors import BuildFailedError, ConfigurationError
from approvals.settings import Settings
from tests.dbt_project.lake_builder import LakeBuilder
from tests.dbt_project.warehouse import Warehouse, new_warehouse, rows


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return new_warehouse(tmp_path_factory.mktemp("build"))


def _fill(lake: LakeBuilder) -> None:
    lake.add("field", "2006-05-15", [{"office_reference": "A1", "amount_original": 1}])


def test_build_refuses_when_the_lake_holds_no_file(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)

    with pytest.raises(BuildFailedError, match="approvals extract"):
        build_candidate(settings, resolve_configuration(settings), "run-1")


@pytest.mark.parametrize("run_id", ["../up", "A", "{{ 1 }}", ""])
def test_build_refuses_a_run_id_when_it_could_be_a_path_or_a_template(
    tmp_path: Path, run_id: str
) -> None:
    settings = Settings(home=tmp_path)

    with pytest.raises(ConfigurationError, match="run id"):
        build_candidate(settings, resolve_configuration(settings), run_id)


def test_build_leaves_a_closed_database_and_the_environment_as_it_was(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("APPROVALS_LAKE", "/elsewhere")
    monkeypatch.delenv("APPROVALS_DATABASE", raising=False)

    candidate = warehouse.build("closed", _fill)

    with duckdb.connect(str(candidate.database)) as connection:  # refused while anyone writes
        connection.execute("create table proof (number integer)")
    assert not candidate.database.with_suffix(".duckdb.wal").exists()
    assert os.environ["APPROVALS_LAKE"] == "/elsewhere"
    assert "APPROVALS_DATABASE" not in os.environ
    assert (candidate.folder / "target" / "run_results.json").exists()
    assert candidate.warnings == ()
    assert capfd.readouterr().out == ""


def test_build_starts_afresh_when_the_run_id_was_used_before(warehouse: Warehouse) -> None:
    folder = warehouse.settings.builds / "twice"
    (folder / "target").mkdir(parents=True)
    (folder / "target" / "left_over").touch()
    with duckdb.connect(str(folder / CANDIDATE_NAME)) as connection:
        connection.execute("create schema marts; create table marts.left_over (number integer)")

    second = warehouse.build("twice", _fill)

    left = "select count(*) from duckdb_tables() where table_name = 'left_over'"
    assert second.database == folder / CANDIDATE_NAME
    assert rows(second.database, left) == [0]
    assert not (folder / "target" / "left_over").exists()


def test_build_names_the_node_and_the_log_when_the_lake_is_damaged(warehouse: Warehouse) -> None:
    def fill_and_damage(lake: LakeBuilder) -> None:
        _fill(lake)
        for path in lake.root.glob("approvals/office=field/*.parquet"):
            path.write_bytes(b"not parquet")

    with pytest.raises(BuildFailedError, match=r"dbt node .* failed: .*dbt\.log"):
        warehouse.build("damaged", fill_and_damage)


def test_build_fails_when_a_data_test_finds_something(warehouse: Warehouse) -> None:
    def fill_with_one_record_twice(lake: LakeBuilder) -> None:
        row = {"office_reference": "A1", "amount_original": 1, "record_number": 7}
        lake.add("hanoi", "2006-05-15", [row, row])

    with pytest.raises(BuildFailedError, match="every_accepted_record_is_part_of_an_approval"):
        warehouse.build("twice", fill_with_one_record_twice)
