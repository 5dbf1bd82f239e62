"""XLSX read as arrays: the same as python-calamine and a parser read, or left to them.

Not here: what becomes of a value or a warning (test_spreadsheet.py, test_number_formats.py).
"""

import string
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.readers import RawTable, calamine_books, spreadsheet, xlsx, xlsx_stretches
from extract.readers.archive_check import open_archive
from tests.extract.readers.workbooks import with_rows

PLAIN, CLOCKS = (
    ("General", "0.00", "0.0%", "[$€-407] 0"),
    ("yyyy-mm-dd", "h:mm", "[h]:mm", "d/m/yy h:mm:ss"),
)
SIGNS = string.ascii_letters + string.digits + " \n\t&<>\"'_x000D_éñ€\u00a0漢"
NUMBERS = st.one_of(
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e18, max_value=1e18),
    st.decimals(-(10**7), 10**7, places=2, allow_nan=False).map(float),
)
DAYS = st.one_of(st.integers(-5, 3_000_000), st.floats(-2, 60_000))
"""python-calamine ends the process over durations of many millions of days."""
VALUES = st.one_of(
    st.tuples(NUMBERS, st.sampled_from(PLAIN)),
    st.tuples(DAYS, st.sampled_from(CLOCKS)),
    st.tuples(st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)), st.just(CLOCKS[3])),  # noqa: DTZ001
    st.tuples(st.text(SIGNS, min_size=1, max_size=12), st.just("General")),
    st.tuples(st.booleans(), st.just("General")),
)
PLACES = st.tuples(st.integers(0, 40), st.sampled_from([0, 1, 2, 3, 25, 26, 701, 702]))


def fast(path: Path) -> list[RawTable]:
    """Return what reading as arrays gives.

    Raises:
        IrregularMarkupError: nothing.
    """
    with open_archive(path, "spreadsheet") as archive:
        return xlsx.read_workbook(archive)


def compared(table: RawTable) -> dict[str, Any]:
    """Return everything that a table says, without columns of flags that are all false."""
    records = table.records.table  # type: ignore[attr-defined]
    columns = dict(zip(records.column_names, records.to_pydict().values(), strict=True))
    return {
        "cells": {name: cells for name, cells in columns.items() if name[0] != "m" or any(cells)},
        "order": records.column_names[: table.width + 1],
        "about": (table.sheet_name, table.format, table.warnings, table.merges, table.date_epoch),
    }


@settings(max_examples=60, deadline=None)
@given(
    cells=st.dictionaries(PLACES, VALUES, min_size=1, max_size=60),
    is_1904=st.booleans(),
    is_shared=st.booleans(),
    hidden=st.sets(st.integers(0, 40), max_size=3),
    size=st.sampled_from([1, 200, 2 << 20]),
)
def test_any_sheet_is_read_as_python_calamine_reads_it(
    cells: dict[tuple[int, int], tuple[Any, str]],
    is_1904: bool,
    is_shared: bool,
    hidden: set[int],
    size: int,
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "any.xlsx"
        options = {"date_1904": is_1904, "constant_memory": not is_shared}
        with xlsxwriter.Workbook(str(path), options) as book:
            formats = {code: book.add_format({"num_format": code}) for code in PLAIN + CLOCKS}
            sheet = book.add_worksheet("Any")
            for (row, column), (value, code) in sorted(cells.items()):
                write = sheet.write_string if isinstance(value, str) else sheet.write
                write(row, column, value, formats[code])
                if row in hidden:
                    sheet.set_row(row, None, None, {"hidden": True})
            sheet.set_column(1, 2, None, None, {"hidden": True})
        patch.setattr(xlsx_stretches, "STRETCH", size)
        patch.setattr("extract.readers.xlsx_sheet.STRETCH", size)

        tables = fast(path)

        expected = calamine_books.parse(path, "xlsx")
        assert list(map(compared, tables)) == list(map(compared, expected))


REGULAR = [
    pytest.param('<c r="A1"><v>5</v></c>', "5", id="number"),
    pytest.param('<c r="A1" t="n"><v>1.5E3</v></c>', "1500", id="exponent"),
    pytest.param('<c r="A1" s="1"><v>0.125</v></c>', "12.5%", id="percentage"),
    pytest.param('<c r="A1" s="3"><v>38720.5</v></c>', "2006-01-03 12:00:00", id="moment"),
    pytest.param('<c r="A1" s="3"><v>60</v></c>', "1900-02-28", id="day-that-never-was"),
    pytest.param('<c r="A1" s="3"><v>59</v></c>', "1900-02-28", id="day-before-it"),
    pytest.param('<c r="A1" s="3"><v>-0.25</v></c>', "18:00:00", id="time-below-zero"),
    pytest.param('<c r="A1" s="3"><v>2958466</v></c>', "2958466", id="day-after-the-last"),
    pytest.param('<c r="A1" s="4"><v>1.25</v></c>', "30:00:00", id="duration"),
    pytest.param('<c r="A1" t="s"><v>0</v></c>', "shared", id="shared"),
    pytest.param('<c r="A1" t="str"><v> a </v></c>', " a ", id="text"),
    pytest.param('<c r="A1" t="str"><v xml:space="preserve"> a </v></c>', " a ", id="kept"),
    pytest.param('<c r="A1" t="inlineStr"><is><t> a </t></is></c>', "a", id="trimmed"),
    pytest.param(
        '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', " a ", id="inline"
    ),
    pytest.param('<c r="A1" t="str"><v>&lt;&amp;lt;&#65;&#x42;</v></c>', "<&lt;AB", id="entities"),
    pytest.param('<c r="A1" t="str"><v>a_x000D_b_x0041_</v></c>', "a\rbA", id="escapes"),
    pytest.param('<c r="A1" t="str"><v>a\r\nb\rc</v></c>', "a\nb\nc", id="line-ends"),
    pytest.param('<c r="A1" t="str"><v>a>b</v></c>', "a>b", id="sign-of-a-tag"),
    pytest.param('<c r="A1" t="b"><v>0</v></c>', "FALSE", id="false"),
    pytest.param('<c r="A1" t="e"><v>#REF!</v></c>', "#REF!", id="error"),
    pytest.param('<c r="A1" s="1" cm="1"><v>5</v></c>', "500%", id="another-attribute"),
    pytest.param('<c r="A1" t="n" s="1"><v>5</v></c>', "500%", id="attributes-turned-round"),
    pytest.param('<c r="A1"><f>1+4</f><v>5</v></c>', "5", id="formula"),
    pytest.param(
        '<c r="A1"><f t="shared" ref="A1:A9" si="0">1</f><v>5</v></c>', "5", id="shared-f"
    ),
    pytest.param('<c r="A1"><f t="shared" si="0"/><v>5</v></c>', "5", id="of-a-shared-formula"),
    pytest.param('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!", id="error-of-formula"),
    pytest.param('<c r="A1"><v>5</v></c><c r="B1" s="1"/>', "5", id="empty-with-a-style"),
    pytest.param('<c r="A1"><v>5</v></c><c r="B1"><v></v></c><c r="C1"><v/></c>', "5", id="empty"),
    pytest.param('<c r="A1"><v>5</v></c><c r="B1"></c>', "5", id="open-and-shut"),
]


@pytest.mark.parametrize(("cells", "text"), REGULAR)
def test_cell_as_programs_write_it_is_read(tmp_path: Path, cells: str, text: str) -> None:
    path = with_rows(tmp_path / "cells.xlsx", f'<row r="1">{cells}</row>')

    [table] = fast(path)

    assert table.sample(2) == [[text]]
    assert compared(table) == compared(calamine_books.parse(path, "xlsx")[0])


ROWS = [
    pytest.param('<row r="2"><c r="B2"><v>5</v></c></row>', [[], ["", "5"]], id="not-the-first"),
    pytest.param(
        '<row r="1" ht="9"/><row r="3"><c r="A3"><v>5</v></c></row>', [[], [], ["5"]], id="empty"
    ),
    pytest.param(
        '<row r="1"><c r="A1"><v>5</v></c></row><row r="2"><c r="A2" s="1"/></row>',
        [["5"]],
        id="end",
    ),
    pytest.param(
        '<row r="1"><c r="A1"><v>5</v></c></row>\n <row r="2"></row>', [["5"]], id="lines"
    ),
]


@pytest.mark.parametrize(("rows", "expected"), ROWS)
def test_rows_keep_their_numbers(tmp_path: Path, rows: str, expected: list[list[str]]) -> None:
    [table] = fast(with_rows(tmp_path / "rows.xlsx", rows))

    assert [
        row[: len(want)] for row, want in zip(table.sample(9), expected, strict=True)
    ] == expected


@pytest.mark.parametrize(
    ("strings", "text"),
    [
        pytest.param("<si><t>a &amp; b</t></si>", "a & b", id="plain"),
        pytest.param('<si><t xml:space="preserve"> a </t></si>', " a ", id="kept"),
        pytest.param("<si><t> a </t><phoneticPr fontId='1'/></si>", "a", id="trimmed"),
        pytest.param(
            "<si><r><rPr><b/></rPr><t>a</t></r><r><t xml:space='preserve'> b</t></r></si>",
            "a b",
            id="single-quotes",
        ),
        pytest.param(
            '<si><r><t>a</t></r><r><t xml:space="preserve"> b</t></r>'
            '<rPh sb="0" eb="1"><t>pronounced</t></rPh></si>',
            "a b",
            id="rich-and-pronounced",
        ),
        pytest.param("<si><t>a_x000A_b</t></si>", "a\nb", id="escape"),
    ],
)
def test_shared_string_is_read(tmp_path: Path, strings: str, text: str) -> None:
    content = f'<?xml version="1.0"?><sst xmlns="http://x">{strings}<si/></sst>'
    path = with_rows(
        tmp_path / "strings.xlsx",
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
        sharedStrings=content,
    )

    [table] = spreadsheet.parse(path, None)

    assert table.sample(1) == [[text]]


def test_number_of_days_beyond_any_duration_stays_a_number(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" s="4"><v>5000000000</v></c></row>'

    [table] = fast(with_rows(tmp_path / "endless.xlsx", rows))

    assert table.sample(1) == [["5000000000"]]


def test_hidden_rows_errors_and_formulas_are_noticed_in_every_stretch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_stretches, "STRETCH", 1)
    monkeypatch.setattr("extract.readers.xlsx_sheet.STRETCH", 1)
    rows = "".join(
        f'<row r="{row}" hidden="1"><c r="A{row}"><v>1</v></c><c r="B{row}" t="e"><v>#N/A</v></c>'
        f'<c r="C{row}"><f>1</f></c><c r="D{row}" s="2"><v>1</v></c></row>'
        for row in range(1, 9)
    )

    [table] = fast(with_rows(tmp_path / "stretches.xlsx", rows))

    warnings = " | ".join(table.warnings)
    assert "8 in number (rows 1-8)" in warnings
    assert "8 in number (C1, C2, C3, C4, C5 …)" in warnings
    assert "8 in number (B1, B2, B3, B4, B5 …)" in warnings
    assert compared(table)["cells"]["f3"] == ["€"] * 8
