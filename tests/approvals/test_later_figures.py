"""A night with every figure and every table that the ILO printed later, from `REAL_SAMPLES`.

The example exports end in 2008: what later papers print has no data yet, and that is no failure.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from approvals.settings import PROJECT_ROOT

pytestmark = pytest.mark.skipif(
    "REAL_SAMPLES" not in os.environ, reason="REAL_SAMPLES names no folder"
)


def _configured(folder: Path) -> Path:
    """Write the figures and tables as an agency would register them; return the folder."""
    samples = Path(os.environ["REAL_SAMPLES"])
    (folder / "seeds").mkdir(parents=True)
    figures = pd.read_csv(
        samples / "published_figures_all.csv", dtype=str, keep_default_na=False
    ).rename(columns={"id": "figure_id", "value": "expected_value"})
    figures.to_csv(folder / "seeds" / "published_figures.csv", index=False)
    printed = pd.read_csv(
        samples / "ilo_tc_expenditure_1993_1997.csv", dtype=str, keep_default_na=False
    ).rename(columns={"amount_usd_thousand": "amount", "published_share_pct": "share_pct"})
    printed.assign(
        table_id=printed.source.str.split(" ").str[0],
        is_total=printed.member.map(lambda name: "yes" if name == "Total" else "no"),
        unit="USD thousand",
        rounding_unit="1",
        share_rounding_unit="0.1",
    ).to_csv(folder / "published_tables.csv", index=False)
    return folder


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Run a night on the example exports; return the environment of further commands."""
    folder = tmp_path_factory.mktemp("later")
    environment = {
        **os.environ,
        "APPROVALS_HOME": str(folder / "home"),
        "APPROVALS_EXPORTS": str(PROJECT_ROOT / "examples" / "exports"),
        "APPROVALS_CONFIG": str(_configured(folder / "config")),
    }
    done = _called(environment, "run")
    assert done.returncode == 0, done.stderr
    return environment


def _called(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "approvals"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def _marts_gate(environment: dict[str, str]) -> dict[str, Any]:
    folder = Path(environment["APPROVALS_HOME"]) / "releases" / "current" / "quality"
    gate: dict[str, Any] = json.loads((folder / "results.json").read_text())["gates"]["marts"]
    return gate


def test_what_has_no_data_is_a_state_and_the_paper_of_2007_still_comes_out(
    night: dict[str, str],
) -> None:
    done = _called(night, "figures", "--json")

    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    states = Counter((one["figure_id"][0], one["status"]) for one in figures)
    # The register of the examples holds the agreement with Denmark of which a later page speaks.
    assert states == {("H", "pass"): 18, ("P", "pass"): 1, ("P", "no_data"): 17}
    assert [one["value"] for one in figures if one["status"] == "no_data"] == [None] * 17


def test_the_gate_records_what_has_no_data_and_fails_no_rule_by_it(night: dict[str, str]) -> None:
    results = {one["rule_id"]: one for one in _marts_gate(night)["results"]}

    assert results["DQ-151"]["success"]
    assert (results["DQ-152"]["severity"], results["DQ-152"]["failing_rows"]) == ("info", 17)
    assert [one["rule_id"] for one in results.values() if one["error"]] == []


def test_the_printed_tables_agree_but_for_rounding(night: dict[str, str]) -> None:
    checks = _marts_gate(night)["summary"]["table_checks"]

    assert len(checks) == 12
    assert sum(check["failed_count"] for check in checks) == 0
