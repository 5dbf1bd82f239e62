"""The command line as an operator runs it: a process of its own, with a home of its own."""

import os
import subprocess
import sys
from pathlib import Path

from approvals.settings import PROJECT_ROOT


def run_approvals(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `approvals` with these arguments on a home; return how it ended and what it said."""
    environment = {"APPROVALS_HOME": str(home), "PYTHONPATH": str(PROJECT_ROOT)}
    return subprocess.run(
        [sys.executable, "-c", "from approvals.cli import main; main()", *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, **environment},
        timeout=120,
    )
