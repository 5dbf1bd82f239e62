"""One landed file into the lake: read, map, type, write, commit."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import duckdb

from approvals.configuration import Configuration
from approvals.offices import Office
from approvals.settings import Settings
from extract import manifest
from extract.conventions import decide
from extract.discovery import ExportFile
from extract.errors import RefusedFileError
from extract.fields import create_fields
from extract.knowledge import knowledge_of
from extract.lake import Lake
from extract.mapping import ColumnMaps, MappedTable, map_file
from extract.output import number_and_date_fields, write_rows
from extract.readers import reader_for
from extract.report import FileReport, loaded, rejected
from extract.rows import Typing, create_rows, set_words


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
        self._words_of: str | None = None
        self._config_sha256 = configuration.sha256
        self._value_maps = configuration.table("value_maps.csv")
        column_maps = configuration.table("column_maps.csv")
        self._maps = cache(lambda office_id: ColumnMaps(column_maps, office_id))
        self._connection = duckdb.connect(
            config={"threads": 1, "memory_limit": settings.memory_limit}
        )
        self._connection.execute("set TimeZone = 'UTC'")

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
        """Read, map, type and commit.

        Raises:
            RefusedFileError: the file cannot be loaded.
        """
        connection, office, name = self._connection, file.office, file.export.name
        tables = reader_for(file.path).read(file.path, office.code_page)
        table = map_file(tables, self._maps(office.office_id), name)
        create_fields(connection, table)
        conventions = decide(connection, office, *number_and_date_fields(table))
        self._set_words(office.office_id)
        create_rows(connection, Typing(table.dataset, office, conventions, table.fields))
        reported_at = _latest_report(connection, table)
        knowledge = knowledge_of(name, office, file.export.modified_at, reported_at)
        rows = write_rows(connection, self._lake, table, office, file.sha256, name, conventions)
        messages = [*table.raw.warnings, *conventions.warnings, *rows.messages]
        status = manifest.status(rows, messages)
        self._lake.commit(
            {
                **manifest.manifest(file.export, office, table, knowledge, rows),
                "file_sha256": file.sha256,
                "size_bytes": file.path.stat().st_size,
                "config_sha256": self._config_sha256,
                "status": status,
                "messages": messages,
            }
        )
        return loaded(file.export, file.sha256, table.dataset, status, rows, messages)

    def _set_words(self, office_id: str) -> None:
        """Set the office's words once: files of one office come one after the other."""
        if self._words_of != office_id:
            set_words(self._connection, office_id, self._value_maps)
            self._words_of = office_id


def _latest_report(connection: duckdb.DuckDBPyConnection, table: MappedTable) -> datetime | None:
    """Return when the office last touched one of the rows, if they say so."""
    if table.dataset != "approvals":
        return None
    latest = connection.execute("select max(reported_at) from typed").fetchone()
    moment: datetime | None = latest[0] if latest else None
    return moment.replace(tzinfo=UTC) if moment else None
