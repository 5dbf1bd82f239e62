"""What notations, dates and words say, as lists that DuckDB looks up by an enumeration of them."""

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
        ("key", pa.string()),
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
DATES = pa.schema(
    [
        ("key", pa.string()),
        ("problem", pa.string()),
        ("day", pa.date32()),
        ("note", pa.string()),
    ]
)
TEXTS = pa.schema(
    [
        ("key", pa.string()),
        ("problem", pa.string()),
        ("value", pa.string()),
        ("candidates", pa.list_(pa.string())),
    ]
)


def set_numbers(
    connection: duckdb.DuckDBPyConnection,
    columns: list[NumberColumn],
    signs: Mapping[str, SignDecision],
    currencies: Currencies,
) -> None:
    """Set what each notation of each field says."""
    for column in columns:
        name, sign = column.field, signs[column.field].sign
        rows = [
            {"key": key, **_number(name, notation, sign, currencies)}
            for key, notation in column.notations.items()
        ]
        _set(connection, name, rows, NUMBERS)


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
        "note": "unit_word" if notation.zeros else None,
    }


def _may_say(field: str, found: frozenset[str]) -> bool:
    """Whether a number of a field may have this currency beside it."""
    return "USD" in found if field == USD_FIELD else bool(found) and field == AMOUNT


def set_dates(
    connection: duckdb.DuckDBPyConnection,
    columns: list[DateColumn],
    orders: Mapping[str, OrderDecision],
) -> None:
    """Set what each text of each field says."""
    for column in columns:
        rows: list[dict[str, object]] = []
        for key, text in column.texts.items():
            day = column.day_of(text, orders[column.field].order)
            problem = text.problem or (None if day else "ambiguous")
            rows.append(
                {"key": key, "problem": problem, "day": day, "note": text.note if day else None}
            )
        _set(connection, column.field, rows, DATES)


def set_words(
    connection: duckdb.DuckDBPyConnection,
    texts: Mapping[str, Mapping[str, int]],
    words: OfficeWords,
    currencies: Currencies,
) -> None:
    """Set what each text of each coded field says, currencies among them."""
    for field, listed in texts.items():
        known = words.values.get(field, {})
        rows = [
            {
                "key": text,
                **(_currency(text, currencies) if field == CURRENCY else _word(text, known)),
            }
            for text in listed
        ]
        _set(connection, field, rows, TEXTS)


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


def _set(
    connection: duckdb.DuckDBPyConnection,
    field: str,
    rows: list[dict[str, object]],
    schema: pa.Schema,
) -> None:
    """Set the enumeration `keys_<field>` and in its order the variable `read_<field>`."""
    table = pa.Table.from_pylist([*rows, {"key": ""}], schema)  # an enumeration is never empty
    connection.register("readings", table)
    connection.execute(f"drop type if exists keys_{field}")
    connection.execute(f"create temp type keys_{field} as enum (select key from readings)")
    connection.execute(f"set variable read_{field} = (select list(readings) from readings)")
    connection.unregister("readings")
