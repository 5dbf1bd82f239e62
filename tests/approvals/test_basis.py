"""From which earlier build a build goes on, and from which it does not.

That both end with the same tables is tested in tests/dbt_project/test_continued.py, and of a whole
night in test_night.py.
"""

import json
import logging
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from approvals.basis import LONGEST_CHAIN, Basis, remember_built, start_from_earlier
from approvals.build import build_candidate
from approvals.contracts import BUILT_NAME, CANDIDATE_NAME
from approvals.errors import BuildFailedError
from approvals.inputs import lake_manifests
from approvals.settings import Settings
from tests.dbt_project.lake_builder import LakeBuilder
from tests.dbt_project.random_lake import Sent
from tests.dbt_project.released import Released, record_all
from tests.dbt_project.warehouse import Warehouse, new_warehouse, rows

DAY = date(2006, 5, 15)
FILE = Sent("field", DAY, [{"office_reference": "A1", "amount_original": 1}], rejected=[{}])
LET_THROUGH = Released(FILE, 0, {"office_reference": "A2", "amount_original": 2}, DAY)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Return a warehouse with one build, of one file and one decision."""
    warehouse = new_warehouse(tmp_path_factory.mktemp("basis"))

    def fill(lake: LakeBuilder) -> None:
        FILE.add_to(lake)
        record_all(warehouse.settings.lake, [LET_THROUGH])

    warehouse.build("first", fill)
    return warehouse


@pytest.fixture
def home(built: Warehouse, tmp_path: Path) -> Settings:
    """Return settings of a copy of it, in which a test may break what it likes."""
    shutil.copytree(built.settings.home, tmp_path / "home")
    return built.settings.model_copy(update={"home": tmp_path / "home", "go_on_from_mb": 0})


def _change_a_manifest(settings: Settings) -> None:
    path = next((settings.lake / "files").glob("*.json"))
    path.write_text(path.read_text().replace("delta", "cumulative"))


def _lose_a_file(settings: Settings) -> None:
    next((settings.lake / "files").glob("*.json")).unlink()


def _write_another_journal(settings: Settings) -> None:
    shutil.rmtree(settings.lake / "decisions")
    record_all(settings.lake, [replace(LET_THROUGH, row={"office_reference": "A3"})])


def _write_to_the_database(settings: Settings) -> None:
    with duckdb.connect(str(settings.builds / "first" / CANDIDATE_NAME)) as connection:
        connection.execute("delete from marts.fct_approvals")
        connection.execute("checkpoint")


def _leave_a_log(settings: Settings) -> None:
    (settings.builds / "first" / f"{CANDIDATE_NAME}.wal").touch()


def _remove_the_database(settings: Settings) -> None:
    (settings.builds / "first" / CANDIDATE_NAME).unlink()


def _change_what_was_built(settings: Settings, **values: object) -> None:
    path = settings.builds / "first" / BUILT_NAME
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


def _build_with_other_models(settings: Settings) -> None:
    _change_what_was_built(settings, made_by="0" * 64)


def _build_with_a_later_version(settings: Settings) -> None:
    _change_what_was_built(settings, unknown_to_this_one=True)


def _cut_what_was_built(settings: Settings) -> None:
    (settings.builds / "first" / BUILT_NAME).write_text('{"made_by": ')


def _damage_the_database(settings: Settings) -> None:
    database = settings.builds / "first" / CANDIDATE_NAME
    before = database.stat()
    database.write_bytes(b"no database")
    os.utime(database, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_build_goes_on_from_the_newest_one_that_it_may_go_on_from(
    built: Warehouse, home: Settings, tmp_path: Path
) -> None:
    for name in ("later", "latest"):
        shutil.copytree(home.builds / "first", home.builds / name)
    (home.builds / "latest" / CANDIDATE_NAME).unlink()
    database = tmp_path / "next.duckdb"

    assert start_from_earlier(home, built.configuration, database) == Basis("later", 0)

    assert rows(database, "select count(*) from before.int_sources_sequenced") == [2]


@pytest.mark.parametrize(
    ("breaks", "reason"),
    [
        (_change_a_manifest, "the lake does not hold file"),
        (_lose_a_file, "the lake does not hold file"),
        (_write_another_journal, "the journal does not hold decision 2 as it did"),
        (_write_to_the_database, "is gone or was changed since"),
        (_leave_a_log, "is gone or was changed since"),
        (_remove_the_database, "is gone or was changed since"),
        (_cut_what_was_built, "cannot be read"),
        (_build_with_other_models, "models, reference tables, program or engine are others"),
        (_build_with_a_later_version, "cannot be read by this version"),
        (_damage_the_database, "not a valid DuckDB database"),
    ],
)
def test_a_build_does_not_go_on_where_more_than_the_lake_has_grown(
    built: Warehouse,
    home: Settings,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    breaks: Callable[[Settings], None],
    reason: str,
) -> None:
    breaks(home)

    with caplog.at_level(logging.INFO):
        basis = start_from_earlier(home, built.configuration, tmp_path / "next.duckdb")

    assert basis is None
    assert "does not go on from build first" in caplog.text
    assert reason in caplog.text
    assert not (tmp_path / "next.duckdb").exists()


def test_after_so_many_builds_everything_is_made_anew_and_no_older_one_gone_on_from(
    built: Warehouse, home: Settings, tmp_path: Path
) -> None:
    shutil.copytree(home.builds / "first", home.builds / "a-shorter-chain")
    _change_what_was_built(home, chain=LONGEST_CHAIN)

    assert start_from_earlier(home, built.configuration, tmp_path / "next.duckdb") is None

    _change_what_was_built(home, chain=LONGEST_CHAIN - 1)
    basis = start_from_earlier(home, built.configuration, tmp_path / "next.duckdb")
    assert basis == Basis("first", LONGEST_CHAIN - 1)


def test_a_small_warehouse_is_made_anew(
    built: Warehouse, home: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    small = home.model_copy(update={"go_on_from_mb": 500})

    with caplog.at_level(logging.INFO):
        assert start_from_earlier(small, built.configuration, tmp_path / "next.duckdb") is None

    assert "it has less than 500 MB: everything anew is as quick" in caplog.text


def test_another_configuration_makes_everything_anew(
    built: Warehouse, home: Settings, tmp_path: Path
) -> None:
    for change in ({"sha256": "0" * 64}, {"rate_set": "other"}):
        configuration = replace(built.configuration, **change)

        assert start_from_earlier(home, configuration, tmp_path / "next.duckdb") is None


@pytest.mark.parametrize("breaks", [_change_a_manifest, _lose_a_file])
def test_no_build_goes_on_from_one_whose_lake_changed_meanwhile(
    built: Warehouse, home: Settings, breaks: Callable[[Settings], None]
) -> None:
    database = home.builds / "first" / CANDIDATE_NAME
    (home.builds / "first" / BUILT_NAME).unlink()
    held = lake_manifests(home.lake)
    breaks(home)

    remember_built(home, built.configuration, database, None, held)

    assert not (home.builds / "first" / BUILT_NAME).exists()


def test_a_failed_build_that_went_on_says_how_to_make_everything_anew(
    built: Warehouse, home: Settings
) -> None:
    with duckdb.connect(str(home.builds / "first" / CANDIDATE_NAME)) as connection:
        connection.execute("drop table marts.fct_approval_versions")
    _change_what_was_built(home)

    with pytest.raises(BuildFailedError, match=r"went on from build first: .*run --force"):
        build_candidate(home, built.configuration, "second")
