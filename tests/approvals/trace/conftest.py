"""The release of the examples, as the traces of the whole folder need it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from approvals.settings import Settings
from tests.approvals.conftest import Published


@pytest.fixture(scope="session")
def settings(examples_published: Published) -> Settings:
    return examples_published.settings


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
