"""One landed file into the lake: read, map, type, write, commit."""

import glob
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path

import duckdb

from approvals.configuration import Configuration
from approvals.contracts import DATASETS
from approvals.offices import Office
from approvals.settings import Settings
from extract import manifest
from extract.connection import fit_to, open_connection
from extract.conventions import decide
from extract.discovery import ExportFile
from extract.errors import IrregularRecordsError, RefusedFileError
from extract.fields import create_fields
from extract.knowledge import ahead_of_export, knowledge_of
from extract.lake import Lake, part_stem
from extract.mapping import ColumnMaps, MappedTable
from extract.misplaced import find_misplaced
from extract.output import (
    FileRows,
    LoadedTable,
    combined,
    sums_alike,
    write_rows,
)
from extract.profile import LARGE
from extract.readers import RawTable, reader_for
from extract.readers.delimited import DelimitedReader
from extract.repeated_sheets import without_repeated
from extract.report import FileReport, loaded, rejected
from extract.rows import Typing, create_rows
from extract.segments import cut
from extract.sheets import find_tables, next_table
from extract.unit_lines import unit_below
from extract.unit_texts import units_in_rows
from extract.words_of_office import words_of

SMALLEST_LIMITED = 50
"""Rows from which on a file is refused whole when too many of them cannot be read."""


@dataclass(frozen=True, slots=True)
class LandedFile:
    """An export whose bytes lie in the landing store."""

    export: ExportFile
    office: Office
    sha256: str
    path: Path


class FileLoader:
    """Loads landed files one by one; holds one DuckDB connection, so one thread uses it."""

    def __init__(self, settings: Settings, configuration: Configuration, lake: Lake) -> None:
        """Read the column maps and words of the configuration once."""
        self._lake = lake
        self._config_sha256 = configuration.sha256
        self._value_maps = configuration.table("value_maps.csv")
        column_maps = configuration.table("column_maps.csv")
        self._words = cache(lambda office_id: words_of(office_id, self._value_maps))
        self._maps = cache(lambda office_id: ColumnMaps(column_maps, self._value_maps, office_id))
        self._map_file = configuration.column_map_file
        self._threads = settings.threads
        self._connection = open_connection(settings)

    def load(self, file: LandedFile) -> FileReport:
        """Load a file whose bytes the lake does not know, or record why it is refused."""
        try:
            return self._load(file)
        except RefusedFileError as error:
            self._lake.refuse(
                {
                    "file_sha256": file.sha256,
                    "office_id": file.office.office_id,
                    "original_name": file.export.name,
                    "size_bytes": file.path.stat().st_size,
                    "reason_code": error.reason_code,
                    "message": str(error),
                    "received_at": datetime.now(UTC).isoformat(),
                    "config_sha256": self._config_sha256,
                    "status": "rejected",
                }
            )
            return rejected(file.export, file.sha256, error.reason_code, str(error))

    def _load(self, file: LandedFile) -> FileReport:
        """Read, map, type and commit; a clean text file is read once, and proven as it is copied.

        Raises:
            RefusedFileError: the file cannot be loaded.
        """
        reader = reader_for(file.path)
        if isinstance(reader, DelimitedReader):
            hasty = DelimitedReader(is_proof_due=False)
            with suppress(IrregularRecordsError):
                return self._load_sheets(file, hasty.read(file.path, file.office.code_page))
        return self._load_sheets(file, reader.read(file.path, file.office.code_page))

    def _load_sheets(self, file: LandedFile, sheets: list[RawTable]) -> FileReport:
        """Map, type and commit what was read.

        Raises:
            RefusedFileError: the file cannot be loaded.
            IrregularRecordsError: its records were read without proof, and are not regular.
        """
        office, name = file.office, file.export.name
        maps = self._maps(office.office_id)
        size = sum(sheet.records.size_bytes for sheet in sheets)
        fit_to(self._connection, size, self._threads)
        map_file = partial(self._map_file, office_id=office.office_id)
        tables = find_tables(sheets, maps, name, map_file)
        found = without_repeated(self._connection, tables)
        parts = self._load_tables(file, list(found.tables), maps)
        rows = combined([part.rows for part in parts])
        reports = [part.reported_at for part in parts if part.reported_at]
        touched = max(reports, default=None)
        knowledge = knowledge_of(name, office, file.export.modified_at, touched, file.export.member)
        self._check_limit(file, rows)
        ahead = ahead_of_export(name, office, knowledge, [part.latest_approval for part in parts])
        alike = sums_alike([(part.table.raw.sheet_name, part.rows) for part in parts])
        messages = list(dict.fromkeys([*found.warnings, *_messages(parts), *alike, *ahead]))
        status = manifest.status(rows, messages)
        self._lake.remove_parts(file.sha256, beyond=len(parts))
        self._lake.commit(
            {
                **manifest.manifest(file.export, office, parts, knowledge, rows),
                "file_sha256": file.sha256,
                "size_bytes": file.path.stat().st_size,
                "config_sha256": self._config_sha256,
                "status": status,
                "messages": messages,
                "data_files": self._lake.data_files(file.sha256),
            }
        )
        dataset = parts[0].table.dataset
        return loaded(file.export, file.sha256, dataset, status, rows, messages)

    def _load_tables(
        self, file: LandedFile, waiting: list[MappedTable], maps: ColumnMaps
    ) -> list[LoadedTable]:
        """Type and write each table; one that begins inside another is a table of its own."""
        parts: list[LoadedTable] = []
        while waiting:
            table = waiting.pop(0)
            part = self._load_table(file, table, len(parts) + 1)
            noted = unit_below(self._connection, table, maps.units) if part.rows.dropped else None
            if noted:
                table = noted
                part = self._load_table(file, table, len(parts) + 1)
            inner = next_table(self._connection, table, maps) if part.rows.rejected else None
            if inner:
                part = self._load_table(file, cut(table, inner.header_row - 1), len(parts) + 1)
                waiting.insert(0, inner)
            said = units_in_rows(self._connection, table, maps.units) if part.may_say_unit else []
            parts.append(replace(part, table=replace(part.table, notes=(*part.table.notes, *said))))
        return parts

    def _load_table(self, file: LandedFile, table: MappedTable, number: int) -> LoadedTable:
        """Type one table and write its rows; without the manifest they do not exist yet."""
        connection, office, name = self._connection, file.office, file.export.name
        profile = create_fields(connection, table)
        conventions = decide(connection, table, office, self._words(office.office_id))
        has_misplaced = find_misplaced(connection, table)
        create_rows(
            connection, Typing(table.dataset, office, conventions, table.fields, has_misplaced)
        )
        rows = write_rows(
            connection, self._lake, table, office, file.sha256, name, conventions, number
        )
        stem = part_stem(file.sha256, number)
        written = self._lake.table_path(table.dataset, office.office_id, stem)
        is_large = rows.accepted > LARGE
        latest = _latest(connection, table, written if is_large else None)
        return LoadedTable(table, conventions, rows, *latest, profile.may_say_unit)

    def _check_limit(self, file: LandedFile, rows: FileRows) -> None:
        """Refuse a file of which too much cannot be read: its sums would mean nothing.

        Raises:
            RefusedFileError: more than the office's `rejection_limit_pct` of the rows, of a file
                of 50 or more, wait in quarantine.
        """
        counted = rows.accepted + rows.rejected
        limit = file.office.rejection_limit_pct
        if counted < SMALLEST_LIMITED or rows.rejected * 100 <= limit * counted:
            return
        self._lake.remove_parts(
            file.sha256, beyond=0, tables=DATASETS
        )  # feedback lists the rejects
        worst = max(rows.reasons, key=lambda code: rows.reasons[code])
        raise RefusedFileError(
            "too_many_rejects",
            f"{file.export.name}: {rows.rejected} of {counted} rows cannot be read, most of them "
            f"for {worst}; the limit is {limit} %. The first: {rows.rejections[0]}",
        )


def _latest(
    connection: duckdb.DuckDBPyConnection, table: MappedTable, written: Path | None
) -> tuple[datetime | None, date | None]:
    """Return when the office last touched one of the rows, if they say so, and the latest approval.

    Forecasts and quarantined rows are no approvals yet. Of a large table the Parquet that was
    written is read, which costs less than its rows computed again.
    """
    if table.dataset != "approvals":
        return None, None
    if written and "reported_at" not in table.fields:
        found = connection.execute(
            "select max(approval_date) from read_parquet(?) where status <> 'forecast'",
            [glob.escape(str(written))],
        ).fetchone()
        return None, found[0] if found else None
    moment, day = connection.execute(
        "select max(reported_at), max(approval_date) filter "
        "(where not is_rejected and status <> 'forecast') from typed"
    ).fetchone() or (None, None)
    return moment.replace(tzinfo=UTC) if moment else None, day


def _messages(parts: list[LoadedTable]) -> list[str]:
    return [
        message
        for part in parts
        for message in (
            *part.table.raw.warnings,
            *part.table.notes,
            *part.conventions.warnings,
            *part.rows.messages,
        )
    ]
