"""A trial load into a lake that is thrown away: what the night would do, and what it saw.

Nothing is concluded here a second time. The file goes through the loader of the night itself; the
answers are taken from its manifest and its rows, the evidence is counted from the cells.
"""

from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from approvals.configuration import Configuration
from approvals.offices import Office, undeclared_office
from approvals.settings import Settings
from extract.discovery import ExportFile, given_file
from extract.errors import RefusedFileError
from extract.feedback.facts import FileFacts, ReadColumn, ReadTable, facts_of_manifest
from extract.feedback.remarks import Part
from extract.fields import dataset_fields
from extract.file_loader import FileLoader, LandedFile
from extract.inspection.encodings import why_encoding
from extract.inspection.findings import ColumnFinding, Findings, SheetFinding, TableFinding
from extract.inspection.rows import TrialRows
from extract.lake import Lake, part_stem
from extract.landing import land
from extract.readers import reader_for
from extract.readers.table import RawTable
from extract.report import FileReport
from extract.sheet_columns import column_letters

FIRST_RECORDS = 5
PLAIN = "plain"
LENIENT = {"rejection_limit_pct": 100, "exported_at_source": "modified_time"}
"""How an office is taken to find out what a file holds that would be refused at the end."""
REFUSED_AT_THE_END = {"too_many_rejects", "export_date_missing"}


def inspect_file(
    settings: Settings, configuration: Configuration, path: Path, office_id: str | None = None
) -> Findings:
    """Return what a load would make of a file, and why; the lake of `settings` stays as it is.

    Args:
        settings: how much memory may be used.
        configuration: offices, column maps, value maps.
        path: the file.
        office_id: whose it is; None: by the offices' patterns, else nobody's.

    Raises:
        ExportsNotFoundError: there is no such file, or it is no export by its name.
        ConfigurationError: the office's id is malformed.
    """
    export = given_file(path, office_id, configuration.offices)
    with TemporaryDirectory(prefix="approvals-inspect-") as folder:
        trial = _Trial(settings, configuration, export, Path(folder))
        return trial.findings(declared=export.office in configuration.offices)


class _Trial:
    """One file, landed and loaded below a temporary folder."""

    def __init__(
        self, settings: Settings, configuration: Configuration, export: ExportFile, folder: Path
    ) -> None:
        self._export = export
        self._office: Office = export.office or undeclared_office()
        self._lake = Lake(folder, configuration.sha256)
        self._sha256, self._path = land(export.filesystem, export.path, self._lake.landing)
        self._loader = FileLoader(settings, configuration, self._lake)
        self._connection = duckdb.connect(config={"memory_limit": settings.memory_limit})

    def findings(self, *, declared: bool) -> Findings:
        """Load the file and return what was seen."""
        report = self._load(self._office)
        if REFUSED_AT_THE_END & set(report.reasons):
            self._load(self._office.model_copy(update=LENIENT))
        manifest = self._lake.manifest(self._sha256)
        facts = facts_of_manifest(manifest) if manifest else None
        sheets = self._sheets()
        first = sheets[0] if sheets else None
        codec = facts.encoding if facts else first.encoding if first else None
        page = self._office.code_page
        return Findings(
            path=self._export.path,
            size_bytes=self._path.stat().st_size,
            file_sha256=self._sha256,
            office_id=self._office.office_id,
            office_is_declared=declared,
            format=facts.format if facts else first.format if first else None,
            encoding=codec,
            encoding_because=why_encoding(self._path, codec, page) if codec else None,
            dialect=facts.dialect if facts else first.dialect if first else None,
            sheets=tuple(self._sheet(sheet, facts) for sheet in sheets),
            tables=tuple(
                self._table(table, number) for number, table in enumerate(facts.tables, start=1)
            )
            if facts
            else (),
            on_load=asdict(report),
            control_totals=tuple(manifest["control_totals"]) if manifest else (),
        )

    def _load(self, office: Office) -> FileReport:
        return self._loader.load(LandedFile(self._export, office, self._sha256, self._path))

    def _sheets(self) -> list[RawTable]:
        try:
            return reader_for(self._path).read(self._path, self._office.code_page)
        except RefusedFileError:
            return []  # the load has reported why

    def _sheet(self, sheet: RawTable, facts: FileFacts | None) -> SheetFinding:
        sheet.records.bind(self._connection, "sheet")
        row = self._connection.execute("select count(*) from sheet").fetchone()
        names = {table.sheet_name for table in facts.tables} if facts else set()
        return SheetFinding(
            sheet_name=sheet.sheet_name,
            records=int(row[0]) if row else 0,
            width=sheet.width,
            is_read=any(
                name == sheet.sheet_name or name.startswith(f"{sheet.sheet_name}!")
                for name in names
            ),
            first_records=tuple(tuple(cells) for cells in sheet.sample(FIRST_RECORDS)),
        )

    def _table(self, table: ReadTable, number: int) -> TableFinding:
        stem, office_id = part_stem(self._sha256, number), self._office.office_id
        part = Part(
            accepted=self._lake.table_path(table.dataset, office_id, stem),
            rejects=self._lake.table_path("rejects", office_id, stem),
        )
        rows = TrialRows(self._connection, table.dataset, part)
        given = {column.field for column in table.columns}
        return TableFinding(
            sheet_name=table.sheet_name,
            dataset=table.dataset,
            header_rows=table.header_rows,
            rows_accepted=table.rows_accepted,
            rows_rejected=table.rows_rejected,
            columns=tuple(_column(column, table, rows) for column in table.columns),
            fields_missing=tuple(n for n in dataset_fields(table.dataset) if n not in given),
            first_rows=rows.first(),
        )


def _column(column: ReadColumn, table: ReadTable, rows: TrialRows) -> ColumnFinding:
    field = column.field or ""
    return ColumnFinding(
        position=column.position,
        letters=column_letters(column.position),
        header=column.header,
        field=column.field,
        score=column.score,
        alias=column.alias,
        language=column.language,
        multiplier=column.multiplier,
        currency_code=column.currency_code,
        priority=column.priority,
        written_as=table.decimal_signs.get(field)
        or table.date_orders.get(field)
        or (PLAIN if field in table.plain else None),
        filled=rows.filled(column.position),
        notations=rows.notations(column),
    )
