"""The stage: every new file of the drop folders into the lake, each on its own."""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from approvals.configuration import Configuration
from approvals.errors import ExportsNotFoundError
from approvals.offices import Office
from approvals.settings import Settings
from extract import manifest
from extract.conventions import decide
from extract.discovery import ExportFile, find_exports, given_files
from extract.errors import RefusedFileError
from extract.fields import create_fields
from extract.knowledge import knowledge_of
from extract.lake import Lake
from extract.landing import land
from extract.mapping import ColumnMaps, MappedTable, map_file
from extract.output import FileRows, number_and_date_fields, write_rows
from extract.readers import reader_for
from extract.report import FileReport, LoadReport
from extract.rows import Typing, create_rows

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
        office_id: only the files of this office; for `paths`, the office they belong to.
        paths: these files or folders, instead of the drop folders.
        on_file: called after each file, for progress.

    Raises:
        ExportsNotFoundError: a drop folder or path is missing, or no file belongs to an office.
        ConfigurationError: there is no such office.
    """
    office = configuration.office(office_id) if office_id else None
    if paths is None:
        found = find_exports(configuration)
        exports = [export for export in found if office is None or export.office == office]
        places = ", ".join(configuration.drop_folders)
    else:
        exports = given_files(paths, office, configuration.offices)
        places = "the given paths"
    if not any(export.office for export in exports):
        raise ExportsNotFoundError(
            f"no file in {places} belongs to an office: check file_pattern in offices.csv, "
            "or name the office with --office"
        )
    loader = _Loader(settings, configuration)
    loader.lake.prepare()
    reports = []
    for export in exports:
        report = loader.load(export)
        level = logging.WARNING if report.status == "rejected" else logging.INFO
        logger.log(level, "%s: %s, %d rows", report.path, report.status, report.rows_accepted)
        reports.append(report)
        if on_file:
            on_file(report)
    return LoadReport(tuple(reports))


class _Loader:
    """Loads files one by one; column maps and words are read once."""

    def __init__(self, settings: Settings, configuration: Configuration) -> None:
        self.lake = Lake(settings.lake, configuration.sha256)
        self._settings = settings
        self._config_sha256 = configuration.sha256
        self._value_maps = configuration.table("value_maps.csv")
        column_maps = configuration.table("column_maps.csv")
        self._maps = cache(lambda office_id: ColumnMaps(column_maps, office_id))

    def load(self, export: ExportFile) -> FileReport:
        """Land one file, and load it unless its bytes are known."""
        if export.office is None:
            reason = "no file_pattern in offices.csv matches: add one, or move the file"
            return _rejected(export, None, "office_unknown", reason)
        try:
            sha256, landed = land(export.filesystem, export.path, self.lake.landing)
        except OSError as error:
            reason = f"the file cannot be read ({error.strerror or error}): check its rights"
            return _rejected(export, None, "file_unreadable", reason)
        known = self.lake.manifest(sha256)
        if known:
            return self._skip(export, known)
        refusal = self.lake.refusal(sha256)
        if refusal is None:
            try:
                return self._load_landed(export, export.office, sha256, landed)
            except RefusedFileError as error:
                refusal = {"reason_code": error.reason_code, "message": str(error)}
                self._refuse(export, sha256, landed, refusal)
        return _rejected(export, sha256, refusal["reason_code"], refusal["message"])

    def _load_landed(
        self, export: ExportFile, office: Office, sha256: str, landed: Path
    ) -> FileReport:
        """Read, map, type and commit one landed file."""
        tables = reader_for(landed).read(landed, office.code_page)
        table = map_file(tables, self._maps(office.office_id), export.name)
        options: dict[str, str | bool | int | float | list[str]] = {
            "threads": 1,
            "memory_limit": self._settings.memory_limit,
        }
        with duckdb.connect(config=options) as connection:
            connection.execute("set TimeZone = 'UTC'")
            create_fields(connection, table)
            conventions = decide(connection, office, *number_and_date_fields(table.dataset))
            create_rows(connection, Typing(table.dataset, office, conventions), self._value_maps)
            reported_at = _latest_report(connection, table)
            knowledge = knowledge_of(export.name, office, export.modified_at, reported_at)
            rows = write_rows(
                connection, self.lake, table, office, sha256, export.name, conventions
            )
        messages = [*table.raw.warnings, *conventions.warnings, *rows.messages]
        status = manifest.status(rows, messages)
        self.lake.commit(
            {
                **manifest.manifest(export, office, table, knowledge, rows),
                "file_sha256": sha256,
                "size_bytes": landed.stat().st_size,
                "config_sha256": self._config_sha256,
                "status": status,
                "messages": messages,
            }
        )
        return _loaded(export, office, sha256, table.dataset, status, rows, messages)

    def _skip(self, export: ExportFile, known: dict[str, Any]) -> FileReport:
        """Record that known bytes arrived under another name."""
        sha256, first_name = known["file_sha256"], known["original_name"]
        messages = []
        if first_name != export.name:
            arrival = {
                "file_sha256": sha256,
                "original_name": export.name,
                "first_name": first_name,
                "received_at": datetime.now(UTC).isoformat(),
            }
            self.lake.record_arrival(sha256, arrival)
            messages.append(f"the same bytes were loaded as {first_name}")
        return FileReport(
            path=export.name,
            office_id=known["office_id"],
            status="skipped_duplicate",
            file_sha256=sha256,
            dataset=known["dataset"],
            messages=messages,
        )

    def _refuse(
        self, export: ExportFile, sha256: str, landed: Path, reason: dict[str, str]
    ) -> None:
        self.lake.refuse(
            {
                **reason,
                "file_sha256": sha256,
                "office_id": export.office.office_id if export.office else None,
                "original_name": export.name,
                "size_bytes": landed.stat().st_size,
                "received_at": datetime.now(UTC).isoformat(),
                "config_sha256": self._config_sha256,
                "status": "rejected",
            }
        )


def _rejected(export: ExportFile, sha256: str | None, code: str, message: str) -> FileReport:
    return FileReport(
        path=export.name,
        office_id=export.office.office_id if export.office else None,
        status="rejected",
        file_sha256=sha256,
        reasons={code: 1},
        messages=[message if export.name in message else f"{export.name}: {message}"],
    )


def _loaded(
    export: ExportFile,
    office: Office,
    sha256: str,
    dataset: str,
    status: str,
    rows: FileRows,
    messages: list[str],
) -> FileReport:
    return FileReport(
        path=export.name,
        office_id=office.office_id,
        status=status,
        file_sha256=sha256,
        dataset=dataset,
        rows_read=rows.read,
        rows_accepted=rows.accepted,
        rows_rejected=rows.rejected,
        rows_dropped=rows.dropped,
        totals={total["currency_code"]: total["amount_original"] for total in rows.totals},
        reasons=rows.reasons,
        messages=[*messages, *rows.rejections],
    )


def _latest_report(connection: duckdb.DuckDBPyConnection, table: MappedTable) -> datetime | None:
    """Return when the office last touched one of the rows, if they say so."""
    if table.dataset != "approvals":
        return None
    latest = connection.execute("select max(reported_at) from typed").fetchone()
    moment: datetime | None = latest[0] if latest else None
    return moment.replace(tzinfo=UTC) if moment else None
