"""The stage: every new file of the drop folders into the lake, each on its own."""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from approvals import __version__
from approvals.configuration import Configuration
from approvals.errors import ExportsNotFoundError
from approvals.offices import Office
from approvals.settings import Settings
from extract.conventions import decide
from extract.discovery import ExportFile, find_exports, given_files
from extract.errors import RefusedFileError
from extract.fields import create_fields
from extract.knowledge import Knowledge, knowledge_of
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
    if paths is not None:
        exports = given_files(paths, office)
    else:
        exports = [
            export
            for export in find_exports(configuration)
            if office is None or export.office == office
        ]
    if not any(export.office for export in exports):
        raise ExportsNotFoundError(
            f"no file in {', '.join(configuration.drop_folders) if paths is None else 'the paths'} "
            "belongs to an office: check file_pattern in offices.csv, or name it with --office"
        )
    lake = Lake(settings.lake, configuration.sha256)
    lake.prepare()
    reports = []
    for export in exports:
        report = _load_file(export, lake, configuration, settings)
        log = logger.warning if report.status == "rejected" else logger.info
        log("%s: %s, %d rows", report.path, report.status, report.rows_accepted)
        reports.append(report)
        if on_file:
            on_file(report)
    return LoadReport(tuple(reports))


def _load_file(
    export: ExportFile, lake: Lake, configuration: Configuration, settings: Settings
) -> FileReport:
    """Land one file, and load it unless its bytes are known."""
    office_id = export.office.office_id if export.office else None
    if export.office is None:
        return FileReport(
            export.name,
            None,
            "rejected",
            reasons={"office_unknown": 1},
            messages=[
                f"{export.name}: no file_pattern in offices.csv matches: add one, or move the file"
            ],
        )
    try:
        sha256, landed = land(export.filesystem, export.path, lake.landing)
    except OSError as error:
        return FileReport(
            export.name,
            office_id,
            "rejected",
            reasons={"file_unreadable": 1},
            messages=[f"{export.name} cannot be read: {error.strerror or error}"],
        )
    known = lake.manifest(sha256)
    if known:
        return _skip(export, lake, known)
    refusal = lake.refusal(sha256)
    if refusal is None:
        try:
            return _load_landed(
                export, export.office, sha256, landed, lake, configuration, settings
            )
        except RefusedFileError as error:
            refusal = {
                "file_sha256": sha256,
                "office_id": office_id,
                "original_name": export.name,
                "reason_code": error.reason_code,
                "message": str(error),
                "received_at": datetime.now(UTC).isoformat(),
                "status": "rejected",
                "config_sha256": configuration.sha256,
                "size_bytes": landed.stat().st_size,
            }
            lake.refuse(refusal)
    message = refusal["message"]
    named = message if export.name in message else f"{export.name}: {message}"
    return FileReport(
        export.name,
        office_id,
        "rejected",
        sha256,
        reasons={refusal["reason_code"]: 1},
        messages=[named],
    )


def _skip(export: ExportFile, lake: Lake, known: dict[str, Any]) -> FileReport:
    messages = []
    if known["original_name"] != export.name:
        lake.record_arrival(
            known["file_sha256"],
            {
                "file_sha256": known["file_sha256"],
                "original_name": export.name,
                "first_name": known["original_name"],
                "received_at": datetime.now(UTC).isoformat(),
            },
        )
        messages.append(f"the same bytes were loaded as {known['original_name']}")
    return FileReport(
        export.name,
        known["office_id"],
        "skipped_duplicate",
        known["file_sha256"],
        known["dataset"],
        messages=messages,
    )


def _load_landed(
    export: ExportFile,
    office: Office,
    sha256: str,
    landed: Path,
    lake: Lake,
    configuration: Configuration,
    settings: Settings,
) -> FileReport:
    """Read, map, type and commit one landed file."""
    tables = reader_for(landed).read(landed, office.code_page)
    maps = ColumnMaps(configuration.table("column_maps.csv"), office.office_id)
    table = map_file(tables, maps, export.name)
    with duckdb.connect(config={"threads": 1, "memory_limit": settings.memory_limit}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        create_fields(connection, table)
        conventions = decide(connection, office, *number_and_date_fields(table.dataset))
        create_rows(
            connection,
            Typing(table.dataset, office, conventions),
            configuration.table("value_maps.csv"),
        )
        latest = (
            connection.execute("select max(reported_at) from typed").fetchone()
            if table.dataset == "approvals"
            else None
        )
        reported_at = latest[0].replace(tzinfo=UTC) if latest and latest[0] else None
        knowledge = knowledge_of(export.name, office, export.modified_at, reported_at)
        rows = write_rows(connection, lake, table, office, sha256, export.name, conventions)
    messages = [*table.raw.warnings, *conventions.warnings, *rows.messages]
    manifest = _manifest(export, office, sha256, landed, table, knowledge, rows, messages)
    lake.commit({**manifest, "config_sha256": configuration.sha256})
    return FileReport(
        export.name,
        office.office_id,
        manifest["status"],
        sha256,
        table.dataset,
        rows.read,
        rows.accepted,
        rows.rejected,
        rows.dropped,
        {total["currency_code"]: total["amount_original"] for total in rows.totals},
        rows.reasons,
        [*messages, *rows.rejections],
    )


def _manifest(
    export: ExportFile,
    office: Office,
    sha256: str,
    landed: Path,
    table: MappedTable,
    knowledge: Knowledge,
    rows: FileRows,
    messages: list[str],
) -> dict[str, Any]:
    """Return the manifest of docs/lake.md."""
    status = (
        "quarantined_rows"
        if rows.rejected
        else ("loaded_with_warnings" if messages or rows.warned else "loaded")
    )
    start, end = knowledge.period or (None, None)
    return {
        "file_sha256": sha256,
        "office_id": office.office_id,
        "dataset": table.dataset,
        "original_name": export.name,
        "size_bytes": landed.stat().st_size,
        "format": table.raw.format,
        "encoding": table.raw.encoding,
        "dialect": table.raw.dialect,
        "sheet_name": table.raw.sheet_name,
        "header_row": table.header_row,
        "columns": [
            {"position": column.position, "header": column.header, "field": column.field}
            for column in table.columns
        ],
        "rows_read": rows.read,
        "rows_accepted": rows.accepted,
        "rows_rejected": rows.rejected,
        "rows_dropped": rows.dropped,
        "dropped": [{"reason": kind, "rows": count} for kind, count in rows.dropped_by_kind],
        "totals": rows.totals,
        "rejected_totals": rows.rejected_totals,
        "control_totals": rows.control_totals,
        "coverage": office.coverage,
        "period_start": start.isoformat() if start else None,
        "period_end": end.isoformat() if end else None,
        "exported_at": knowledge.exported_at.isoformat(),
        "exported_at_source": knowledge.source,
        "received_at": datetime.now(UTC).isoformat(),
        "extractor_version": __version__,
        "status": status,
        "messages": messages,
    }
