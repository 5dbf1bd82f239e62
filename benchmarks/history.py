"""What history costs: a build of millions of versions beside one of the last statements alone.

    .venv/bin/python -m benchmarks.history [--approvals 100000 200000 400000 1000000]
        [--memory 2GB] [--folder DIR]

Two lakes of the same approvals: one holds every statement, about five versions of each approval;
the other only the last statement of each, which is all that a warehouse without history would
have kept. Both are built by the same models, and must agree on every year's total to the cent.
The second build does what remains when there is no history to tell, so the ratio of the two is
the cost of history. Seconds are wall and CPU of `approvals build`, a process of its own each;
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

from approvals.settings import Settings
from benchmarks.history_lake import Shape, write_lake
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
)
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
    environment = {**os.environ, "APPROVALS_HOME": str(home), "APPROVALS_MEMORY_LIMIT": memory}
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


def build(home: Path, shape: Shape, memory: str) -> dict[str, Any]:
    """Write a lake into an empty home and build it; return sizes, seconds and totals."""
    rows = write_lake(Settings(home=home).lake, shape)
    taken = measured(home, memory, "build", "--json")
    database = Path(json.loads(taken["output"])["database"])
    with duckdb.connect(str(database), read_only=True) as connection:
        totals = connection.execute(TOTALS).fetchall()
        counts = connection.execute(
            "select count(*), count(distinct approval_id) from marts.fct_approval_versions"
        ).fetchone()
    sizes = {"lake_mb": _size(home / "lake"), "database_mb": _size(database)}
    return {**taken, **sizes, "rows": rows, "counts": counts, "totals": totals, "db": database}


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
    """Measure both lakes of one size and print a line for each, the ratio and the traces."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        found = {}
        for name, with_history in (("without", False), ("with", True)):
            home = Path(scratch) / name
            found[name] = build(home, Shape(approvals, with_history), memory)
            _print(name, found[name])
        if found["with"]["totals"] != found["without"]["totals"]:
            raise RuntimeError("the two lakes do not hold the same approvals")
        if any(unconverted for *_, unconverted in found["with"]["totals"]):
            raise RuntimeError("the rates in the lakes are not those of the chosen set")
        ratios = [found["with"][clock] / found["without"][clock] for clock in ("cpu", "wall")]
        sys.stdout.write("  ratio {:.2f} (CPU), {:.2f} (wall)\n".format(*ratios))
        home = Path(scratch) / "with"
        release(home, found["with"]["db"], memory)
        for target in TRACED:
            taken = measured(home, memory, "trace", *target, "--json")
            agrees = json.loads(taken["output"])["agrees"]
            sys.stdout.write(
                f"  trace {target[0]}: {taken['wall']:.2f} s, CPU {taken['cpu']:.2f} s, peak "
                f"{taken['peak_mib']:.0f} MiB, agrees {agrees}\n"
            )
            sys.stdout.flush()


def _print(name: str, found: dict[str, Any]) -> None:
    versions, approvals = found["counts"]
    sys.stdout.write(
        f"{name:>8} history: {found['rows']:,} records, {versions:,} versions of {approvals:,} "
        f"approvals: {found['wall']:.1f} s, CPU {found['cpu']:.1f} s, peak "
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
    """Print, for each size, both builds, their ratio and the traces."""
    if sys.argv[1:2] == ["--command"]:
        take_measure(sys.argv[2:])
        return
    options = arguments()
    for approvals in options.approvals:
        compare(approvals, options.memory, options.folder)


if __name__ == "__main__":
    main()
