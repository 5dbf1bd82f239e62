"""What number formats show beside a number: percentages, and the text that may be a currency.

Not here: which currency a text means and what becomes of the row (test_shown_currencies.py).
"""

import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from extract.readers import RawTable, reader_for
from extract.readers.number_formats import NOTHING, Formats, Shown, shown_by

FOLDER = Path(__file__).parents[2] / "data" / "spreadsheets"


@pytest.mark.parametrize(
    ("code", "currency"),
    [
        pytest.param("[$€-407] #,##0.00", "€", id="sign-with-locale"),
        pytest.param("_-* #,##0.00\\ [$€-407]_-;-* #,##0.00\\ [$€-407]_-", "€", id="accounting"),
        pytest.param("_-[$£-809]* #,##0.00_-", "£", id="filled"),
        pytest.param("[$€-2]\\ #,##0", "€", id="euro-of-no-country"),
        pytest.param("[$USD] 0.00", "USD", id="code-without-locale"),
        pytest.param('"US$"#,##0', "US$", id="quoted"),
        pytest.param('"US"\\$#,##0', "US$", id="quoted-and-escaped"),
        pytest.param("#,##0.00 [$F CFA-40C]", "F CFA", id="two-words"),
        pytest.param("$#,##0_);($#,##0)", "$", id="bare-dollar"),
        pytest.param('"USD "General', "USD", id="general"),
        pytest.param('$ 0 "USD"', "$\nUSD", id="both-sides"),
        pytest.param('#,##0;[Red]"EUR "0', "", id="positive-numbers-decide"),
        pytest.param("[Red][>=1000]#,##0.00", "", id="colour-and-condition"),
        pytest.param("[$-409]d\\-mmm\\-yy", "", id="date-with-locale"),
        pytest.param('yyyy"EUR"', "", id="date-with-text"),
        pytest.param("0.00E+00", "", id="exponent"),
        pytest.param('"EUR "@', "", id="text"),
        pytest.param('00"."00', "", id="points"),
        pytest.param('0.00" million"', "million", id="million"),
        pytest.param('0.0,,"M"', "", id="million-that-is-scaled"),
        pytest.param('#,##0" (000)"', "000", id="zeros-in-brackets"),
        pytest.param("", "", id="empty"),
    ],
)
def test_format_shows_the_text_around_its_digits(code: str, currency: str) -> None:
    assert shown_by(code) == Shown(currency=currency)


@pytest.mark.parametrize(
    ("code", "is_percent"),
    [
        pytest.param("0%", True, id="plain"),
        pytest.param("0.0 %;-0.0 %", True, id="spaced"),
        pytest.param('0 "% done"', False, id="quoted"),
        pytest.param("0\\%", False, id="escaped"),
        pytest.param("0_%", False, id="blank-of-its-width"),
    ],
)
def test_format_shows_a_percentage(code: str, is_percent: bool) -> None:
    assert shown_by(code).is_percent == is_percent


def test_own_format_of_a_workbook_wins_over_the_built_in_one() -> None:
    formats = Formats()
    formats.add(44, "_-* #,##0.00\\ [$€-40C]_-")

    assert [formats.of(number).currency for number in (44, 42, 4)] == ["€", "$", ""]
    assert [formats.of(number).is_percent for number in (9, 10, 0)] == [True, True, False]
    assert formats.of(164) == NOTHING


def columns(path: Path, *names: str) -> list[list[str | None]]:
    """Return columns of the only table of a file, without their header."""
    [table] = reader_for(path).read(path, None)
    return [_cells(table, name)[1:] for name in names]


def _cells(table: RawTable, name: str) -> list[str | None]:
    cells: list[str | None] = table.records.table[name].to_pylist()  # type: ignore[attr-defined]
    return cells


def test_formats_of_a_binary_workbook_are_read() -> None:
    amounts, shown, shares = columns(FOLDER / "number_formats.xls", "c4", "f4", "c5")

    assert amounts == ["1000.5", "2001", "3001.5", "4002", "5002.5"]
    assert shown == ["€", "US$", "CHF", None, "£"]
    assert shares == ["25%"] * 5


def test_currencies_of_opendocument_are_its_own_codes_else_the_text() -> None:
    amounts, shown, shares = columns(FOLDER / "number_formats.ods", "c4", "f4", "c5")

    assert amounts == ["1000.5", "2001", "3001.5", "4002", "5002.5"]
    assert shown == ["EUR", "US$", "CHF", None, "GBP"]
    assert shares == ["25%"] * 5


def test_format_of_a_cell_that_holds_text_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "formats.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet, euros = book.add_worksheet(), book.add_format({"num_format": "[$€-407] 0.00"})
    sheet.write_row(0, 0, ["Amount"])
    sheet.write_string(1, 0, "5.00", euros)
    sheet.write_number(2, 0, 5, euros)
    sheet.write_formula(3, 0, "=1+1", euros, 2)
    book.close()

    assert columns(path, "c0", "f0") == [["5.00", "5", "2"], [None, "€", "€"]]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("", "", id="as-programs-write-it"),
        pytest.param(' r="A3" s="1"', ' s="1" r="A3"', id="attributes-in-another-order"),
        pytest.param('<c r="A3" s="1">', "<c r='A3' s='1'>", id="single-quotes"),
        pytest.param('<c r="A3" s="1">', '<c  r="A3"  s="1" >', id="spaces"),
        pytest.param('<row r="3"', '<row r="3" s="1" customFormat="1"', id="row-with-the-style"),
        pytest.param("<sheetData>", f"<!--{'x' * 1048500}--><sheetData>", id="across-the-seam"),
        pytest.param('<c r="A3" s="1"><v>5</v></c>', '<c r="A3" s="1"/>', id="cell-without-value"),
    ],
)
def test_styled_cells_are_found_however_they_are_written(
    tmp_path: Path, old: str, new: str
) -> None:
    plain, path = tmp_path / "plain.xlsx", tmp_path / "formats.xlsx"
    with xlsxwriter.Workbook(str(plain)) as book:
        sheet, euros = book.add_worksheet(), book.add_format({"num_format": "[$€-407] 0.00"})
        sheet.write_column(0, 0, ["Amount", 4])
        sheet.write_column(2, 0, [5, 6, 7], euros)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                assert old in content
                content = content.replace(old, new) if old else content
            target.writestr(name, content)

    amounts, shown = columns(path, "c0", "f0")

    assert amounts[2:] == ["6", "7"]
    assert shown == [None, "€" if amounts[1] else None, "€", "€"]


def test_workbook_without_such_formats_has_no_such_columns() -> None:
    [table] = reader_for(FOLDER / "epoch_1904.xlsx").read(FOLDER / "epoch_1904.xlsx", None)

    assert not [name for name in table.records.table.column_names if name.startswith("f")]  # type: ignore[attr-defined]


XML_2003 = """<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles>
 <Style ss:ID="euro"><NumberFormat ss:Format="#,##0.00\\ [$€-407]"/></Style>
 <Style ss:ID="child" ss:Parent="euro"/>
 <Style ss:ID="named"><NumberFormat ss:Format="Currency"/></Style>
 <Style ss:ID="share"><NumberFormat ss:Format="Percent"/></Style>
 <Style ss:ID="plain"/>
</Styles>
<Worksheet ss:Name="Sheet1"><Table>
<Column ss:StyleID="euro"/><Column ss:StyleID="share" ss:Span="1"/>
<Row><Cell><Data ss:Type="String">Amount</Data></Cell></Row>
<Row><Cell><Data ss:Type="Number">5</Data></Cell><Cell><Data ss:Type="Number">0.25</Data></Cell>
 <Cell ss:StyleID="plain"><Data ss:Type="Number">0.25</Data></Cell></Row>
<Row ss:StyleID="named"><Cell><Data ss:Type="Number">6</Data></Cell></Row>
<Row><Cell ss:StyleID="child"><Data ss:Type="Number">7</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">8</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def test_formats_of_xml_2003_come_from_the_cell_its_row_or_its_column(tmp_path: Path) -> None:
    path = tmp_path / "formats.xls"
    path.write_text(XML_2003, encoding="utf-8")

    amounts, shown, shares, plain = columns(path, "c0", "f0", "c1", "c2")

    assert amounts == ["5", "6", "7", "8"]
    assert shown == ["€", "$", "€", None]
    assert (shares[0], plain[0]) == ("25%", "0.25")


def test_currency_beside_the_number_of_a_page_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "page.xls"
    path.write_text(
        "<table><tr><td>Amount</td></tr><tr><td x:num='1000'>€ 1,000.00</td></tr>"
        "<tr><td x:num='5'>5.00</td></tr></table>",
        encoding="utf-8",
    )

    assert columns(path, "c0", "f0") == [["1000", "5"], ["€", None]]


def _record(kind: int, body: bytes) -> bytes:
    """Return a record of BIFF12: its type and length take seven bits a byte."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + bytes([len(body)]) + body


def _styles() -> bytes:
    code = "[$€-407] 0"
    formats = struct.pack("<HI", 164, len(code)) + code.encode("utf-16-le")
    style = b"".join(
        _record(47, struct.pack("<HH", 0xFFFF, number) + bytes(12)) for number in (0, 164, 9)
    )
    of_names = _record(626, b"\1\0\0\0") + _record(47, bytes(16)) + _record(627, b"")
    return _record(44, formats) + of_names + _record(617, b"\3\0\0\0") + style + _record(618, b"")


def test_formats_of_a_binary_workbook_of_2007_are_read(tmp_path: Path) -> None:
    path = tmp_path / "formats.xlsb"
    row = struct.pack("<IIHBBBI", 0, 0, 300, 0, 0, 0, 0)
    cells = b"".join(
        _record(5, struct.pack("<IId", place, style, 0.25)) for place, style in enumerate((1, 2, 0))
    )
    dimension = _record(148, struct.pack("<IIII", 0, 0, 0, 2))
    sheet = _record(129, b"") + dimension + _record(145, b"") + _record(0, row) + cells
    with (
        zipfile.ZipFile(FOLDER / "everything.xlsb") as source,
        zipfile.ZipFile(path, "w") as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.bin":
                content = sheet + _record(146, b"") + _record(130, b"")
            target.writestr(name, _styles() if name == "xl/styles.bin" else content)

    [table] = reader_for(path).read(path, None)

    assert table.sample(1) == [["0.25", "25%", "0.25"]]
    assert _cells(table, "f0") == ["€"]
