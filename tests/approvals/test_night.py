"""One night end to end through the command line: exports in, audited release out, and its faults.

Not here: the same night through Airflow (tests/dags), rules one by one (tests/expectations), the
fence of the publisher (tests/publish). Every run is a process of its own, as in production.
"""

import hashlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from approvals import __version__
from approvals.settings import PROJECT_ROOT, Settings
from approvals.trace import trace
from approvals.trace.model import Step

EXAMPLES = PROJECT_ROOT / "examples" / "exports"
FEW = ("treasury", "partnerships", "bangkok", "lima")
LEVELS = ["contributions", "versions", "records", "cells"]
TARGET = "H16"
"""The figure that a reference table sets: it stands on no record."""
APPROVALS = [str(Path(sys.executable).parent / "approvals")]


def _environment(home: Path, exports: Path) -> dict[str, str]:
    return {**os.environ, "APPROVALS_HOME": str(home), "APPROVALS_EXPORTS": str(exports)}


def _approvals(home: Path, exports: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*APPROVALS, *arguments],
        env=_environment(home, exports),
        capture_output=True,
        text=True,
        check=False,
    )


def _run(home: Path, exports: Path, *options: str) -> dict[str, Any]:
    done = _approvals(home, exports, "run", "--json", *options)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _parquet_hashes(home: Path) -> dict[str, str]:
    folder = home / "releases" / "current" / "marts"
    hashes = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.glob("*.parquet")
    }
    assert hashes
    return hashes


@pytest.fixture(scope="module")
def few_exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a drop folder with four of the example offices."""
    folder = tmp_path_factory.mktemp("few")
    for office in FEW:
        shutil.copytree(EXAMPLES / office, folder / office)
    return folder


@pytest.fixture(scope="module")
def few_published(tmp_path_factory: pytest.TempPathFactory, few_exports: Path) -> Path:
    """Return the home of a warehouse that has published those offices once."""
    home = tmp_path_factory.mktemp("published")
    _run(home, few_exports)
    return home


@pytest.fixture(scope="module")
def examples_published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Return the home of a warehouse that has published all examples, and what the run said."""
    home = tmp_path_factory.mktemp("examples")
    return home, _run(home, EXAMPLES)


def test_run_publishes_the_examples_and_every_printed_figure_comes_out(
    examples_published: tuple[Path, dict[str, Any]],
) -> None:
    home, result = examples_published

    figures = json.loads(_approvals(home, EXAMPLES, "figures", "--json").stdout)
    assert result["load"]["statuses"]["rejected"] == 0
    assert {figure["figure_id"]: figure["status"] for figure in figures} == {
        f"H{number:02d}": "pass" for number in range(1, 29)
    }


@pytest.mark.parametrize("figure_id", [f"H{number:02d}" for number in range(1, 29)])
def test_every_printed_figure_is_traced_and_every_level_adds_up_to_it(
    examples_published: tuple[Path, dict[str, Any]], figure_id: str
) -> None:
    found = trace(Settings(home=examples_published[0]), figure_id, {}).root

    steps = _steps(found)
    assert found.recomputed == found.value is not None
    assert [step.key for step in steps if not (step.agrees and step.recomputed == step.value)] == []
    for step in steps:
        if step.sum and step.sum.cells:
            amounts = [Decimal(item["contributed_usd"]) for item in step.sum.items]
            assert step.value == str(sum(amounts))
            assert [level.name for level in step.sum.levels] == LEVELS
            assert {level.value for level in step.sum.levels} == {step.value}
            assert len(amounts) == step.sum.item_count > 0
        elif step.sum:  # provisions that hold; what a forecast adds where nothing was approved
            assert step.value in ("true", "0.00")
            assert [(one.value, one.agrees) for one in step.sum.levels] == [(step.value, True)]
    assert figure_id == TARGET or any(step.sum for step in steps)


def _steps(step: Step) -> list[Step]:
    return [step, *(below for operand in step.operands for below in _steps(operand))]


def test_run_leaves_nothing_to_others_but_the_release(few_published: Path) -> None:
    inside = {
        path.relative_to(few_published).as_posix(): stat.S_IMODE(path.lstat().st_mode)
        for path in few_published.rglob("*")
        if not path.is_symlink()
    }
    release = f"releases/{(few_published / 'releases' / 'current').resolve().name}"

    private = {name: mode for name, mode in inside.items() if not name.startswith("releases")}
    assert {name: oct(mode) for name, mode in private.items() if mode & 0o077} == {}
    assert {"lake", "build", "config", "cache"} <= private.keys()
    assert inside["releases"] == inside[release] == 0o750
    assert inside["releases/publications.jsonl"] == 0o640
    assert inside[f"{release}/approvals.duckdb"] == 0o444
    assert inside[f"{release}/restricted/quarantine.parquet"] == 0o400


def test_second_night_without_news_publishes_nothing(
    few_published: Path, few_exports: Path
) -> None:
    again = _run(few_published, few_exports)

    assert again["release_id"] is None
    assert set(again["load"]["statuses"]) >= {"skipped_duplicate"}


def test_forced_rebuild_gives_the_same_parquet_bytes(
    few_published: Path, few_exports: Path
) -> None:
    before = _parquet_hashes(few_published)

    result = _run(few_published, few_exports, "--force")

    assert result["release_id"] is not None
    assert _parquet_hashes(few_published) == before


@pytest.mark.parametrize("command", ["figures", "status", "where"])
def test_command_says_that_the_examples_are_synthetic(
    few_published: Path, few_exports: Path, command: str
) -> None:
    said = _approvals(few_published, few_exports, command).stdout

    assert "synthetic: all approvals are made-up examples" in said


def test_status_says_none_yet_when_nothing_was_published(tmp_path: Path) -> None:
    said = _approvals(tmp_path, EXAMPLES, "status")

    assert said.returncode == 0
    assert "none yet" in said.stdout
    assert not any(word in said.stdout for word in ("None", "True", "False"))
    assert not any(tmp_path.iterdir())


def test_version_is_printed() -> None:
    said = subprocess.run([*APPROVALS, "--version"], capture_output=True, text=True, check=True)

    assert said.stdout == f"approvals {__version__}\n"


@pytest.mark.parametrize("stage", ["lake/files", "build"], ids=["during-load", "during-build"])
def test_killed_night_run_again_gives_the_bytes_of_the_night_that_was_not_killed(
    tmp_path: Path, few_published: Path, few_exports: Path, stage: str
) -> None:
    process = subprocess.Popen(
        [*APPROVALS, "run"],
        env=_environment(tmp_path, few_exports),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    folder, deadline = tmp_path / stage, time.monotonic() + 120
    while not any(folder.glob("*")) and time.monotonic() < deadline and process.poll() is None:
        os.sched_yield()
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "releases" / "current").exists()

    _run(tmp_path, few_exports)

    assert _parquet_hashes(tmp_path) == _parquet_hashes(few_published)


def test_poisoned_export_stops_the_publication_and_the_release_keeps_its_bytes(
    tmp_path: Path, few_published: Path, few_exports: Path
) -> None:
    home, exports = tmp_path / "home", tmp_path / "exports"
    shutil.copytree(few_published, home, symlinks=True)
    shutil.copytree(few_exports, exports)
    before, release = _parquet_hashes(home), (home / "releases" / "current").resolve().name
    rows = "".join(
        f"P{n},KHM/08/{n}/NET,Netherlands,Cambodia,Employment,{n % 28 + 1:02d}/01/2008,USD,"
        f"{n}000000000.00,Local\n"
        for n in range(1, 60)
    )
    poisoned = exports / "bangkok" / "bangkok_approvals_2008-01_exported_2008-02-08.csv"
    poisoned.write_text(
        "Our ref,Project Code,Donor,Country,Strategic objective,Date approved,Currency,Amount,"
        f"Central/Local\n{rows}",
        encoding="utf-8",
    )

    done = _approvals(home, exports, "run")

    assert done.returncode == 3, done.stdout + done.stderr
    assert "DQ-" in done.stderr
    assert (home / "releases" / "current").resolve().name == release
    assert _parquet_hashes(home) == before


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
    done = _approvals(tmp_path, EXAMPLES, *arguments)

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
    environment = _environment(tmp_path, EXAMPLES) | {name: value}

    done = subprocess.run(
        [*APPROVALS, "status"], env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {name}: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif("REAL_SAMPLES" not in os.environ, reason="REAL_SAMPLES names no folder")
def test_ocha_flows_come_out_to_the_cent_and_a_flow_in_both_files_counts_once(
    tmp_path: Path,
) -> None:
    folder = Path(os.environ["REAL_SAMPLES"]) / "fts"
    flows = duckdb.sql(
        f"select id, max(cast(amountUSD as decimal(18, 2))) as usd "
        f"from read_csv('{folder}/*.csv', all_varchar = true) group by id"
    )
    expected = flows.aggregate("sum(usd), count(*)").fetchone()

    _run(tmp_path, folder)

    with duckdb.connect(
        str(tmp_path / "releases" / "current" / "approvals.duckdb"), read_only=True
    ) as release:
        counted = release.execute(
            "select sum(amount_usd), count(*) from marts.fct_approvals where is_counted"
        ).fetchone()
        reported = release.execute(
            "select sum(amount_usd) from marts.rpt_approvals_by_year"
        ).fetchone()
        duplicates = release.execute(
            "select count(*) filter (where decision <> 'undecided'), "
            "count(*) filter (where decision = 'undecided') from marts.rpt_duplicate_decisions"
        ).fetchone()
    assert expected is not None
    assert counted == expected
    assert reported == (expected[0],)
    assert duplicates == (338 + 3, 9), "no rule decides about nine flows that are alike"
