"""JSON and JSON Lines, in the child process: each object a record, its keys the header record.

Numbers keep the digits they are written with, which no reader into binary floats can promise;
hence Python's own parser, object by object, with the columns built batch by batch.
"""

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from extract.errors import RefusedFileError
from extract.readers.cells import join_batches
from extract.readers.records import RECORD_NUMBER, ArrowRecords
from extract.readers.table import RawTable
from extract.readers.whole_text import read_text

BATCH_RECORDS = 1 << 13
COLUMN_LIMIT = 1 << 14
BETWEEN = re.compile(r"[\s,]*")
WORDS = {True: "true", False: "false"}
LONGEST_EXPONENT = 40


class Number(str):
    """A number as it is written in the file."""

    __slots__ = ()


def parse(path: Path, code_page: str | None) -> list[RawTable]:
    """Return the tables of a JSON file; several only if its object holds several lists.

    Raises:
        RefusedFileError: it is no JSON, holds no table, or an object says one thing twice.
    """
    decoded = read_text(path, code_page)
    text = decoded.text.lstrip("\ufeff")
    try:
        found = list(_tables(text))
    except json.JSONDecodeError as error:
        raise RefusedFileError(
            "json_damaged",
            f"line {error.lineno}, column {error.colno}: {error.msg}: export it again",
        ) from error
    except RecursionError as error:
        raise RefusedFileError(
            "json_damaged", "values are nested too deeply: export it as a list of flat objects"
        ) from error
    return [
        RawTable(name, records, "json", decoded.encoding, warnings=decoded.warnings)
        for name, records in found
    ]


def _tables(text: str) -> Iterator[tuple[str, ArrowRecords]]:
    """Yield name and records of each table, whichever of JSON's usual shapes the file has."""
    start = _skip(text, 0)
    if text.startswith("[", start):
        yield "", _of_items(_items(text, start + 1, "]"))
        return
    first, end = DECODER.raw_decode(text, start)
    if text[end:].strip():
        yield "", _of_items(_items(text, start, ""))
        return
    if not isinstance(first, dict):
        raise no_table()
    lists = list(_lists(first))
    if lists:
        for name, items in lists:
            yield (name if len(lists) > 1 else ""), _of_items(iter(items))
    else:
        yield "", _of_items(_by_columns(first) or iter([first]))


def _items(text: str, place: int, closing: str) -> Iterator[Any]:
    """Yield the values of a list, or those that stand one after the other, without holding them."""
    while True:
        place = BETWEEN.match(text, place).end()  # type: ignore[union-attr]
        if place == len(text) and not closing:
            return
        if closing and text.startswith(closing, place):
            if text[place + 1 :].strip():
                raise json.JSONDecodeError("something follows the list", text, place + 1)
            return
        value, place = DECODER.raw_decode(text, place)
        yield value


def _skip(text: str, place: int) -> int:
    return place + len(text[place:]) - len(text[place:].lstrip())


def _lists(value: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """Yield the lists of objects inside an object, also one level down; header and rows as one."""
    columns, rows = value.get("columns"), value.get("data")
    if isinstance(columns, list) and isinstance(rows, list) and _all(rows, list):
        yield "data", [columns, *rows]
        return
    for name, inner in value.items():
        if isinstance(inner, list) and inner and _all(inner, dict):
            yield name, inner
        elif isinstance(inner, dict):
            yield from (
                (f"{name}.{key}", items)
                for key, items in inner.items()
                if isinstance(items, list) and items and _all(items, dict)
            )


def _by_columns(value: dict[str, Any]) -> Iterator[Any] | None:
    """Return the records of an object whose every value is one column of equal length."""
    columns = [
        list(column.values()) if isinstance(column, dict) else column for column in value.values()
    ]
    if not columns or not _all(columns, list) or len(set(map(len, columns))) != 1:
        return None
    return chain([list(value)], map(list, zip(*columns, strict=True)))


def _all(values: list[Any], kind: type) -> bool:
    return all(isinstance(value, kind) for value in values)


def _of_items(items: Iterator[Any]) -> ArrowRecords:
    """Return objects below a record of their keys, or lists as they are."""
    first = next(items, None)
    items = chain([first], items)
    if isinstance(first, dict):
        return _of_objects(items)
    if isinstance(first, list):
        rows = ({str(i): cell for i, cell in enumerate(row)} for row in items if _is(row, list))
        return _of_objects(rows, has_header=True)
    raise no_table()


def no_table() -> RefusedFileError:
    """Return the refusal of JSON that holds values but no records."""
    return RefusedFileError(
        "format_unknown", "the JSON holds no list of objects: export the rows as such a list"
    )


def _of_objects(items: Iterable[Any], *, has_header: bool = False) -> ArrowRecords:
    names: dict[str, int] = {}
    batches = []
    number = 1 if has_header else 2
    objects = (item for item in items if _is(item, dict))
    while batch := list(islice(objects, BATCH_RECORDS)):
        for item in batch:
            for key in item:
                names.setdefault(key, len(names))
        if len(names) > COLUMN_LIMIT:
            raise RefusedFileError(
                "file_too_large", f"the objects have more than {COLUMN_LIMIT} keys: export a list"
            )
        batches.append(_batch(batch, names, number))
        number += len(batch)
    if not has_header:
        header = {f"c{place}": pa.array([name], pa.string()) for name, place in names.items()}
        numbers = {RECORD_NUMBER: pa.array([1], pa.int64())}
        batches.insert(0, pa.RecordBatch.from_pydict(numbers | header))
    return ArrowRecords(join_batches(batches))


def _is(item: Any, kind: type) -> bool:  # noqa: ANN401
    """Whether an item is of the kind of the first one.

    Raises:
        RefusedFileError: it is not; to pass it over would lose a record.
    """
    if not isinstance(item, kind):
        raise RefusedFileError(
            "json_damaged",
            f"the list holds {_text(item)!r:.80} beside objects: export a list of objects only",
        )
    return True


def _batch(items: list[dict[str, Any]], names: dict[str, int], first: int) -> pa.RecordBatch:
    named = {RECORD_NUMBER: pa.array(range(first, first + len(items)), pa.int64())}
    marks = {}
    for name, place in names.items():
        cells = [item.get(name) for item in items]
        machine = [type(cell) is Number or type(cell) is bool for cell in cells]
        if any(machine):
            marks[f"m{place}"] = pa.array(machine)
        named[f"c{place}"] = pa.array([_text(cell) for cell in cells], pa.string())
    return pa.RecordBatch.from_pydict(named | marks)


def _text(cell: Any) -> str | None:  # noqa: ANN401
    """Return a value as a cell's text: nested values as JSON, numbers without an exponent."""
    if cell is None or type(cell) is str:
        return cell or None
    if type(cell) is Number:
        return _plain(cell)
    return _json(cell)


def _plain(number: str) -> str:
    if "e" not in number and "E" not in number:
        return str(number)
    value = Decimal(number)
    return f"{value:f}" if abs(value.adjusted()) < LONGEST_EXPONENT else str(number)


def _json(value: Any) -> str:  # noqa: ANN401
    """Return a value as JSON again, its numbers as they were written."""
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key, ensure_ascii=False)}:{_json(v)}" for key, v in value.items())
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_json, value)) + "]"
    if isinstance(value, bool):
        return WORDS[value]
    return str(value) if type(value) is Number else json.dumps(value, ensure_ascii=False)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object.

    Raises:
        RefusedFileError: it says two different things under one key.
    """
    found = dict(pairs)
    if len(found) < len(pairs):
        for key, value in pairs:
            if found[key] != value:
                raise RefusedFileError(
                    "json_key_repeated",
                    f"an object has the key {key!r} twice, once as {_text(value)!r:.80} and once "
                    f"as {_text(found[key])!r:.80}: export it with one value for each key",
                )
    return found


DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_float=Number, parse_int=Number, parse_constant=str
)
