"""What notations, dates and words say, as relations that rows are joined to."""

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from extract.folding import fold
from extract.values.currencies import Currencies
from extract.values.date_columns import DateColumn
from extract.values.date_columns import Decision as OrderDecision
from extract.values.marks import is_spreadsheet_error
from extract.values.number_columns import Decision as SignDecision
from extract.values.number_columns import NumberColumn, scale_of
from extract.values.numbers import Notation
from extract.values.vocabulary import value_null_tokens
from extract.words_of_office import OfficeWords

AMOUNT = "amount_original"
CURRENCY = "currency_code"
USD_FIELD = "amount_usd_reported"

NUMBERS = pa.schema(
    [
        ("field", pa.string()),
        ("key", pa.string()),
        ("problem", pa.string()),
        ("sign", pa.string()),
        ("scale", pa.int32()),
        ("extra_zeros", pa.int32()),
        ("constant", pa.string()),
        ("currency", pa.string()),
        ("candidates", pa.list_(pa.string())),
        ("note", pa.string()),
    ]
)
DATES = pa.schema(
    [
        ("field", pa.string()),
        ("key", pa.string()),
        ("problem", pa.string()),
        ("day", pa.date32()),
        ("note", pa.string()),
    ]
)
TEXTS = pa.schema(
    [
        ("field", pa.string()),
        ("key", pa.string()),
        ("problem", pa.string()),
        ("value", pa.string()),
        ("candidates", pa.list_(pa.string())),
    ]
)


def register_numbers(
    connection: duckdb.DuckDBPyConnection,
    columns: list[NumberColumn],
    signs: Mapping[str, SignDecision],
    currencies: Currencies,
) -> None:
    """Register `number_readings`: one row for each field and notation."""
    rows = [
        {
            "field": column.field,
            "key": key,
            **_number(column.field, notation, signs[column.field].sign, currencies),
        }
        for column in columns
        for key, notation in column.notations.items()
    ]
    _register(connection, "number_readings", rows, NUMBERS)


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
        "constant": notation.constant,
        "currency": next(iter(found)) if len(found) == 1 else None,
        "candidates": sorted(found) if len(found) > 1 else None,
        "note": "unit_word" if notation.zeros else None,
    }


def _may_say(field: str, found: frozenset[str]) -> bool:
    """Whether a number of a field may have this currency beside it."""
    return "USD" in found if field == USD_FIELD else bool(found) and field == AMOUNT


def register_dates(
    connection: duckdb.DuckDBPyConnection,
    columns: list[DateColumn],
    orders: Mapping[str, OrderDecision],
) -> None:
    """Register `date_readings`: one row for each field and text."""
    rows = []
    for column in columns:
        for key, text in column.texts.items():
            day = column.day_of(text, orders[column.field].order)
            problem = text.problem or (None if day else "ambiguous")
            note = text.note if day else None
            rows.append(
                {"field": column.field, "key": key, "problem": problem, "day": day, "note": note}
            )
    _register(connection, "date_readings", rows, DATES)


def register_words(
    connection: duckdb.DuckDBPyConnection,
    texts: Mapping[str, Mapping[str, int]],
    words: OfficeWords,
    currencies: Currencies,
) -> None:
    """Register `word_readings`: one row for each coded field and text, currencies among them."""
    rows = []
    for field, listed in texts.items():
        known = words.values.get(field, {})
        for text in listed:
            said = _currency(text, currencies) if field == CURRENCY else _word(text, known)
            rows.append({"field": field, "key": text, **said})
    _register(connection, "word_readings", rows, TEXTS)


def _word(text: str, known: Mapping[str, str]) -> dict[str, object]:
    value = known.get(fold(text))
    return {"value": value} if value else {"problem": _problem(text)}


def _currency(text: str, currencies: Currencies) -> dict[str, object]:
    found = currencies.candidates(text)
    if len(found) == 1:
        return {"value": next(iter(found))}
    if found:
        return {"problem": "ambiguous", "candidates": sorted(found)}
    return {"problem": _problem(text)}


def _problem(text: str) -> str:
    """Say why a text is no word that we know."""
    if is_spreadsheet_error(text):
        return "error"
    return "missing" if text.lower() in value_null_tokens() else "unknown"


def _register(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    rows: list[dict[str, object]],
    schema: pa.Schema,
) -> None:
    table = pa.Table.from_pylist(rows, schema)
    connection.register(f"{name}_arrow", table)
    connection.execute(f"create or replace temp table {name} as from {name}_arrow")
    connection.unregister(f"{name}_arrow")
