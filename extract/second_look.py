"""A second look at one quarantined record: what its fields say, and what a person corrects.

The landed file is read again by the loader of the night, into a lake that is thrown away, so that
the record is typed by the conventions of its whole table. A corrected value is typed as a cell of
the office's export would be. Nothing is written to the lake here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
from fsspec.implementations.local import LocalFileSystem

from approvals.configuration import Configuration
from approvals.contracts import DATASETS, REQUIRED_FIELDS
from approvals.errors import ConfigurationError, DecisionRefusedError, RecordNotFoundError
from approvals.offices import Office, undeclared_office
from approvals.settings import Settings
from extract.connection import open_connection
from extract.conventions import decide
from extract.discovery import ExportFile
from extract.fields import create_fields, dataset_fields
from extract.file_loader import FileLoader, LandedFile
from extract.lake import Lake
from extract.lake_types import typed_columns
from extract.mapping import Column, MappedTable
from extract.output import LoadedTable
from extract.readers.records import ArrowRecords, arrow_records
from extract.readers.table import RawTable
from extract.reasons import catalogue
from extract.rows import Typing, create_rows
from extract.words_of_office import words_of

NEEDED = {
    **REQUIRED_FIELDS,
    "approvals": (*REQUIRED_FIELDS["approvals"], "currency_code", "status"),
}
"""Without each of these a record of the dataset counts nowhere."""
CURRENCY = "currency_code"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quarantined record stands."""

    file_sha256: str
    office_id: str
    dataset: str
    file_name: str
    sheet_name: str
    record_number: int


@dataclass(frozen=True, slots=True)
class TypedRecord:
    """A record as it would count."""

    row: dict[str, str | None]
    """Every field of the dataset → its value as text, in the lake's types."""
    accepted_codes: tuple[str, ...]
    """Reasons that it still has: whoever releases it overrules them."""


def corrected_record(
    settings: Settings, configuration: Configuration, place: Place, corrected: Mapping[str, str]
) -> TypedRecord:
    """Return a quarantined record with some of its fields corrected.

    Raises:
        DecisionRefusedError: a value cannot be read, a field is none of the dataset's, or a field
            without which the record counts nowhere has no value.
        RecordNotFoundError: the landed file no longer holds such a record.
    """
    office = _office(configuration, place.office_id)
    new = _typed_values(settings, configuration, office, place.dataset, corrected)
    row, codes = _typed_again(settings, configuration, office, place)
    reasons = catalogue()
    left = tuple(
        code for code in codes if code == "cells_misplaced" or reasons[code].field not in new
    )
    record = TypedRecord({**row, **new}, left)
    needed = dict.fromkeys((*NEEDED[place.dataset], *office.required(place.dataset)))
    missing = [name for name in needed if record.row.get(name) is None]
    if missing:
        raise DecisionRefusedError(
            f"the record has no value for {', '.join(missing)}: give one with "
            + " ".join(f"--set {name}=…" for name in missing)
        )
    return record


def _office(configuration: Configuration, office_id: str) -> Office:
    try:
        return configuration.office(office_id)
    except ConfigurationError:
        return undeclared_office(office_id)


class _Witness(FileLoader):
    """A loader that keeps what one record says, once its table is typed."""

    def __init__(
        self, settings: Settings, configuration: Configuration, lake: Lake, place: Place
    ) -> None:
        super().__init__(settings, configuration, lake)
        self._place = place
        self.row: dict[str, str | None] | None = None
        self.codes: tuple[str, ...] = ()

    def _load_table(self, file: LandedFile, table: MappedTable, number: int) -> LoadedTable:
        part = super()._load_table(file, table, number)
        place = self._place
        if (table.dataset, table.raw.sheet_name) == (place.dataset, place.sheet_name):
            condition = f"record_number = {place.record_number:d}"
            found = _rows_as_text(self._connection, place.dataset, condition)
            if found:
                self.row, self.codes = found[0]
        return part


def _typed_again(
    settings: Settings, configuration: Configuration, office: Office, place: Place
) -> tuple[dict[str, str | None], tuple[str, ...]]:
    """Return what the record's own cells say, and the reasons that it has."""
    landed = settings.lake / "landing" / place.file_sha256
    moment = datetime.now(UTC)
    export = ExportFile(place.file_name, office, LocalFileSystem(), str(landed), moment)
    with TemporaryDirectory(prefix="approvals-second-look-") as folder:
        lake = Lake(Path(folder), configuration.sha256)
        witness = _Witness(settings, configuration, lake, place)
        try:
            witness.load(LandedFile(export, office, place.file_sha256, landed))
        except OSError as error:
            raise RecordNotFoundError(
                f"{landed} cannot be read ({error.strerror}): `approvals verify` says what is lost"
            ) from error
    if witness.row is None:
        raise RecordNotFoundError(
            f"{place.file_name} no longer gives record {place.record_number}: the configuration "
            "has changed since it was loaded"
        )
    return witness.row, witness.codes


def _typed_values(
    settings: Settings,
    configuration: Configuration,
    office: Office,
    dataset: str,
    corrected: Mapping[str, str],
) -> dict[str, str | None]:
    """Return each corrected field's value as text, read as a cell of the office's export."""
    unknown = [name for name in corrected if name not in dataset_fields(dataset)]
    if unknown:
        raise DecisionRefusedError(
            f"{', '.join(unknown)}: not a field of {dataset}; its fields are "
            f"{', '.join(dataset_fields(dataset))}"
        )
    if not corrected:
        return {}
    names = list(corrected)
    with open_connection(settings) as connection:
        table = _table_of(dataset, corrected)
        words = words_of(office.office_id, configuration.table("value_maps.csv"))
        # What the office declares for empty cells is no value that a person has stated.
        plain = office.model_copy(update={"default_currency": None, "default_negotiation": None})
        create_fields(connection, table)
        connection.execute("update fields set kind = 'data'")  # alone it may look like a note
        conventions = decide(connection, table, plain, words)
        create_rows(connection, Typing(dataset, plain, conventions, table.fields))
        row, codes = _rows_as_text(connection, dataset, "true")[0]
    if "amount_original" in corrected and row.get(CURRENCY) is not None:
        names.append(CURRENCY)
    _refuse_unreadable(corrected, row, codes)
    return {name: row[name] for name in dict.fromkeys(names)}


def _table_of(dataset: str, corrected: Mapping[str, str]) -> MappedTable:
    """Return a table of one record whose headers are the fields' own names."""
    names = list(corrected)
    records = ArrowRecords(arrow_records([1, 2], [[name, corrected[name]] for name in names]))
    columns = tuple(Column(position, name, name) for position, name in enumerate(names))
    return MappedTable(RawTable("", records, "delimited"), dataset, 1, columns)


def _refuse_unreadable(
    corrected: Mapping[str, str], row: Mapping[str, str | None], codes: tuple[str, ...]
) -> None:
    """Refuse a value that is stated and not understood, or that would wait in quarantine again.

    Raises:
        DecisionRefusedError: names the field, the value and the fix.
    """
    reasons = catalogue()
    for name, text in corrected.items():
        found = [reasons[code] for code in codes if reasons[code].field == name and text.strip()]
        if found:
            raise DecisionRefusedError(
                f"{name}={text!r} is refused: {found[0].meaning}; {found[0].fix}"
            )
        if text.strip() and row[name] is None:
            raise DecisionRefusedError(
                f"{name}={text!r} is refused: it cannot be read; write numbers as 1234.00, dates "
                "as YYYY-MM-DD, and words as docs/lake.md lists them"
            )


def _rows_as_text(
    connection: duckdb.DuckDBPyConnection, dataset: str, condition: str
) -> list[tuple[dict[str, str | None], tuple[str, ...]]]:
    """Return rows of `typed`: each field as text in the lake's type, and the reasons."""
    names = dataset_fields(dataset)
    kinds = DATASETS[dataset]
    columns = typed_columns(pa.schema([kinds.field(name) for name in names]))
    texts = ", ".join(f"cast({name} as varchar)" for name in names)
    found = connection.execute(
        f"with chosen as (from typed where {condition} limit 1), "
        f"cast_columns as (select {columns}, reasons from chosen) "
        f"select {texts}, reasons from cast_columns"
    ).fetchall()
    return [
        (dict(zip(names, values, strict=True)), tuple(reasons or ())) for *values, reasons in found
    ]
