"""Commands that cannot do what they were asked to: one line, with the fix, and an exit code."""

import subprocess
import sys
from pathlib import Path

import pytest

from approvals import __version__
from tests.approvals.night import APPROVALS, EXAMPLES, call_approvals, environment_of


def test_status_says_none_yet_when_nothing_was_published(tmp_path: Path) -> None:
    said = call_approvals(tmp_path, EXAMPLES, "status")

    assert said.returncode == 0
    assert "none yet" in said.stdout
    assert not any(word in said.stdout for word in ("None", "True", "False"))
    assert not any(tmp_path.iterdir())


def test_version_is_printed() -> None:
    said = subprocess.run([*APPROVALS, "--version"], capture_output=True, text=True, check=True)

    assert said.stdout == f"approvals {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "code", "fix"),
    [
        pytest.param(["figures"], 5, "approvals run", id="no-release"),
        pytest.param(["rollback", "nowhere"], 5, "releases", id="no-such-release"),
        pytest.param(["extract", "--office", "atlantis"], 2, "offices.csv", id="no-such-office"),
        pytest.param(["extract", "missing.csv"], 7, "check the path", id="no-such-file"),
        pytest.param(["audit", "--run", "../../etc"], 2, "run id", id="path-as-run-id"),
        pytest.param(["audit", "--run", "nope"], 5, "approvals build", id="audit-no-such-run"),
        pytest.param(
            ["publish", "--run", "nope", "--token", "1"], 5, "build", id="publish-no-such-run"
        ),
        pytest.param(["run", "--home", "/dev/null/x"], 2, "another folder", id="home-in-a-file"),
        pytest.param(["build", "--home", "/proc/x"], 2, "another folder", id="home-in-proc"),
        pytest.param(["extract", "--home", "/dev/null"], 2, "another folder", id="home-a-device"),
    ],
)
def test_command_fails_in_one_line_with_the_fix(
    tmp_path: Path, arguments: list[str], code: int, fix: str
) -> None:
    done = call_approvals(tmp_path, EXAMPLES, *arguments)

    assert done.returncode == code, done.stderr
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    assert fix in done.stderr
    assert not (tmp_path / "build").exists() or not any((tmp_path / "build").iterdir())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("APPROVALS_THREADS", "many", id="threads-a-word"),
        pytest.param("APPROVALS_THREADS", "0", id="no-thread"),
        pytest.param("APPROVALS_CONFIG_MODE", "merge", id="mode"),
        pytest.param("APPROVALS_MEMORY_LIMIT", "lots", id="memory-a-word"),
        pytest.param("APPROVALS_MEMORY_LIMIT", "0GB", id="no-memory"),
    ],
)
def test_impossible_setting_names_the_variable(tmp_path: Path, name: str, value: str) -> None:
    environment = environment_of(tmp_path, EXAMPLES) | {name: value}
    commands = [[*APPROVALS, "status"], [sys.executable, "-m", "approvals.local_airflow", "up"]]

    for command in commands:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

        assert done.returncode == 2
        assert done.stderr.startswith(f"error: {name}: ")
        assert "Value error" not in done.stderr
        assert done.stderr.count("\n") == 1
