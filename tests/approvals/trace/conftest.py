"""One release of the exports of six example offices for the whole folder."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from approvals import pipeline
from approvals.settings import PROJECT_ROOT, Settings

OFFICES = ("treasury", "partnerships", "headquarters", "bangkok", "lima", "addis_ababa")


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("trace")
    for office in OFFICES:
        shutil.copytree(PROJECT_ROOT / "examples" / "exports" / office, folder / "exports" / office)
    settings = Settings(home=folder / "home", exports=str(folder / "exports"))
    assert pipeline.run(settings).release_id
    return settings


@pytest.fixture(scope="session")
def database(settings: Settings) -> Path:
    return settings.releases / "current" / "approvals.duckdb"


@pytest.fixture
def altered(settings: Settings, database: Path) -> Callable[[str], str]:
    """Return what copies the release, changes the copy by a statement and returns its id."""

    def alter(statement: str) -> str:
        release_id = "altered"
        folder = settings.releases / release_id
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        copy = folder / "approvals.duckdb"
        copy.write_bytes(database.read_bytes())
        with duckdb.connect(str(copy)) as connection:
            connection.execute(statement)
        manifest = json.loads((database.parent / "manifest.json").read_text())
        (folder / "manifest.json").write_text(json.dumps({**manifest, "release_id": release_id}))
        return release_id

    return alter
