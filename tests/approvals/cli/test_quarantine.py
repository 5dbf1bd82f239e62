"""The commands on the quarantine as two people run them: output and exit codes."""

import json
from pathlib import Path

from tests.command import run_approvals

ROWS = "Donor,Approval date,Currency,Amount\nNorway,2006-02-31,USD,5\nNorway,2006-03-01,USD,7\n"


def test_two_people_release_a_record(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "export_2006-03-31.csv").write_text(ROWS, encoding="utf-8")
    run_approvals(home, "extract", str(tmp_path / "export_2006-03-31.csv"), "--office", "lab")
    [record] = json.loads(run_approvals(home, "quarantine", "list", "--json").stdout)
    command = ("quarantine", "propose", record["quarantine_id"][:8], "--by", "Ana")
    words = ("--reason", "February has 28 days")

    unreadable = run_approvals(home, *command, *words, "--set", "approval_date=2006-02-30")
    proposed = run_approvals(home, *command, *words, "--set", "approval_date=2006-02-28")
    decide = ("quarantine", "approve", record["quarantine_id"], "--reason", "checked", "--by")
    own = run_approvals(home, *decide, "ANA")
    approved = run_approvals(home, *decide, "Ben", "--json")
    again = run_approvals(home, *decide, "Eva")

    assert (unreadable.returncode, proposed.returncode) == (11, 0)
    assert "* approval_date            2006-02-28" in proposed.stdout
    assert (own.returncode, approved.returncode, again.returncode) == (10, 0, 11)
    assert json.loads(approved.stdout)["action"] == "approve"
    shown = run_approvals(home, "quarantine", "show", record["quarantine_id"])
    assert "approve correct by Ben: checked" in shown.stdout
    missing = run_approvals(home, "quarantine", "show", "ffffff")
    assert (missing.returncode, missing.stderr.count("\n")) == (5, 1)
