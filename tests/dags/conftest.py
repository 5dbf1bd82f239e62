"""An Airflow home for this test run, entered before Airflow is imported for the first time."""

import os
from typing import TYPE_CHECKING

import pytest

from approvals.local_airflow.home import AirflowHome, enter_home, prepare_home
from approvals.settings import PROJECT_ROOT, Settings

if TYPE_CHECKING:
    from airflow.dag_processing.dagbag import DagBag


@pytest.fixture(scope="session")
def airflow_home(tmp_path_factory: pytest.TempPathFactory) -> AirflowHome:
    """Airflow's configuration for this process; it stays, because Airflow reads it once."""
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    home = prepare_home(settings)
    kept, mask = dict(os.environ), os.umask(0o077)
    enter_home(home, settings)
    import airflow.settings  # noqa: F401  reads the configuration

    os.umask(mask)
    os.environ.clear()
    os.environ.update(kept, AIRFLOW_HOME=str(home.folder))
    return home


@pytest.fixture(scope="session")
def dag_bag(airflow_home: AirflowHome) -> "DagBag":
    """The Dags as Airflow reads them; needs no database."""
    from airflow.dag_processing.dagbag import BundleDagBag

    assert airflow_home.configuration.exists()
    dags = PROJECT_ROOT / "dags"
    return BundleDagBag(dags, bundle_path=dags, bundle_name="dags-folder")
