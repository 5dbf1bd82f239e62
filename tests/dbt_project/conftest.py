"""One warehouse for the whole folder: dbt reads the project once, each lake is built when asked."""

from pathlib import Path

import pytest

from approvals.build import Candidate
from tests.dbt_project.released_lake import NOW, THEN, lake_on
from tests.dbt_project.warehouse import Warehouse, new_warehouse
from tests.dbt_project.year_2006 import fill_year_2006


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return new_warehouse(tmp_path_factory.mktemp("dbt_project"))


@pytest.fixture(scope="session")
def year_2006(warehouse: Warehouse) -> Candidate:
    return warehouse.build("year-2006", fill_year_2006)


@pytest.fixture(scope="session")
def released_now(warehouse: Warehouse) -> Path:
    return warehouse.build("released-now", lambda lake: lake_on(lake, NOW)).database


@pytest.fixture(scope="session")
def released_then(warehouse: Warehouse) -> Path:
    """Return what was built on a day, before anybody knew what came later."""
    return warehouse.build("released-then", lambda lake: lake_on(lake, THEN)).database
