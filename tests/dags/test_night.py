"""Nights through Airflow itself, on two offices of the example exports; real stages, no port.

Not tested here: what the stages make of the exports (their own tests) and the web interface
(test_servers.py starts it). Each night is a process of its own, as `make run` starts it.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from approvals.settings import PROJECT_ROOT

OFFICES = ("treasury", "suva")
SECONDS = 400


@dataclass(frozen=True, slots=True)
class Night:
    """A finished process and the home it worked in."""

    home: Path
    exit_code: int
    printed: str
    error: str

    def rows(self, query: str) -> Sequence[tuple[object, ...]]:
        """Ask Airflow's metadata database."""
        with closing(sqlite3.connect(self.home / "airflow" / "airflow.db")) as database:
            return database.execute(query).fetchall()


def run_night(home: Path, exports: Path, **settings: str) -> Night:
    """Run one night to its end and return what it left."""
    finished = subprocess.run(
        [sys.executable, "-m", "approvals.local_airflow", "run-once", "--seconds", str(SECONDS)],
        cwd=PROJECT_ROOT,
        env={
            **os.environ,
            "APPROVALS_HOME": str(home),
            "APPROVALS_EXPORTS": str(exports),
            **settings,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS + 60,
    )
    return Night(home, finished.returncode, finished.stdout, finished.stderr)


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drop folder with two offices' files."""
    folder = tmp_path_factory.mktemp("exports")
    for office in OFFICES:
        shutil.copytree(PROJECT_ROOT / "examples" / "exports" / office, folder / office)
    return folder


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory, exports: Path) -> Night:
    """The first night of an installation."""
    return run_night(tmp_path_factory.mktemp("home"), exports)


def test_night_publishes_a_release_and_its_report(first_night: Night) -> None:
    assert first_night.exit_code == 0, first_night.error
    assert (first_night.home / "releases" / "current" / "approvals.duckdb").is_file()
    assert (first_night.home / "site" / "quality" / "index.html").is_file()


def test_night_runs_the_later_dags_through_assets_for_the_same_load_day(
    first_night: Night,
) -> None:
    runs = first_night.rows(
        "select dag_id, run_type, state, partition_key from dag_run order by id"
    )

    assert [run[:3] for run in runs] == [
        ("load_field_offices", "scheduled", "success"),
        ("build_marts", "asset_triggered", "success"),
        ("publish_reports", "asset_triggered", "success"),
    ]
    assert len({run[3] for run in runs}) == 1


def test_night_names_each_office_in_the_grid(first_night: Night) -> None:
    labels = first_night.rows(
        "select rendered_map_index from task_instance where task_id = 'load_office'"
    )
    assert {label for (label,) in labels} == set(OFFICES)
    assert all(f"load_office [{office}]" in first_night.printed for office in OFFICES)


def test_night_keeps_rows_out_of_xcom(first_night: Night) -> None:
    (longest,) = first_night.rows("select max(length(value)) from xcom")
    assert 0 < int(str(longest[0])) < 300


def test_night_publishes_nothing_when_nothing_is_new(first_night: Night, exports: Path) -> None:
    current = (first_night.home / "releases" / "current").readlink()

    second = run_night(first_night.home, exports)

    assert second.exit_code == 0, second.error
    assert "skipped       load_field_offices.announce_lake" in second.printed
    assert "build_marts" not in second.printed
    assert (first_night.home / "releases" / "current").readlink() == current


def test_night_fails_at_once_with_the_cause_when_a_setting_is_wrong(
    tmp_path: Path, exports: Path
) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "offices.csv").write_text("office_id,no_such_column\nlima,1\n")

    night = run_night(tmp_path / "home", exports, APPROVALS_CONFIG=str(tmp_path / "config"))

    assert night.exit_code == 2
    assert "find_offices failed: ConfigurationError: " in night.error
    assert night.error.count("\n") == 1
    tries = night.rows("select try_number from task_instance where task_id = 'find_offices'")
    assert tries == [(1,)]
