"""How the tests are shared out among processes, and what of them coverage measures."""

import contextlib
import gc
from collections.abc import Generator, Iterator
from typing import Any

import coverage
import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.child_coverage.receiver import children_measured

FIXTURES_OF_ONE_PROCESS = (
    (
        *("tests/approvals/trace/", "tests/approvals/test_examples.py"),
        "tests/approvals/test_later_figures.py",
    ),
    ("tests/dags/",),
    ("tests/dbt_project/",),
)
"""What shares fixtures that are dear; Airflow's servers draw their ports in turn."""


UNMEASURED = ("tests/dbt_project/", "tests/extract/adversarial/")
"""What these run of `approvals` and `extract`, other tests run too."""


class SharedOutByFixtures(LoadScopeScheduling):
    """Gives a process a file at a time, or what shares fixtures, in the order of collection."""

    def _split_scope(self, nodeid: str) -> str:
        for together in FIXTURES_OF_ONE_PROCESS:
            if nodeid.startswith(together):
                return together[0]
        return nodeid.partition("::")[0]


def pytest_configure() -> None:
    """Look for garbage as seldom as the commands do (approvals/home.py)."""
    gc.set_threshold(50_000, 20, 50)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> SharedOutByFixtures:
    """Answer pytest-xdist, which asks for a scheduler where `-n` was given."""
    return SharedOutByFixtures(config, log)


@contextlib.contextmanager
def _unmeasured() -> Iterator[None]:
    """Let coverage rest: a tracer doubles the time of Python code that is not ours too."""
    measuring = coverage.Coverage.current()
    if measuring is None:
        yield
        return
    measuring.stop()
    try:
        yield
    finally:
        measuring.start()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool, bool]:
    """Measure nothing where a test of another folder runs the same lines."""
    with _unmeasured() if item.nodeid.startswith(UNMEASURED) else contextlib.nullcontext():
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def _measured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Measure the children that read files wherever coverage measures the tests, but not dbt."""
    measuring = coverage.Coverage.current()
    if measuring is None:
        yield
        return
    from dbt.cli.main import dbtRunner

    def invoke_unmeasured(runner: dbtRunner, arguments: list[str], **options: Any) -> Any:
        with _unmeasured():
            return invoke(runner, arguments, **options)

    invoke = dbtRunner.invoke
    with (
        children_measured(measuring, tmp_path_factory.mktemp("coverage")),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(dbtRunner, "invoke", invoke_unmeasured)
        yield
