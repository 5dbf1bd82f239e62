"""The Makefile: what its targets print. Not here: set-up, which takes an index and minutes."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from approvals.settings import PROJECT_ROOT

MAKE = shutil.which("make") or "make"
TOOLS = ("ruff", "mypy", "lint-imports", "sqlfluff", "dbt", "dbt-bouncer")


def _lint(tools: Path, bouncer: str) -> subprocess.CompletedProcess[str]:
    """Run `make lint` with tools that say nothing, but for dbt-bouncer's script."""
    for name in TOOLS:
        script = bouncer if name == "dbt-bouncer" else "exit 0"
        (tools / name).write_text(f"#!/bin/sh\n{script}\n")
        (tools / name).chmod(0o755)
    installed = [f"--old-file=.venv/{name}" for name in (".installed", ".installed-dev")]
    outer = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}  # of the `make test` that runs this
    return subprocess.run(
        [MAKE, *installed, "lint", f"BIN={tools}"],
        cwd=PROJECT_ROOT,
        env={name: value for name, value in os.environ.items() if name not in outer},
        capture_output=True,
        text=True,
        check=False,
    )


def test_lint_prints_the_rule_that_failed(tmp_path: Path) -> None:
    done = _lint(tmp_path, "echo 'check_model_names: stg_x'; echo summary; exit 1")

    assert done.returncode != 0
    assert "check_model_names: stg_x" in done.stdout


@pytest.mark.parametrize("noise", ["echo 779 checks passed", "echo progress >&2"])
def test_lint_stays_quiet_when_every_rule_holds(tmp_path: Path, noise: str) -> None:
    done = _lint(tmp_path, noise)

    assert done.returncode == 0
    assert done.stdout + done.stderr == ""
