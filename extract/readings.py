"""What notations, dates and words say, as lists that DuckDB looks up by an enumeration of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from extract.folding import fold
from extract.values.currencies import Currencies
from extract.values.date_columns import DateColumn
from extract.values.date_columns import Decision as OrderDecision
from extract.values.dates import DayText
from extract.values.marks import is_spreadsheet_error
from extract.values.number_columns import Decision as SignDecision
from extract.values.number_columns import NumberColumn, scale_of
from extract.values.numbers import Notation
from extract.values.vocabulary import value_null_tokens
from extract.words_of_office import OfficeWords

AMOUNT = "amount_original"
CURRENCY = "currency_code"
USD_FIELD = "amount_usd_reported"
THREE = 3

NUMBERS = pa.struct(
    [
        ("problem", pa.string()),
        ("sign", pa.string()),
        ("scale", pa.int32()),
        ("extra_zeros", pa.int32()),
        ("has_exponent", pa.bool_()),
        ("currency", pa.string()),
        ("candidates", pa.list_(pa.string())),
        ("note", pa.string()),
    ]
)
DATES = pa.struct(
    [
        ("problem", pa.string()),
        ("day", pa.date32()),
        ("note", pa.string()),
    ]
)
TEXTS = pa.struct(
    [
        ("problem", pa.string()),
        ("value", pa.string()),
        ("candidates", pa.list_(pa.string())),
    ]
)


@dataclass(frozen=True, slots=True)
class Readings:
    """What each text of one field says."""

    field: str
    said: Mapping[str, dict[str, object]]
    """Text, or notation of a number → what it says."""
    kind: pa.DataType


def of_numbers(
    columns: list[NumberColumn],
    signs: Mapping[str, SignDecision],
    currencies: Currencies,
) -> list[Readings]:
    """Return what each notation of each field says."""
    return [
        Readings(
            column.field,
            {
                key: _number(column.field, notation, signs[column.field].sign, currencies)
                for key, notation in column.notations.items()
            },
            NUMBERS,
        )
        for column in columns
    ]


def _number(
    field: str, notation: Notation, sign: str | None, currencies: Currencies
) -> dict[str, object]:
    """Return what a notation says once the decimal sign of its column is known."""
    if notation.problem:
        return {"problem": notation.problem}
    scale = scale_of(notation, sign)
    if scale is None:
        return {"problem": "ambiguous"}
    found = currencies.around(notation.currency) if notation.currency else frozenset[str]()
    if notation.currency and not _may_say(field, found):
        return {"problem": "unreadable"}
    return {
        "sign": "-" if notation.is_negative else "",
        "scale": max(scale - notation.zeros, 0),
        "extra_zeros": max(notation.zeros - scale, 0),
        "has_exponent": notation.has_exponent,
        "currency": next(iter(found)) if len(found) == 1 else None,
        "candidates": sorted(found) if len(found) > 1 else None,
        "note": "unit_word" if notation.zeros else _note(notation, scale),
    }


def _note(notation: Notation, scale: int) -> str | None:
    """Say that three digits behind a point or comma are decimals here, and may mean thousands."""
    return "three_decimals" if notation.is_ambiguous and scale == THREE else None


def _may_say(field: str, found: frozenset[str]) -> bool:
    """Whether a number of a field may have this currency beside it."""
    return "USD" in found if field == USD_FIELD else bool(found) and field == AMOUNT


def of_dates(columns: list[DateColumn], orders: Mapping[str, OrderDecision]) -> list[Readings]:
    """Return what each text of each field says."""
    return [
        Readings(
            column.field,
            {
                key: _date(text, column.day_of(text, orders[column.field].order))
                for key, text in column.texts.items()
            },
            DATES,
        )
        for column in columns
    ]


def _date(text: DayText, day: date | None) -> dict[str, object]:
    problem = text.problem or (None if day else "ambiguous")
    return {"problem": problem, "day": day, "note": text.note if day else None}


def of_words(
    texts: Mapping[str, Mapping[str, int]], words: OfficeWords, currencies: Currencies
) -> list[Readings]:
    """Return what each text of each coded field says, currencies among them."""
    return [
        Readings(
            field,
            {
                text: _currency(text, currencies)
                if field == CURRENCY
                else _word(text, words.values.get(field, {}))
                for text in listed
            },
            TEXTS,
        )
        for field, listed in texts.items()
    ]


def _word(text: str, known: Mapping[str, str]) -> dict[str, object]:
    value = known.get(fold(text))
    return {"value": value} if value else {"problem": _problem(text)}


def _currency(text: str, currencies: Currencies) -> dict[str, object]:
    found = currencies.candidates(text)
    return _settled(found) or {"problem": _problem(text)}


def of_formats(texts: Mapping[str, Iterable[str]], currencies: Currencies) -> list[Readings]:
    """Return what each text says that number formats show: a currency, or nothing of ours."""
    return [
        Readings(name, {text: _settled(currencies.shown(text)) for text in listed}, TEXTS)
        for name, listed in texts.items()
    ]


def _settled(found: frozenset[str]) -> dict[str, object]:
    if len(found) == 1:
        return {"value": next(iter(found))}
    if found:
        return {"problem": "ambiguous", "candidates": sorted(found)}
    return {}


def _problem(text: str) -> str:
    """Say why a text is no word that we know."""
    if is_spreadsheet_error(text):
        return "error"
    return "missing" if text.lower() in value_null_tokens() else "unknown"


def set_readings(connection: duckdb.DuckDBPyConnection, found: Sequence[Readings]) -> None:
    """Set the enumeration `reading_keys` and, in its order, a list for each field.

    The lists are the variable `readings`, a struct by field. One enumeration serves all fields:
    each statement costs a file a millisecond, also a file of five rows.
    """
    keys = list(dict.fromkeys(["", *(key for one in found for key in one.said)]))
    columns = [pa.array([one.said.get(key) for key in keys], one.kind) for one in found]
    names = [one.field for one in found]
    connection.register("reading_list", pa.table([pa.array(keys), *columns], ["key", *names]))
    connection.execute("drop type if exists reading_keys")
    connection.execute("create temp type reading_keys as enum (select key from reading_list)")
    lists = ", ".join(f"'{name}': list({name})" for name in ["key", *names])
    connection.execute(f"set variable readings = (select {{{lists}}} from reading_list)")
    connection.unregister("reading_list")
