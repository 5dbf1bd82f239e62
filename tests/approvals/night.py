"""A night through the command line, each command a process of its own, as in production."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from approvals.settings import PROJECT_ROOT

EXAMPLES = PROJECT_ROOT / "examples" / "exports"
APPROVALS = [str(Path(sys.executable).parent / "approvals")]


def environment_of(home: Path, exports: Path, config: Path | None = None) -> dict[str, str]:
    """Return the environment of a command on a home, a drop folder and a configuration."""
    places = {"APPROVALS_HOME": str(home), "APPROVALS_EXPORTS": str(exports)}
    return {**os.environ, **places, **({"APPROVALS_CONFIG": str(config)} if config else {})}


def call_approvals(
    home: Path, exports: Path, *arguments: str, config: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command; return how it ended and what it said."""
    return subprocess.run(
        [*APPROVALS, *arguments],
        env=environment_of(home, exports, config),
        capture_output=True,
        text=True,
        check=False,
    )


def run_night(
    home: Path, exports: Path, *options: str, config: Path | None = None
) -> dict[str, Any]:
    """Run `approvals run`, which must end well; return what its --json says."""
    done = call_approvals(home, exports, "run", "--json", *options, config=config)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def parquet_hashes(home: Path) -> dict[str, str]:
    """Return the hash of every mart's Parquet file in the current release."""
    folder = home / "releases" / "current" / "marts"
    hashes = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.glob("*.parquet")
    }
    assert hashes
    return hashes
