"""A record with a cell too many is mended where that is certain, and else kept as it is.

Not tested here: each row and cell of a whole table (`test_pollutions.py`).
"""

from pathlib import Path

import pytest

from extract.readers import reader_for

KINDS = ("The warmth of wool", "A first layer", "Light, quick", "see file", "")
ROWS = "".join(f'{n},P{n:03d},{n * 7 % 13}.50,a kind,"{KINDS[n % 5]}"\n' for n in range(20))
FIRST = ["20", "P020", "3.50"]


@pytest.mark.parametrize(
    ("ending", "cells"),
    [
        pytest.param(',a kind,"",extra', ["a kind", "", "extra"], id="quoted-empty-before-last"),
        pytest.param(',"",a kind,"see file"', ["", "a kind", "see file"], id="quoted-empty-inside"),
        pytest.param(",a kind,,see file", ["a kind", "see file"], id="bare-empty-before-last"),
        pytest.param(",,a kind,see file", ["a kind", "see file"], id="bare-empty-inside"),
    ],
)
def test_empty_cell_is_left_out_only_where_a_stray_delimiter_made_it(
    tmp_path: Path, ending: str, cells: list[str]
) -> None:
    path = tmp_path / "export.csv"
    path.write_text(f"id,code,price,kind,text\n{ROWS}20,P020,3.50{ending}\n{ROWS}")

    (raw,) = reader_for(path).read(path, None)

    assert raw.rows()[21] == [*FIRST, *cells]
    assert raw.doubtful == (() if len(cells) == 2 else (22,))
