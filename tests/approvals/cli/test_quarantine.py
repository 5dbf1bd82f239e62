"""The commands on the quarantine as two people run them: output and exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

from approvals.settings import PROJECT_ROOT

ROWS = "Donor,Approval date,Currency,Amount\nNorway,2006-02-31,USD,5\nNorway,2006-03-01,USD,7\n"


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    home = {"APPROVALS_HOME": str(folder / "home"), "PYTHONPATH": str(PROJECT_ROOT)}
    return subprocess.run(
        [sys.executable, "-c", "from approvals.cli import main; main()", *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, **home},
        timeout=120,
    )


def test_two_people_release_a_record(tmp_path: Path) -> None:
    (tmp_path / "export_2006-03-31.csv").write_text(ROWS, encoding="utf-8")
    _run(tmp_path, "extract", str(tmp_path / "export_2006-03-31.csv"), "--office", "lab")
    [record] = json.loads(_run(tmp_path, "quarantine", "list", "--json").stdout)
    command = ("quarantine", "propose", record["quarantine_id"][:8], "--by", "Ana")
    words = ("--reason", "February has 28 days")

    unreadable = _run(tmp_path, *command, *words, "--set", "approval_date=2006-02-30")
    proposed = _run(tmp_path, *command, *words, "--set", "approval_date=2006-02-28")
    decide = ("quarantine", "approve", record["quarantine_id"], "--reason", "checked", "--by")
    own = _run(tmp_path, *decide, "ANA")
    approved = _run(tmp_path, *decide, "Ben", "--json")
    again = _run(tmp_path, *decide, "Eva")

    assert (unreadable.returncode, proposed.returncode) == (11, 0)
    assert "* approval_date            2006-02-28" in proposed.stdout
    assert (own.returncode, approved.returncode, again.returncode) == (10, 0, 11)
    assert json.loads(approved.stdout)["action"] == "approve"
    shown = _run(tmp_path, "quarantine", "show", record["quarantine_id"])
    assert "approve correct by Ben: checked" in shown.stdout
    missing = _run(tmp_path, "quarantine", "show", "ffffff")
    assert (missing.returncode, missing.stderr.count("\n")) == (5, 1)
