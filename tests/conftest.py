"""How the tests are shared out among processes, and how coverage sees what they start."""

from collections.abc import Iterator

import coverage
import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.child_coverage.receiver import children_measured

FOLDERS_OF_ONE_PROCESS = ("tests/approvals/trace/", "tests/dags/", "tests/dbt_project/")
"""Their fixtures are dear and for the whole folder; Airflow's servers draw their ports in turn."""


class SharedOutByFixtures(LoadScopeScheduling):
    """Gives a process a file at a time, or a folder, in the order in which they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        for folder in FOLDERS_OF_ONE_PROCESS:
            if nodeid.startswith(folder):
                return folder
        return nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> SharedOutByFixtures:
    """Answer pytest-xdist, which asks for a scheduler where `-n` was given."""
    return SharedOutByFixtures(config, log)


@pytest.fixture(scope="session", autouse=True)
def _measured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Measure the children that read files wherever coverage measures the tests."""
    measuring = coverage.Coverage.current()
    if measuring is None:
        yield
        return
    with children_measured(measuring, tmp_path_factory.mktemp("coverage")):
        yield
