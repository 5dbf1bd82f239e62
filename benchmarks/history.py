"""What history costs: a build of millions of versions beside one of the last statements alone.

    .venv/bin/python -m benchmarks.history [--approvals 100000 200000 400000 1000000]
        [--memory 2GB] [--folder DIR]

Two lakes of the same approvals: one holds every statement, about five versions of each approval;
the other only the last statement of each, which is all that a warehouse without history would
have kept. Both are built by the same models, and must agree on every year's total to the cent.
The second build does what remains when there is no history to tell, so the ratio of the two is
the cost of history: of a build of everything, without the newest export of each office, and of the
night in which these come. Seconds are wall and CPU of `approvals build`, a process of its own each;
then `approvals trace --json` of figures in a release of the larger one, as a command. The targets
are those of issue "Two clocks, one trail": ratio at most 2, trace at most 2 seconds.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb

from approvals.configuration import resolve_configuration
from approvals.parsed_project import parsed_project
from approvals.settings import Settings
from benchmarks.history_lake import OFFICES, Shape, write_lake
from publish.contents import write_contents

TRACED = (
    ("rpt_approvals_by_year", "--key", "year=2006"),
    (
        "rpt_region_shares_by_year",
        "--key",
        "year=2006",
        "--key",
        "region=Africa",
        "--column",
        "share_pct",
    ),
    ("rpt_donor_approvals_by_year", "--key", "year=2006", "--key", "donor=Netherlands"),
    ("H05",),
    ("H02",),
    ("H26",),
)
"""A year's total, a share of it, a donor's sum; printed figures: a share of a year, a growth over
four years, the greatest of five yearly shares."""
COUNTS = """
    select count(*), count(distinct approval_id), count(distinct file_sha256)
    from marts.fct_approval_versions
"""
TOTALS = """
    select approval_year, approval_count, amount_usd, unconverted_count
    from marts.rpt_approvals_by_year where approval_count > 0 order by approval_year
"""


def measured(home: Path, memory: str, *arguments: str) -> dict[str, Any]:
    """Run a command of `approvals` in a home; return its output and what it took.

    Raises:
        RuntimeError: the command failed: the measurement would mean nothing.
    """
    script = Path(sys.executable).parent / "approvals"
    command = [sys.executable, "-m", "benchmarks.history", "--command", str(script)]
    told = {"HOME": str(home), "MEMORY_LIMIT": memory, "GO_ON_FROM_MB": "0"}
    environment = {**os.environ, **{f"APPROVALS_{name}": value for name, value in told.items()}}
    done = subprocess.run(  # noqa: S603
        [*command, *arguments], capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    taken: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return taken


def take_measure(command: list[str]) -> None:
    """Run a command as the only child of this process and print what it took, as JSON."""
    start = perf_counter()
    done = subprocess.run(  # noqa: S603
        [sys.executable, *command], capture_output=True, text=True, check=False
    )
    wall = perf_counter() - start
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    taken = {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak_mib": used.ru_maxrss / 1024}
    sys.stdout.write(json.dumps({**taken, "output": done.stdout}) + "\n")


def build(home: Path, memory: str) -> dict[str, Any]:
    """Build the lake of a home; return sizes, seconds and totals. dbt has read the project then."""
    settings = Settings(home=home)
    parsed_project(settings, resolve_configuration(settings))
    taken = measured(home, memory, "build", "--json")
    database = Path(json.loads(taken["output"])["database"])
    with duckdb.connect(str(database), read_only=True) as connection:
        totals = connection.execute(TOTALS).fetchall()
        counts = connection.execute(COUNTS).fetchone()
    sizes = {"lake_mb": _size(home / "lake"), "database_mb": _size(database)}
    return {**taken, **sizes, "counts": counts, "totals": totals, "db": database}


def hold_back(home: Path, files: int) -> Path:
    """Take the manifests of the newest exports out of a lake: they have not come yet."""
    stated = [(json.loads(path.read_text()), path) for path in (home / "lake/files").glob("*")]
    exports = [
        (found["exported_at"], path) for found, path in stated if found["dataset"] == "approvals"
    ]
    (home / "to_come").mkdir()
    for _, path in sorted(exports)[-files:]:
        path.rename(home / "to_come" / path.name)
    return home / "to_come"


def _size(path: Path) -> float:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def release(home: Path, database: Path, memory: str) -> None:
    """Write a candidate out as the current release, without the audit of a publication."""
    settings = Settings(home=home, memory_limit=memory)
    folder = settings.releases / database.parent.name
    folder.mkdir(parents=True)
    write_contents(settings, database, folder)
    manifest = {"release_id": folder.name, "created_at": "", "content_sha256": ""}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder.parent / "current").symlink_to(folder.name)


def compare(approvals: int, memory: str, folder: Path) -> None:
    """Measure builds of both lakes of one size and print a line for each, and the traces."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        without, home = Path(scratch) / "without", Path(scratch) / "with"
        write_lake(Settings(home=without).lake, Shape(approvals, with_history=False))
        alone = build(without, memory)
        _print("without history", alone, alone)
        write_lake(Settings(home=home).lake, Shape(approvals, with_history=True))
        to_come = hold_back(home, len(OFFICES))
        _print("with, everything", build(home, memory), alone)
        for path in to_come.iterdir():
            path.rename(home / "lake" / "files" / path.name)
        night = build(home, memory)
        _print("with, a night", night, alone)
        if night["totals"] != alone["totals"]:
            raise RuntimeError("the two lakes do not hold the same approvals")
        if any(unconverted for *_, unconverted in night["totals"]):
            raise RuntimeError("the rates in the lakes are not those of the chosen set")
        release(home, night["db"], memory)
        for target in TRACED:
            taken = measured(home, memory, "trace", *target, "--json")
            agrees = json.loads(taken["output"])["agrees"]
            sys.stdout.write(
                f"  trace {target[0]}: {taken['wall']:.2f} s, CPU {taken['cpu']:.2f} s, peak "
                f"{taken['peak_mib']:.0f} MiB, agrees {agrees}\n"
            )
            sys.stdout.flush()


def _print(name: str, found: dict[str, Any], alone: dict[str, Any]) -> None:
    versions, approvals, files = found["counts"]
    wall, cpu = (found[clock] / alone[clock] for clock in ("wall", "cpu"))
    sys.stdout.write(
        f"{name}: {versions:,} versions of {approvals:,} approvals in {files} files: "
        f"{found['wall']:.1f} s, CPU {found['cpu']:.1f} s, ratio {wall:.2f}, CPU {cpu:.2f}, peak "
        f"{found['peak_mib']:.0f} MiB; lake {found['lake_mb']:.0f} MB, database "
        f"{found['database_mb']:.0f} MB\n"
    )
    sys.stdout.flush()


def arguments() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    sizes = [100_000, 200_000, 400_000, 1_000_000]
    parser.add_argument("--approvals", type=int, nargs="*", default=sizes)
    parser.add_argument("--memory", default=Settings().memory_limit)
    parser.add_argument("--folder", type=Path, default=None)
    return parser.parse_args()


def main() -> None:
    """Print, for each size, the builds, their ratios and the traces."""
    if sys.argv[1:2] == ["--command"]:
        take_measure(sys.argv[2:])
        return
    options = arguments()
    for approvals in options.approvals:
        compare(approvals, options.memory, options.folder)


if __name__ == "__main__":
    main()
