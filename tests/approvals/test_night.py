"""One night end to end through the command line: exports in, audited release out, and its faults.

Not here: the same night through Airflow (tests/dags), rules one by one (tests/expectations), the
fence of the publisher (tests/publish), the figures of the examples (test_examples.py).
"""

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import time
from pathlib import Path

import duckdb
import pytest

from tests.approvals.night import (
    APPROVALS,
    EXAMPLES,
    call_approvals,
    environment_of,
    parquet_hashes,
    run_night,
)

FEW = ("treasury", "partnerships", "bangkok", "lima")


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
    run_night(home, few_exports)
    return home


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
    again = run_night(few_published, few_exports)

    assert again["release_id"] is None
    assert set(again["load"]["statuses"]) >= {"skipped_duplicate"}


def test_forced_rebuild_gives_the_same_parquet_bytes(
    few_published: Path, few_exports: Path
) -> None:
    before = parquet_hashes(few_published)

    result = run_night(few_published, few_exports, "--force")

    assert result["release_id"] is not None
    assert parquet_hashes(few_published) == before


def test_a_night_goes_on_from_the_audited_one_and_ends_with_the_bytes_of_everything_anew(
    tmp_path: Path, few_published: Path, few_exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first night lacks what was exported in the summer of 2007; the second brings it."""
    monkeypatch.setenv("APPROVALS_GO_ON_FROM_MB", "0")
    exports = tmp_path / "exports"
    for path in few_exports.glob("*/*"):
        if not re.search("2007-0[5-9]-..$", path.stem):
            (exports / path.parent.name).mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, exports / path.parent.name)
    first = run_night(tmp_path / "home", exports)
    shutil.copytree(few_exports, exports, dirs_exist_ok=True)

    second = run_night(tmp_path / "home", exports)

    manifest = tmp_path / "home" / "releases" / second["release_id"] / "manifest.json"
    assert json.loads(manifest.read_text())["goes_on_from"] == first["run_id"]
    assert parquet_hashes(tmp_path / "home") == parquet_hashes(few_published)


@pytest.mark.parametrize("command", ["figures", "status", "where"])
def test_command_says_that_the_examples_are_synthetic(
    few_published: Path, few_exports: Path, command: str
) -> None:
    said = call_approvals(few_published, few_exports, command).stdout

    assert "synthetic: all approvals are made-up examples" in said


@pytest.mark.parametrize("stage", ["lake/files", "build"], ids=["during-load", "during-build"])
def test_killed_night_run_again_gives_the_bytes_of_the_night_that_was_not_killed(
    tmp_path: Path, few_published: Path, few_exports: Path, stage: str
) -> None:
    process = subprocess.Popen(
        [*APPROVALS, "run"],
        env=environment_of(tmp_path, few_exports),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    folder, deadline = tmp_path / stage, time.monotonic() + 120
    while not any(folder.glob("*")) and time.monotonic() < deadline and process.poll() is None:
        os.sched_yield()
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "releases" / "current").exists()

    run_night(tmp_path, few_exports)

    assert parquet_hashes(tmp_path) == parquet_hashes(few_published)


def test_poisoned_export_stops_the_publication_and_the_release_keeps_its_bytes(
    tmp_path: Path, few_published: Path, few_exports: Path
) -> None:
    home, exports = tmp_path / "home", tmp_path / "exports"
    shutil.copytree(few_published, home, symlinks=True)
    shutil.copytree(few_exports, exports)
    before, release = parquet_hashes(home), (home / "releases" / "current").resolve().name
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

    done = call_approvals(home, exports, "run")

    assert done.returncode == 3, done.stdout + done.stderr
    assert "DQ-" in done.stderr
    assert (home / "releases" / "current").resolve().name == release
    assert parquet_hashes(home) == before


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

    run_night(tmp_path, folder)

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
