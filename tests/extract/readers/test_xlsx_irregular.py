"""XLSX that programs do not write: left to a parser, or refused."""

from pathlib import Path

import pytest

from extract.errors import RefusedFileError
from extract.readers import spreadsheet
from extract.readers.xlsx_forms import IrregularMarkupError
from tests.extract.readers.test_xlsx import fast
from tests.extract.readers.workbooks import with_rows

IRREGULAR = [
    pytest.param("<c r='A1'><v>5</v></c>", id="single-quotes"),
    pytest.param('<c  r="A1"><v>5</v></c>', id="spaces"),
    pytest.param('<c s="0" r="A1"><v>5</v></c>', id="reference-not-first"),
    pytest.param('<c r="a1"><v>5</v></c>', id="small-letters"),
    pytest.param("<c><v>5</v></c>", id="no-reference"),
    pytest.param('<c r="A1"> <v>5</v></c>', id="blanks-in-a-cell"),
    pytest.param('<c r="A1"><v>5</v> </c>', id="blanks-behind-a-value"),
    pytest.param('<c r="A1"><!-- --><v>5</v></c>', id="comment"),
    pytest.param('<c r="A1" t="inlineStr"><is><r><t>5</t></r></is></c>', id="rich-text"),
    pytest.param('<c r="A1" t="d"><v>2006-01-02</v></c>', id="date-as-text"),
    pytest.param('<c r="A1"><v>five</v></c>', id="number-that-is-none"),
    pytest.param('<c r="B1"><v>5</v></c><c r="A1"><v>5</v></c>', id="columns-turned-round"),
    pytest.param('<c r="A1"><v>5</v></c><c r="A1"><v>6</v></c>', id="twice"),
    pytest.param('<c r="A1"><v>5</v></c><c r="B2"><v>5</v></c>', id="reference-of-another-row"),
    pytest.param('<c r="A1"><v>5</v></c></row><row r="1"><c r="A1"><v>6</v></c>', id="row-twice"),
    pytest.param('<c r="A1" xmlns:x="x"><v>5</v></c><x:note xmlns:x="x"/>', id="no-cell"),
]


@pytest.mark.parametrize("cells", IRREGULAR)
def test_unusual_markup_is_left_to_a_parser_and_read_by_it(tmp_path: Path, cells: str) -> None:
    path = with_rows(tmp_path / "odd.xlsx", f'<row r="1">{cells}</row>')

    with pytest.raises(IrregularMarkupError):
        fast(path)

    [table] = spreadsheet.parse(path, None)
    assert any(set(row) & {"5", "6", "five", "2006-01-02"} for row in table.sample(2))


UNREADABLE = [
    pytest.param('<c r="A1" t="s"><v>7</v></c>', id="shared-string-that-is-missing"),
    pytest.param('<c r="A1" t="str"><v>&who;</v></c>', id="entity-of-nobody"),
    pytest.param('<c r="A1"><v>5</c>', id="tag-without-an-end"),
]


@pytest.mark.parametrize("cells", UNREADABLE)
def test_broken_markup_is_refused(tmp_path: Path, cells: str) -> None:
    path = with_rows(tmp_path / "broken.xlsx", f'<row r="1">{cells}</row>')

    with pytest.raises(RefusedFileError) as refusal:
        spreadsheet.parse(path, None)

    assert refusal.value.reason_code == "spreadsheet_damaged"


def test_text_in_another_encoding_is_left_to_a_parser(tmp_path: Path) -> None:
    content = '<?xml version="1.0" encoding="ISO-8859-1"?><sst><si><t>a</t></si></sst>'
    path = with_rows(
        tmp_path / "latin.xlsx",
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
        sharedStrings=content,
    )

    with pytest.raises(IrregularMarkupError):
        fast(path)


def test_stray_cell_far_from_the_others_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>5</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>5</v></c></row>'
    )

    with pytest.raises(RefusedFileError) as refusal:
        fast(with_rows(tmp_path / "stray.xlsx", rows))

    assert refusal.value.reason_code == "file_too_large"
    assert "1048576 rows and 16384 columns" in str(refusal.value)


@pytest.mark.parametrize(
    ("row", "column"), [pytest.param(1, "XFE", id="column"), pytest.param(1048577, "A", id="row")]
)
def test_cell_outside_the_grid_is_refused(tmp_path: Path, row: int, column: str) -> None:
    rows = f'<row r="{row}"><c r="{column}{row}"><v>5</v></c></row>'

    with pytest.raises(RefusedFileError) as refusal:
        fast(with_rows(tmp_path / "outside.xlsx", rows))

    assert refusal.value.reason_code == "cell_outside_grid"
