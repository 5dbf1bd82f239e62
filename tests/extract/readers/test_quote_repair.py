"""A record with damaged quotes is read if one reading is better than all others."""

import pytest

from extract.readers.quote_repair import read_damaged

CERTAIN = [
    ("stray-quote-opens", '"a,b,c', ['"a', "b", "c"]),
    ("stray-quote-in-quoted", '""a, b",c,d', ['"a, b', "c", "d"]),
    ("not-doubled", '"a "b" c, d",e,f', ['a "b" c, d', "e", "f"]),
    ("inches-at-the-end", '"a, 48"",b,c', ['a, 48"', "b", "c"]),
    ("delimiter-lost-behind-quote", '"a"b,c', ["a", "b", "c"]),
    ("sound", '"a ""b""",c,d', ['a "b"', "c", "d"]),
]


@pytest.mark.parametrize(
    ("line", "cells"), [pytest.param(*case[1:], id=case[0]) for case in CERTAIN]
)
def test_damaged_record_is_read_when_one_reading_is_best(line: str, cells: list[str]) -> None:
    reading = read_damaged(line, ",", '"', 3)

    assert reading is not None
    assert reading.cells == cells


@pytest.mark.parametrize("line", ["a,b", 'a,"b', 'x"y'], ids=["too-few", "open", "one-cell"])
def test_nothing_is_read_when_no_reading_has_the_width(line: str) -> None:
    assert read_damaged(line, ",", '"', 3) is None


def test_reading_that_would_take_too_long_is_given_up() -> None:
    assert read_damaged('","' * 5000, ",", '"', 3) is None
