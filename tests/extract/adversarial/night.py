"""One night with all cases: every file lies in one folder and is loaded in one go.

A file that breaks the whole load down is a finding of its own; the others are judged all the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from approvals.configuration import Configuration, resolve_configuration
from approvals.settings import Settings
from extract import FileReport, load_exports
from tests.extract.adversarial.case import Case
from tests.extract.conftest import DATED, OFFICE_COLUMNS

OFFICES = (
    f"english,English office,field,,Asia/Bangkok,en,.,dmy,cp1252,monthly,delta,english/*,{DATED},"
    "file_name,rates,unique,local,,,yes\n"
    f'french,Bureau,field,,Africa/Dakar,fr,",",dmy,cp1252,monthly,delta,french/*,{DATED},'
    "file_name,rates,unique,local,,,yes\n"
    f"american,American office,field,,America/New_York,en,.,mdy,cp1252,monthly,delta,american/*,"
    f"{DATED},file_name,rates,unique,local,USD,,yes\n"
    f'warsaw,Warsaw,field,,Europe/Warsaw,en,",",dmy,cp1250,monthly,delta,warsaw/*,{DATED},'
    "file_name,rates,unique,local,PLN,,yes\n"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case."""

    reports: tuple[FileReport, ...]
    """One for each file that the load saw in it."""
    crash: str
    """The exception that ended the whole load; empty: none."""
    lake: Path


def configured(folder: Path) -> tuple[Settings, Configuration]:
    """Return the settings and configuration of an agency with the offices above."""
    (folder / "config").mkdir(parents=True)
    text = f"{OFFICE_COLUMNS}\n{OFFICES}"
    (folder / "config" / "offices.csv").write_text(text, encoding="utf-8")
    settings = Settings(home=folder / "home", config=folder / "config")
    return settings, resolve_configuration(settings)


def lay_out(cases: Iterable[Case], folder: Path) -> Path:
    """Write every case's file where its office would put it; return the folder."""
    for case in cases:
        path = folder / case.path
        path.parent.mkdir(parents=True)
        path.write_bytes(case.bytes())
    return folder


def load_night(cases: list[Case], folder: Path, threads: int = 2) -> dict[str, Outcome]:
    """Load all cases at once and return what became of each.

    Reports come in the order of the names, so the first file without one has ended a load that
    breaks down; it is noted, and those behind it are loaded again.
    """
    settings, configuration = configured(folder)
    outcomes: dict[str, Outcome] = {}
    waiting = sorted(cases, key=lambda case: Path(case.path))
    while waiting:
        night = folder / f"night_{len(waiting)}"
        own = settings.model_copy(update={"home": night / "home", "threads": threads})
        crash, reports = _load(lay_out(waiting, night / "exports"), own, configuration)
        seen: dict[str, list[FileReport]] = {}
        for entry in reports:
            seen.setdefault(entry.path.split("/")[1], []).append(entry)
        for case in waiting:
            if case.case_id in seen or not crash:
                entries = tuple(seen.get(case.case_id, ()))
                outcomes[case.case_id] = Outcome(entries, "", own.lake)
        waiting = [case for case in waiting if case.case_id not in outcomes]
        if waiting:
            outcomes[waiting.pop(0).case_id] = Outcome((), crash, own.lake)
    return outcomes


def _load(
    drop: Path, settings: Settings, configuration: Configuration
) -> tuple[str, list[FileReport]]:
    """Return the exception that ended the load, or nothing, and the reports up to there."""
    reports: list[FileReport] = []
    try:
        load_exports(settings, configuration, paths=[drop], on_file=reports.append)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
        return f"{type(error).__name__}: {error}", reports
    return "", reports


def lake_column(outcome: Outcome, column: str) -> tuple[str, ...]:
    """Return a column of the accepted rows, as text, in the order of the file."""
    folder = outcome.lake / "approvals"
    hashes = {
        entry.file_sha256 for report in outcome.reports for entry in report.members or [report]
    }
    paths = [
        path
        for sha256 in sorted(hashes, key=str)
        for path in sorted(folder.glob(f"office=*/{sha256}*.parquet"))
    ]
    if not paths:
        return ()
    names = ", ".join(f"'{path}'" for path in paths)
    rows = duckdb.sql(
        f"select cast({column} as varchar) from read_parquet([{names}]) "
        "order by file_sha256, sheet_name, record_number"
    ).fetchall()
    return tuple("" if row[0] is None else row[0] for row in rows)
