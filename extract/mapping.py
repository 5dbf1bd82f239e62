"""Which column is which field: headers found in a sheet, read by the column maps of one office."""

from dataclasses import dataclass, replace

import pandas as pd

from approvals.contracts import REQUIRED_FIELDS
from extract.headers import UNMAPPED_ON_PURPOSE, HeaderWords, Match
from extract.readers.table import RawTable
from extract.units import UnitWords

AMOUNTS = ("amount_original", "amount_usd_reported")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its place, its header, its field (None: no alias maps it)."""

    position: int
    header: str
    field: str | None
    priority: int = 1
    score: int = 100
    """How surely the header means the field (`extract.headers.Match`); 0 without a field."""
    multiplier: int = 1
    """What one unit of its numbers is worth: 1000 under a header like "US$ thousands"."""
    currency_code: str | None = None
    """The currency that the header itself states, or None."""
    language: str | None = None
    """The language of the alias that matched."""
    alias: str | None = None
    unit_position: int | None = None
    """The column that says in each row what its numbers are worth: "thousand", "million"."""


@dataclass(frozen=True, slots=True)
class MappedTable:
    """A table whose header was found and whose columns have fields of one dataset."""

    raw: RawTable
    dataset: str
    header_row: int
    """The last record of the header: data begin below it. 0: the table has no header of its own."""
    columns: tuple[Column, ...]
    header_rows: int = 1
    """How many records the header takes."""
    notes: tuple[str, ...] = ()
    """What was noticed while the header was read; each is a warning of the file."""

    @property
    def fields(self) -> frozenset[str]:
        """Return the fields that some column gives."""
        return frozenset(column.field for column in self.columns if column.field)

    @property
    def language(self) -> str | None:
        """Return the language of most headers, or None."""
        languages = [column.language for column in self.columns if column.field]
        return max(sorted(set(filter(None, languages))), key=languages.count, default=None)

    def positions(self, field: str) -> list[int]:
        """Return the columns that give a field, the preferred one first."""
        mapped = [column for column in self.columns if column.field == field]
        return [
            column.position
            for column in sorted(mapped, key=lambda c: (c.priority, -c.score, c.position))
        ]


class ColumnMaps:
    """Everything that an office's headers can mean."""

    def __init__(self, column_maps: pd.DataFrame, value_maps: pd.DataFrame, office_id: str) -> None:
        """Keep what holds for every office and what holds for this one; its own words win."""
        self.units = UnitWords(value_maps, office_id)
        self._headers = HeaderWords(column_maps, office_id, self.units)
        self._known: dict[tuple[str, tuple[tuple[str, ...], ...]], tuple[Column, ...]] = {}

    def columns(self, dataset: str, readings: list[list[str]]) -> tuple[Column, ...]:
        """Return the columns of a header.

        Args:
            dataset: the dataset whose aliases count.
            readings: for each column the texts that may be its header, the likeliest first. A
                column is mapped by the first that an alias knows, else it keeps the first.
        """
        key = (dataset, tuple(tuple(texts) for texts in readings))
        if key not in self._known:
            columns = tuple(
                self._column(dataset, position, texts) for position, texts in enumerate(readings)
            )
            self._known[key] = settle_amounts(columns) if dataset == "approvals" else columns
        return self._known[key]

    def missing(self, dataset: str, columns: tuple[Column, ...]) -> list[str]:
        """Return the required fields that no column gives."""
        given = {column.field for column in columns}
        if "amount_usd_reported" in given:
            given.add("amount_original")
        return [field for field in REQUIRED_FIELDS[dataset] if field not in given]

    def _column(self, dataset: str, position: int, texts: list[str]) -> Column:
        matches = [(text, self._headers.match(dataset, text)) for text in texts if text.strip()]
        found = [(text, match) for text, match in matches if match]
        if not found:
            return Column(position, texts[0].strip() if texts else "", None, score=0)
        text, match = max(found, key=lambda pair: pair[1].score)
        return _mapped(position, text, match)


def _mapped(position: int, text: str, match: Match) -> Column:
    return Column(
        position=position,
        header=" ".join(text.split()),
        field=None if match.field == UNMAPPED_ON_PURPOSE else match.field,
        priority=match.priority,
        score=match.score,
        multiplier=match.multiplier,
        currency_code=match.currency_code,
        language=match.language,
        alias=match.alias,
    )


def settle_amounts(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Decide which amount is the original one, now that all columns are known.

    "Amount (US$)" beside "Amount", or beside a column of currencies, is the office's own
    conversion; alone it is the amount itself, in US$.
    """
    originals = [column for column in columns if column.field == "amount_original"]
    has_currency = any(column.field == "currency_code" for column in columns)
    if originals:
        beside = has_currency or len({column.currency_code for column in originals}) > 1
        return tuple(
            replace(column, field="amount_usd_reported")
            if beside and column.field == "amount_original" and column.currency_code == "USD"
            else column
            for column in columns
        )
    if has_currency:
        return columns
    return tuple(
        replace(column, field="amount_original", currency_code=column.currency_code or "USD")
        if column.field == "amount_usd_reported"
        else column
        for column in columns
    )
