"""How long a large export takes from file to lake, beside the least that any tool would need.

    .venv/bin/python -m benchmarks.extract [--rows 1000000] [--sizes 250000 500000 2000000]
        [--repeats 3] [--workbook-rows 100000] [--memory 2GB]

A clean CSV of approvals (14 columns, about 150 bytes a row) is loaded whole: landed and hashed,
sniffed, typed, with provenance, as Parquet. Beside it, in the same run and with the same threads
and memory limit, DuckDB copies the same file to Parquet as text. A workbook of 100,000 rows is
compared with python-calamine's own reading of it. Each measurement is a process of its own, so
that its peak memory is its own; start-up and imports do not count. The targets: CSV at most 3
times DuckDB, workbook at most 1.5 times python-calamine, peak memory at most 2.5 GiB with the
limit of 2 GB that is set by default, whatever the size of the file.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import duckdb

ROWS_BEFORE = 100
"""Of a file that is loaded before the clock starts: it brings in the modules and word lists."""
NAME = "bangkok_approvals_bench_exported_2006-12-31"
ROWS = """
    select 'RAS/' || lpad((i % 100)::varchar, 2, '0') || '/' || (i % 9000) || '/NET'
            as "Project symbol",
        'Decent work for rural households, phase ' || (i % 50000) as "Project title",
        ['Netherlands', 'Norway', 'United States', 'European Commission'][1 + i % 4] as "Donor",
        ['India', 'Nepal', 'Cambodia', 'Viet Nam', 'Kenya', 'Peru'][1 + i % 6] as "Recipient",
        ['Asia and the Pacific', 'Africa', 'Americas'][1 + i % 3] as "Region",
        ['Employment', 'Social Protection', 'Social Dialogue'][1 + i % 3] as "Sector",
        date '1995-01-01' + (i % 4000)::int as "Approval date",
        ['USD', 'EUR', 'NOK'][1 + i % 3] as "Currency",
        ((i * 7919) % 900000000 / 100.0 + 100)::decimal(18, 2) as "Amount",
        ['Local', 'Central'][1 + i % 2] as "Funding channel",
        date '1995-02-01' + (i % 4000)::int as "Start date",
        date '1997-01-01' + (i % 4000)::int as "End date",
        'OFF-' || i as "Office reference",
        'Synthetic row ' || (i % 1000) as "Remarks"
    from range($rows) as series(i)"""


def write_csv(path: Path, rows: int) -> None:
    """Write a clean export in CSV."""
    duckdb.execute(f"copy ({ROWS}) to $path (header)", {"rows": rows, "path": str(path)})


def write_workbook(path: Path, rows: int) -> None:
    """Write the same as a workbook, numbers and dates typed."""
    import xlsxwriter

    book = xlsxwriter.Workbook(
        str(path), {"constant_memory": True, "default_date_format": "d/m/yy"}
    )
    sheet = book.add_worksheet("Approvals")
    found = duckdb.execute(ROWS, {"rows": rows})
    sheet.write_row(0, 0, [column[0] for column in found.description or ()])
    for number, row in enumerate(found.fetchall(), start=1):
        sheet.write_row(number, 0, row)
    book.close()


def copy_by_duckdb(path: Path, folder: Path, threads: int, memory: str) -> None:
    """Copy a CSV to Parquet as text: the least that reading it costs."""
    with duckdb.connect(
        config={"threads": threads, "memory_limit": memory, "temp_directory": str(folder / "spill")}
    ) as connection:
        connection.execute(
            "copy (from read_csv($path, all_varchar = true)) to $target (format parquet)",
            {"path": str(path), "target": str(folder / "copy.parquet")},
        )


def read_by_calamine(path: Path, *_: object) -> None:
    """Read a workbook into Python lists."""
    from python_calamine import CalamineWorkbook

    CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def load_into_lake(path: Path, folder: Path, threads: int, memory: str) -> None:
    """Load a file as `approvals extract` does.

    Raises:
        RuntimeError: not every row was accepted: the measurement would mean nothing.
    """
    from approvals.configuration import resolve_configuration
    from approvals.settings import Settings
    from extract import load_exports

    settings = Settings(
        exports=str(path.parent), home=folder / "home", threads=threads, memory_limit=memory
    )
    configuration = resolve_configuration(settings)
    first = folder / f"first{path.suffix}"
    (write_csv if path.suffix == ".csv" else write_workbook)(first, ROWS_BEFORE)
    load_exports(settings, configuration, paths=[first], office_id="bangkok")
    start = perf_counter()
    report = load_exports(settings, configuration, paths=[path], office_id="bangkok")
    measured.append(perf_counter() - start)
    if report.files[0].rows_rejected or not report.files[0].rows_accepted:
        raise RuntimeError(report.files[0].messages)


WAYS: dict[str, Callable[[Path, Path, int, str], None]] = {
    "duckdb": copy_by_duckdb,
    "calamine": read_by_calamine,
    "lake": load_into_lake,
}
measured: list[float] = []
"""Seconds of a way that sets itself up first; otherwise the whole call counts."""


def measure(way: str, path: Path, threads: int, memory: str) -> tuple[float, float]:
    """Return seconds and peak memory in MiB of one way, run in a process of its own."""
    with tempfile.TemporaryDirectory(dir=path.parent.parent) as folder:
        command = [sys.executable, "-m", "benchmarks.extract", "--way", way, "--file", str(path)]
        command += ["--folder", folder, "--threads", str(threads), "--memory", memory]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise RuntimeError(done.stderr)
        subprocess.run(["chmod", "-R", "u+w", folder], check=True)  # noqa: S603, S607
    found = json.loads(done.stdout.splitlines()[-1])
    return found["seconds"], found["peak_mib"]


def run_way(way: str, path: Path, folder: Path, threads: int, memory: str) -> None:
    """Run one way here and print what it took as JSON."""
    start = perf_counter()
    WAYS[way](path, folder, threads, memory)
    seconds = measured[0] if measured else perf_counter() - start
    peaks = [
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    sys.stdout.write(json.dumps({"seconds": seconds, "peak_mib": max(peaks) / 1024}) + "\n")


def compare(path: Path, rows: int, ways: tuple[str, str], options: argparse.Namespace) -> None:
    """Measure two ways in turn and print the medians and their ratio."""
    found: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    for _ in range(options.repeats):
        for way in ways:
            found[way].append(measure(way, path, options.threads, options.memory))
    seconds = {way: median(second for second, _ in runs) for way, runs in found.items()}
    peaks = {way: max(peak for _, peak in runs) for way, runs in found.items()}
    parts = [f"{way} {seconds[way]:.2f} s, peak {peaks[way]:.0f} MiB" for way in ways]
    size = path.stat().st_size / 1e6
    ratio = seconds[ways[1]] / seconds[ways[0]]
    sys.stdout.write(
        f"{rows:>9,} rows, {size:4.0f} MB {path.suffix[1:]}: {'; '.join(parts)}; "
        f"ratio {ratio:.2f}\n"
    )
    sys.stdout.flush()


def arguments() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--sizes", type=int, nargs="*", default=[250_000, 500_000, 2_000_000])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--workbook-rows", type=int, default=100_000)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--memory", default="2GB")
    for hidden in ("--way", "--file", "--folder"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    """Print one line for each file: both ways, their peak memory, the ratio."""
    options = arguments()
    if options.way:
        path, folder = Path(options.file), Path(options.folder)
        run_way(options.way, path, folder, options.threads, options.memory)
        return
    with tempfile.TemporaryDirectory() as folder:
        exports = Path(folder) / "exports"
        exports.mkdir()
        for rows in [options.rows, *options.sizes]:
            path = exports / f"{NAME}.csv"
            write_csv(path, rows)
            compare(path, rows, ("duckdb", "lake"), options)
        if options.workbook_rows:
            path = exports / f"{NAME}.xlsx"
            write_workbook(path, options.workbook_rows)
            compare(path, options.workbook_rows, ("calamine", "lake"), options)


if __name__ == "__main__":
    main()
