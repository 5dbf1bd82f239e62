"""The stage: every new file of the drop folders into the lake, each on its own."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime
from pathlib import Path

from approvals.configuration import Configuration
from approvals.errors import ExportsNotFoundError
from approvals.settings import Settings
from extract.containers import Arrived, arrived
from extract.discovery import ExportFile, find_exports, given_files
from extract.errors import RefusedFileError
from extract.feedback import FeedbackWriter
from extract.file_loader import FileLoader, LandedFile
from extract.lake import Lake
from extract.landing import land
from extract.report import FileReport, LoadReport, rejected

logger = logging.getLogger(__name__)


def load_exports(
    settings: Settings,
    configuration: Configuration,
    *,
    office_id: str | None = None,
    paths: Iterable[Path] | None = None,
    on_file: Callable[[FileReport], None] | None = None,
) -> LoadReport:
    """Load every file that the lake does not know yet and return what became of each.

    A file that cannot be loaded is reported as `rejected` and the others are loaded all the same.

    Args:
        settings: where the lake lies.
        configuration: offices, column maps, value maps.
        office_id: only the files of this office; for `paths`, the office they belong to, which
            need not be declared in offices.csv.
        paths: these files or folders, instead of the drop folders.
        on_file: called after each file; says what became of it in the place of the log.

    Raises:
        ExportsNotFoundError: a drop folder or path is missing, or no file belongs to an office.
        ConfigurationError: there is no such office; for `paths`, its id is malformed.
    """
    if paths is None:
        office = configuration.office(office_id) if office_id else None
        found = find_exports(configuration)
        exports = [export for export in found if office is None or export.office == office]
        places = ", ".join(configuration.drop_folders)
    else:
        exports = given_files(paths, office_id, configuration.offices)
        places = "the given paths"
    if not any(export.office for export in exports):
        raise ExportsNotFoundError(
            f"no file in {places} belongs to an office: check file_pattern in offices.csv, "
            "or name the office with --office"
        )
    lake = Lake(settings.lake, configuration.sha256)
    lake.prepare()
    feedback = FeedbackWriter(settings, configuration, lake)
    reports = []
    for outcome in _load_all(exports, settings, configuration, lake):
        report = feedback.write(outcome)
        reports.append(report)
        (on_file or _log)(report)
    return LoadReport(tuple(reports))


def _log(report: FileReport) -> None:
    level = logging.WARNING if report.status == "rejected" else logging.INFO
    logger.log(level, "%s: %s, %d rows", report.path, report.status, report.rows_accepted)


def _load_all(
    exports: list[ExportFile], settings: Settings, configuration: Configuration, lake: Lake
) -> Iterator[FileReport]:
    """Land every file, load the new ones in threads, and report all in the order of their names."""
    own = threading.local()

    def load(file: LandedFile) -> FileReport:
        if not hasattr(own, "loader"):
            own.loader = FileLoader(settings, configuration, lake)
        report: FileReport = own.loader.load(file)
        return report

    arrivals = [_arrive(export, lake) for export in exports]
    files = [file for arrival in arrivals if isinstance(arrival, Arrived) for file in arrival.parts]
    new: dict[str, LandedFile] = {}
    for file in files:
        if not lake.knows(file.sha256):
            new.setdefault(file.sha256, file)
    with ThreadPoolExecutor(settings.threads, "extract") as pool:
        running = {sha256: pool.submit(load, file) for sha256, file in new.items()}

        def outcome(file: LandedFile) -> FileReport:
            if new.get(file.sha256) is file:
                return running[file.sha256].result()
            if file.sha256 in running:
                wait([running[file.sha256]])
            return _known(file, lake)

        for arrival in arrivals:
            if isinstance(arrival, Arrived):
                yield arrival.report([outcome(file) for file in arrival.parts])
            else:
                yield arrival


def _arrive(export: ExportFile, lake: Lake) -> Arrived | FileReport:
    """Return the landed file with what is inside it, or why it could not be landed."""
    if export.office is None:
        reason = "no file_pattern in offices.csv matches: add one, or move the file"
        return rejected(export, None, "office_unknown", reason)
    try:
        sha256, path = land(export.filesystem, export.path, lake.landing)
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror or error}): check its rights"
        return rejected(export, None, "file_unreadable", reason)
    except RefusedFileError as error:  # not on record: the next load tries it again
        return rejected(export, None, error.reason_code, str(error))
    return arrived(LandedFile(export, export.office, sha256, path), lake)


def _known(file: LandedFile, lake: Lake) -> FileReport:
    """Report bytes that the lake knows; under another name they are an arrival of their own."""
    known = lake.manifest(file.sha256)
    if known is None:
        refusal = lake.refusal(file.sha256) or {}
        return rejected(file.export, file.sha256, refusal["reason_code"], refusal["message"])
    name, first_name = file.export.name, known["original_name"]
    if first_name != name:
        lake.record_arrival(
            file.sha256,
            {
                "file_sha256": file.sha256,
                "original_name": name,
                "first_name": first_name,
                "received_at": datetime.now(UTC).isoformat(),
            },
        )
    return FileReport(
        path=name,
        office_id=known["office_id"],
        status="skipped_duplicate",
        file_sha256=file.sha256,
        dataset=known["dataset"],
        messages=[] if first_name == name else [f"the same bytes were loaded as {first_name}"],
    )
