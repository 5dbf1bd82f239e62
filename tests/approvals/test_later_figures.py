"""A night with every figure and every table that the ILO printed later, from `REAL_SAMPLES`.

The example exports end in 2008: what later papers print has no data yet, and that is no failure.
"""

import json
import os
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.approvals.conftest import Published
from tests.approvals.night import EXAMPLES, call_approvals, run_night

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


@dataclass(frozen=True, slots=True)
class Night:
    """A finished night: its home and the configuration that it had."""

    home: Path
    config: Path


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory, examples_published: Published) -> Night:
    """Run a night on the example exports, which the lake of another night holds already."""
    folder = tmp_path_factory.mktemp("later")
    home, config = folder / "home", _configured(folder / "config")
    shutil.copytree(examples_published.settings.lake, home / "lake")
    said = run_night(home, EXAMPLES, config=config)
    assert said["load"]["statuses"]["skipped_duplicate"] == len(said["load"]["files"]) > 0
    return Night(home, config)


def _marts_gate(night: Night) -> dict[str, Any]:
    folder = night.home / "releases" / "current" / "quality"
    gate: dict[str, Any] = json.loads((folder / "results.json").read_text())["gates"]["marts"]
    return gate


def test_what_has_no_data_is_a_state_and_the_paper_of_2007_still_comes_out(
    night: Night,
) -> None:
    done = call_approvals(night.home, EXAMPLES, "figures", "--json", config=night.config)

    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    states = Counter((one["figure_id"][0], one["status"]) for one in figures)
    # The register of the examples holds the agreement with Denmark of which a later page speaks.
    assert states == {("H", "pass"): 18, ("P", "pass"): 1, ("P", "no_data"): 17}
    assert [one["value"] for one in figures if one["status"] == "no_data"] == [None] * 17


def test_the_gate_records_what_has_no_data_and_fails_no_rule_by_it(night: Night) -> None:
    results = {one["rule_id"]: one for one in _marts_gate(night)["results"]}

    assert results["DQ-151"]["success"]
    assert (results["DQ-152"]["severity"], results["DQ-152"]["failing_rows"]) == ("info", 17)
    assert [one["rule_id"] for one in results.values() if one["error"]] == []


def test_the_printed_tables_agree_but_for_rounding(night: Night) -> None:
    checks = _marts_gate(night)["summary"]["table_checks"]

    assert len(checks) == 12
    assert sum(check["failed_count"] for check in checks) == 0
