"""dbt's reading of the project is kept for as long as nothing that it depends on changes.

The project here is a small one, read in a second: settings, macros, seeds and staging views of the
real one. That a reading serves the whole project, every build of tests/dbt_project shows: it works
on the one that set-up made.
"""

import os
import shutil
from pathlib import Path

import pytest

from approvals import dbt
from approvals import parsed_project as subject
from approvals.configuration import resolve_configuration
from approvals.dbt import DBT_PROJECT
from approvals.parsed_project import main, parsed_project
from approvals.settings import Settings
from tests.dbt_project.lake_builder import LakeBuilder
from tests.dbt_project.warehouse import new_warehouse, rows


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation whose set-up has not read the project yet."""
    folder = tmp_path / "installed"
    monkeypatch.setattr(subject, "INSTALLED", folder)
    return folder


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dbt project that reads the lake and the seeds, and makes nothing of them."""
    folder = tmp_path / "dbt_project"
    for part in ("macros", "seeds", "models/staging", "tests/generic"):
        shutil.copytree(DBT_PROJECT / part, folder / part)
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy2(DBT_PROJECT / name, folder)
    for module in (dbt, subject):
        monkeypatch.setattr(module, "DBT_PROJECT", folder)
    return folder


def fill(lake: LakeBuilder) -> None:
    lake.add("field", "2006-05-15", [{"office_reference": "A1", "amount_original": 1}])


def test_parsed_project_is_read_once_and_serves_every_run(tmp_path: Path) -> None:
    warehouse = new_warehouse(tmp_path)

    first = warehouse.build("first", fill)
    project = parsed_project(warehouse.settings, warehouse.configuration)
    read_at = project.parsed.stat().st_mtime_ns
    second = warehouse.build("second", fill)

    assert first.project == second.project == project.folder
    assert project.parsed.stat().st_mtime_ns == read_at
    assert [path.name for path in project.folder.parent.iterdir() if "reading" in path.name] == []


def test_reading_of_the_installation_serves_any_home_and_configuration(
    tmp_path: Path, installed: Path
) -> None:
    main()
    main()  # set-up again

    warehouse = new_warehouse(tmp_path)
    candidate = warehouse.build("run", fill)

    assert len(list(installed.iterdir())) == 1
    cache = warehouse.settings.home / "cache"
    assert list(cache.glob("*.msgpack")) == []
    assert rows(candidate.database, "select count(*) from staging.stg_lake__approvals") == [1]
    own_region = "select region_name from staging.regions where region_id = 'pacific'"
    assert rows(candidate.database, own_region) == ["Pacific"]


def test_another_project_is_read_anew(tmp_path: Path, project: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    first = parsed_project(settings, resolve_configuration(settings))
    with (project / "macros" / "pairs.sql").open("a") as macro:
        macro.write("\n{# A remark #}\n")

    second = parsed_project(settings, resolve_configuration(settings))

    assert second.parsed != first.parsed
    assert second.parsed.exists()


def test_parsed_project_forgets_the_oldest_readings(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    cache = tmp_path / "home" / "cache"
    for number in range(subject.KEPT):
        (cache / f"dbt-{number}").mkdir(parents=True)
        (cache / f"dbt-{number}.msgpack").touch()
        for name in (f"dbt-{number}", f"dbt-{number}.msgpack"):
            os.utime(cache / name, (number, number))

    project = parsed_project(settings, resolve_configuration(settings))

    assert project.parsed.exists()
    assert project.folder.exists()
    for oldest in ("dbt-0", "dbt-0.msgpack"):
        assert not (cache / oldest).exists()
    for kept in ("dbt-1", "dbt-1.msgpack"):
        assert (cache / kept).exists()
