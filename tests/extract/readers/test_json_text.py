"""JSON and JSON Lines: which shapes are tables, digits as written, and what is refused.

Not here: encodings (they are those of delimited text).
"""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import RefusedFileError
from extract.readers import RawTable, reader_for
from extract.readers.json_text import parse


def read(folder: Path, content: str | bytes) -> list[RawTable]:
    """Return the tables of a file with this content."""
    path = folder / "export"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return reader_for(path).read(path, None)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param('[{"a":1.10,"b":"x"},{"a":2,"b":null}]', id="objects"),
        pytest.param('\n [ {"a" : 1.10, "b" : "x"} , {"a" : 2} ] \n', id="spaces"),
        pytest.param('{"a":1.10,"b":"x"}\n{"a":2}\n', id="lines"),
        pytest.param('{"a":1.10,"b":"x"}\r\n\r\n{"a":2}', id="lines-crlf-and-blank"),
        pytest.param('{"n":2,"data":[{"a":1.10,"b":"x"},{"a":2}]}', id="inside-an-object"),
        pytest.param('{"result":{"records":[{"a":1.10,"b":"x"},{"a":2}]}}', id="two-levels-down"),
        pytest.param('{"a":[1.10,2],"b":["x",null]}', id="columns"),
        pytest.param('{"a":{"0":1.10,"1":2},"b":{"0":"x","1":null}}', id="columns-by-index"),
        pytest.param('{"columns":["a","b"],"data":[[1.10,"x"],[2,null]]}', id="header-and-rows"),
        pytest.param('[["a","b"],[1.10,"x"],[2,null]]', id="lists"),
        pytest.param('[{"a":1.10,"b":"x"},{"a":2}]'.encode("utf-16"), id="utf-16"),
        pytest.param(b"\xef\xbb\xbf" + b'[{"a":1.10,"b":"x"},{"a":2}]', id="byte-order-mark"),
    ],
)
def test_table_is_found_whatever_the_shape(tmp_path: Path, content: str | bytes) -> None:
    [table] = read(tmp_path, content)

    assert table.format == "json"
    assert table.records.head(9) == [["a", "b"], ["1.10", "x"], ["2", ""]]
    assert table.records.table["m0"].to_pylist() == [False, True, True]  # type: ignore[attr-defined]


def test_several_lists_are_several_tables(tmp_path: Path) -> None:
    tables = read(tmp_path, '{"approvals":[{"a":1}],"rates":[{"b":2}]}')

    assert [(t.sheet_name, t.sample(2)[0]) for t in tables] == [
        ("approvals", ["a"]),
        ("rates", ["b"]),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("0.12345678901234567890", "0.12345678901234567890", id="digits-as-written"),
        pytest.param("12345678901234567890123", "12345678901234567890123", id="long-integer"),
        pytest.param("1.5e3", "1500", id="exponent"),
        pytest.param("-2E-3", "-0.002", id="negative-exponent"),
        pytest.param("1e999999999", "1e999999999", id="huge-exponent"),
        pytest.param("true", "true", id="boolean"),
        pytest.param('{"x":[1.50,"é",null]}', '{"x":[1.50,"é",null]}', id="nested"),
        pytest.param('"1.000"', "1.000", id="text"),
    ],
)
def test_value_becomes_text_that_loses_nothing(tmp_path: Path, value: str, text: str) -> None:
    [table] = read(tmp_path, f'[{{"a":{value}}}]')

    assert table.records.head(2) == [["a"], [text]]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param('[{"a":1,"a":2}]', "json_key_repeated", id="key-twice"),
        pytest.param('[{"a":1},{"a"', "json_damaged", id="cut"),
        pytest.param('[{"a":1}] x', "json_damaged", id="something-behind"),
        pytest.param('[{"a":1},5]', "json_damaged", id="number-beside-objects"),
        pytest.param("[" * 1_000_000, "json_damaged", id="deep-lists"),
        pytest.param('[{"a":' + "[" * 100_000 + "]" * 100_000 + "}]", "json_damaged", id="deep"),
        pytest.param("[1,2]", "format_unknown", id="numbers"),
        pytest.param("[]", "format_unknown", id="empty-list"),
    ],
)
def test_file_is_refused_with_a_reason(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(RefusedFileError) as refusal:
        read(tmp_path, content)

    assert refusal.value.reason_code == reason


def test_key_that_is_repeated_with_the_same_value_is_no_doubt(tmp_path: Path) -> None:
    assert read(tmp_path, '[{"a":1,"a":1}]')[0].records.head(2) == [["a"], ["1"]]


def test_text_that_begins_with_a_bracket_is_no_json(tmp_path: Path) -> None:
    assert read(tmp_path, "[Project],Amount\nx,5\n")[0].format == "delimited"


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=4), min_size=1))
def test_every_decimal_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[Decimal]
) -> None:
    path = tmp_path_factory.mktemp("json") / "export"
    path.write_text("[" + ",".join(f'{{"a":{number:f}}}' for number in numbers) + "]")

    [table] = parse(path, None)

    assert [row[0] for row in table.records.head(9999)[1:]] == [f"{n:f}" for n in numbers]
