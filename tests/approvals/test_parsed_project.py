"""dbt's reading of the project is kept for as long as nothing that it depends on changes."""

import os
from pathlib import Path

from approvals import parsed_project as subject
from approvals.configuration import resolve_configuration
from approvals.parsed_project import parsed_project
from approvals.settings import Settings
from tests.dbt_project.lake_builder import LakeBuilder
from tests.dbt_project.warehouse import new_warehouse


def test_parsed_project_is_read_once_and_serves_every_run(tmp_path: Path) -> None:
    warehouse = new_warehouse(tmp_path)

    def fill(lake: LakeBuilder) -> None:
        lake.add("field", "2006-05-15", [{"office_reference": "A1", "amount_original": 1}])

    first = warehouse.build("first", fill)
    project = parsed_project(warehouse.settings, warehouse.configuration)
    read_at = project.parsed.stat().st_mtime_ns
    second = warehouse.build("second", fill)

    assert first.project == second.project == project.folder
    assert project.parsed.stat().st_mtime_ns == read_at
    assert [path.name for path in project.folder.parent.iterdir() if "reading" in path.name] == []


def test_parsed_project_forgets_the_oldest_readings(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    cache = tmp_path / "cache"
    for number in range(subject.KEPT):
        (cache / f"dbt-{number}").mkdir(parents=True)
        os.utime(cache / f"dbt-{number}", (number, number))

    project = parsed_project(settings, resolve_configuration(settings))

    assert project.parsed.exists()
    assert not (cache / "dbt-0").exists()
    assert (cache / "dbt-1").exists()
