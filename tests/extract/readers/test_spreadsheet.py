"""Workbooks of every kind: values, warnings, refusals, and a child process that may die.

Not here: which table of a sheet is an export (test_layout.py). The files lie in
tests/data/spreadsheets/, README.csv says what is wrong with each.
"""

import csv
import resource
import zipfile
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import pytest
import xlsxwriter

from extract.errors import RefusedFileError
from extract.readers import RawTable, reader_for
from extract.readers.table import Merge

FOLDER = Path(__file__).parents[2] / "data" / "spreadsheets"
with (FOLDER / "README.csv").open(encoding="utf-8") as source:
    CATALOGUE = {line["file"]: line["expected"] for line in csv.DictReader(source)}
READ = [name for name, expected in CATALOGUE.items() if expected == "read"]
REFUSED = {name: expected for name, expected in CATALOGUE.items() if expected != "read"}
SAME = [name for name in READ if name.startswith(("everything", "epoch", "macros", "wrong_dim"))]


def read(path: Path) -> list[RawTable]:
    """Return the tables of a file."""
    return reader_for(path).read(path, None)


def machine(table: RawTable, row: int) -> list[bool]:
    """Return which cells of a record were numbers or dates."""
    columns = table.records.table.to_pydict()  # type: ignore[attr-defined]
    return [bool(columns.get(f"m{i}", [False] * 99)[row]) for i in range(table.width)]


def test_every_file_is_in_the_catalogue() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*CATALOGUE, "README.csv"}


@pytest.mark.parametrize("name", REFUSED)
def test_file_is_refused_with_its_reason_and_the_next_is_read(name: str) -> None:
    with pytest.raises(RefusedFileError) as refusal:
        read(FOLDER / name)

    assert refusal.value.reason_code == REFUSED[name]
    assert read(FOLDER / "everything.xlsx")


@pytest.mark.parametrize("name", SAME)
def test_values_are_the_same_in_every_format(name: str) -> None:
    [table] = read(FOLDER / name)

    rows = table.sample(20)
    assert table.sheet_name == "Approvals"
    assert rows[:5] == [
        ["Approvals (synthetic)"],
        [],
        ["Donor", "Approval date", "Currency", "Amount", "Remarks"],
        ["Norway", "2006-01-04", "USD", "0.3", "007"],
        ["Spain", "2006-01-05", "EUR", "1234.125", "hidden row"],
    ]
    assert rows[5][3] in {"#REF!", "#DIV/0!"}  # LibreOffice calculates =1/0 itself
    assert rows[6][:4] == ["Chile", "2006-01-07", "USD", "1000000"]
    assert machine(table, 3) == [False, True, False, True, False]
    assert machine(table, 5) == [False, True, False, False, False]
    assert table.merges == (Merge(1, 1, 0, 4),)
    assert table.date_epoch == (1904 if "1904" in name else 1900)


@pytest.mark.parametrize("suffix", [".xls", ".xlsx", ".xlsb", ".ods", ".csv", ""])
@pytest.mark.parametrize("kind", ["xls", "xlsx", "xlsb", "ods"])
def test_workbook_is_read_whatever_its_name_says(tmp_path: Path, kind: str, suffix: str) -> None:
    path = tmp_path / f"export{suffix}"
    path.write_bytes((FOLDER / f"everything.{kind}").read_bytes())

    [table] = read(path)

    assert (table.format, table.sample(4)[3][0]) == (kind, "Norway")


@pytest.mark.parametrize("name", [*SAME, "xml_2003_named.xls"])
def test_what_a_total_could_hide_is_warned_about(name: str) -> None:
    warnings = " | ".join(read(FOLDER / name)[0].warnings)

    assert "not loaded: hidden sheets 'Old'" in warnings
    assert "rows hidden by hand or by a filter are loaded too, 1 in number (rows 5)" in warnings
    assert "hidden columns are loaded too (columns E)" in warnings
    assert "1 in number (D6): repair the formulas" in warnings


def test_digits_that_no_spreadsheet_keeps_are_warned_about() -> None:
    [table] = read(FOLDER / "everything.xlsx")

    assert table.sample(8)[7][3] == "12345678901234600000"
    assert "columns D hold numbers of more than 15 digits" in table.warnings[-1]


def test_formula_without_a_value_is_empty_and_warned_about() -> None:
    [table] = read(FOLDER / "no_cached_values.xlsx")

    assert [row[3] for row in table.sample(3)] == ["Amount", "", ""]
    assert (
        "formulas without a calculated value are read as empty, 2 in number (D2, D3)"
        in (table.warnings[0])
    )


def test_html_page_is_read_with_its_own_encoding_and_merged_cells() -> None:
    [table] = read(FOLDER / "html_named.xls")

    assert (table.format, table.encoding) == ("html", "cp1252")
    assert table.sample(4)[2] == ["Suède", "2006-01-04", "SEK", "1234.5"]
    assert machine(table, 2) == [False, False, False, True]
    assert table.merges == (Merge(1, 1, 0, 3), Merge(3, 4, 0, 0))


CELLS = [
    pytest.param(lambda s, _: s.write_number(0, 0, 0.1 + 0.2), "0.3", True, id="float-noise"),
    pytest.param(lambda s, _: s.write_number(0, 0, 1234.125), "1234.125", True, id="exact"),
    pytest.param(lambda s, _: s.write_number(0, 0, 1e20), "1" + "0" * 20, True, id="large"),
    pytest.param(lambda s, _: s.write_number(0, 0, 1e-7), "0.0000001", True, id="small"),
    pytest.param(lambda s, _: s.write_number(0, 0, -0.0), "0", True, id="negative-zero"),
    pytest.param(lambda s, _: s.write_number(0, 0, 2**53 - 1), "9007199254740991", True, id="2^53"),
    pytest.param(lambda s, _: s.write_string(0, 0, "1.000"), "1.000", False, id="text-number"),
    pytest.param(lambda s, _: s.write_string(0, 0, "00042"), "00042", False, id="leading-zeros"),
    pytest.param(lambda s, _: s.write_string(0, 0, " x\n y "), " x\n y ", False, id="line-break"),
    pytest.param(lambda s, _: s.write_boolean(0, 0, True), "TRUE", True, id="boolean"),
    pytest.param(
        lambda s, b: s.write_datetime(0, 0, datetime(2006, 1, 2), b("yyyy-mm-dd")),  # noqa: DTZ001
        "2006-01-02",
        True,
        id="date",
    ),
    pytest.param(
        lambda s, b: s.write_datetime(0, 0, datetime(2006, 1, 2, 3, 4, 5), b("d/m/yy h:mm")),  # noqa: DTZ001
        "2006-01-02 03:04:05",
        True,
        id="timestamp",
    ),
    pytest.param(
        lambda s, b: s.write_datetime(0, 0, time(12, 30), b("hh:mm")), "12:30:00", True, id="time"
    ),
    pytest.param(lambda s, b: s.write_number(0, 0, 1.5, b("[h]:mm")), "36:00:00", True, id="hours"),
    pytest.param(lambda s, b: s.write_number(0, 0, 0.125, b("0.0%")), "12.5%", False, id="percent"),
    pytest.param(
        lambda s, b: s.write_number(0, 0, 5, b('0 "% done"')), "5", True, id="percent-in-words"
    ),
    pytest.param(
        lambda s, _: s.write_formula(0, 0, "=1/0", None, "#N/A"), "#N/A", False, id="error"
    ),
    pytest.param(lambda s, _: s.write_formula(0, 0, "=A2", None, 7), "7", True, id="formula"),
]


@pytest.mark.parametrize(("write", "text", "is_machine"), CELLS)
def test_cell_becomes_text_that_reads_back_without_doubt(
    tmp_path: Path, write: Callable[..., object], text: str, is_machine: bool
) -> None:
    path = tmp_path / "cells.xlsx"
    book = xlsxwriter.Workbook(str(path))
    write(
        book.add_worksheet(), lambda number_format: book.add_format({"num_format": number_format})
    )
    book.close()

    [table] = read(path)

    assert table.records.head(1) == [[text]]
    assert machine(table, 0) == [is_machine]


def test_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes((FOLDER / "everything.xlsx").read_bytes())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", b"\0" * (64 << 20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(RefusedFileError) as refusal:
        read(path)

    assert refusal.value.reason_code == "archive_bomb"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 32 << 10


def test_encrypted_opendocument_is_refused_as_such(tmp_path: Path) -> None:
    path = tmp_path / "secret.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", b"\x17\x03 encrypted")
        archive.writestr("META-INF/manifest.xml", "<m:file-entry><m:encryption-data/>")

    with pytest.raises(RefusedFileError) as refusal:
        read(path)

    assert refusal.value.reason_code == "spreadsheet_encrypted"


def test_percentage_of_opendocument_is_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "percent.ods"
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    cell = (
        '<table:table-cell office:value-type="percentage" office:value="0.07" {}>'
        "<text:p>7%</text:p></table:table-cell>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>"
            '<table:table table:name="S"><table:table-row>'
            + cell.format("")
            + cell.format('table:number-columns-repeated="2"')
            + "</table:table-row></table:table></office:spreadsheet></office:body>"
            "</office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")

    [table] = read(path)

    assert table.sample(1) == [["7%", "7%", "7%"]]


def test_sheet_begins_in_its_first_row_and_column_whatever_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "offset.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet().write_row(2, 1, ["a", 1])
    book.add_worksheet("one cell").write(0, 0, "x")
    book.add_worksheet("empty")
    book.close()

    tables = read(path)

    assert [table.sheet_name for table in tables] == ["Sheet1", "one cell"]
    assert tables[0].sample(9) == [[], [], ["", "a", "1"]]


FORMULAS = [
    pytest.param("<f>1+1</f>", id="no-value"),
    pytest.param("<f>1+1</f><v></v>", id="empty-value"),
    pytest.param("<f>1+1</f><v/>", id="closed-value"),
    pytest.param("<f>1+1</f>\n  <v></v>", id="value-on-its-own-line"),
    pytest.param('<f t="shared" si="0"/>', id="shared"),
    pytest.param('<x:f xmlns:x="{}">1+1</x:f>', id="prefix"),
]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("before", [0, (1 << 20) - 700, (1 << 20) - 650])
def test_formula_without_a_value_is_noticed_however_it_is_written(
    tmp_path: Path, formula: str, before: int
) -> None:
    path = tmp_path / "formulas.xlsx"
    padding = f"<!--{'x' * before}-->"
    calculated = '<row r="9"><c r="A9"><f>1</f><v>1</v></c></row>'
    cell = f'{padding}<row r="10"><c r="B10">{formula.format(MAIN)}</c></row>'
    with (
        zipfile.ZipFile(FOLDER / "no_cached_values.xlsx") as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                start, end = content.index(b"<sheetData>") + 11, content.index(b"</sheetData>")
                content = content[:start] + (calculated + cell).encode() + content[end:]
            target.writestr(name, content)

    [table] = read(path)

    assert "(B10)" in table.warnings[0]


def test_xls_that_ends_with_an_embedded_archive_is_no_archive(tmp_path: Path) -> None:
    packed = tmp_path / "embedded.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    path = tmp_path / "export.xls"
    embedded = packed.read_bytes().replace(b"PK\x03\x04", b"OLE!")
    path.write_bytes((FOLDER / "everything.xls").read_bytes() + embedded)

    assert [table.sheet_name for table in read(path)] == ["Approvals"]
