"""The contract of `approvals extract --json`, by a real process, on a few nasty exports.

Not here: whether the exports are read right (test_adversarial.py loads them in one process).
"""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from approvals.settings import PROJECT_ROOT
from tests.extract.adversarial import damage, dialects, formats, totals
from tests.extract.adversarial.case import Case
from tests.extract.adversarial.night import lay_out

KEYS = {
    "path", "office_id", "status", "file_sha256", "dataset", "rows_read", "rows_accepted",
    "rows_rejected", "rows_dropped", "totals", "reasons", "messages",
}  # fmt: skip
CASES = {
    case.case_id: case
    for theme in (damage, dialects, formats, totals)
    for case in theme.CASES
    if case.case_id
    in {
        "dialect-decimal-comma-semicolon",
        "dialect-tab",
        "format-workbook-named-csv",
        "format-pdf",
        "total-by-donor",
        "cut-xlsx-2",
    }
}


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from approvals.cli import main; main()", "extract"]
    return subprocess.run(
        [*command, *arguments], cwd=PROJECT_ROOT, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """Return what the command says of a folder with all of them, by case."""
    folder = tmp_path_factory.mktemp("command")
    drop = lay_out(CASES.values(), folder / "exports")
    done = _run(str(drop), "--home", str(folder / "home"), "--json")
    assert done.returncode == 0, done.stderr
    return {entry["path"].split("/")[1]: entry for entry in json.loads(done.stdout)["files"]}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_answer_has_the_keys_of_the_contract(
    case: Case, answer: dict[str, dict[str, object]]
) -> None:
    entry = answer[case.case_id]

    assert entry.keys() >= KEYS
    if case.expected.totals:
        totals_of_file = dict(entry["totals"])  # type: ignore[call-overload]
        sums = {currency: Decimal(text) for currency, text in totals_of_file.items()}
        assert sums in case.expected.totals
        assert all(isinstance(text, str) for text in totals_of_file.values())
    else:
        assert entry["status"] == "rejected"
        assert entry["reasons"]
        assert case.path in str(entry["messages"])


def test_file_of_an_office_named_by_hand_is_read_and_exit_is_zero_when_it_is_refused(
    tmp_path: Path,
) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_bytes(CASES["dialect-tab"].bytes())
    bad.write_bytes(CASES["format-pdf"].bytes())

    done = _run(
        str(good), str(bad), "--office", "hanoi", "--home", str(tmp_path / "home"), "--json"
    )

    files = {entry["path"]: entry for entry in json.loads(done.stdout)["files"]}
    assert done.returncode == 0
    assert files["good.csv"]["totals"] == {"USD": "251078.75"}
    assert files["bad.csv"]["status"] == "rejected"
    assert {entry["office_id"] for entry in files.values()} == {"hanoi"}
