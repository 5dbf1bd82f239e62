"""HTML pages: tables, encodings, spans, and pages made to hurt.

Not here: an HTML table named .xls (test_spreadsheet.py has one in its catalogue).
"""

from pathlib import Path

import pytest

from extract.errors import RefusedFileError
from extract.readers import RawTable, reader_for
from extract.readers.table import Merge

ROW = "<tr><td>Suède</td><td>5</td></tr>"


def read(folder: Path, content: str | bytes) -> list[RawTable]:
    """Return the tables of a page."""
    path = folder / "page.xls"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return reader_for(path).read(path, None)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        pytest.param(f"<table>{ROW}</table>".encode(), "utf-8", id="utf-8"),
        pytest.param(f"<table>{ROW}</table>".encode("utf-16"), "utf-16", id="utf-16"),
        pytest.param(
            f'<meta charset="ISO-8859-1"><table>{ROW}</table>'.encode("cp1252"),
            "cp1252",
            id="declared-latin-1-means-windows-1252",
        ),
        pytest.param(
            f'<html><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
            f"<table>{ROW}</table>".encode(),
            "utf-8",
            id="declared-utf-8",
        ),
    ],
)
def test_page_is_read_in_its_encoding(tmp_path: Path, content: bytes, encoding: str) -> None:
    [table] = read(tmp_path, content)

    assert (table.encoding, table.sample(1)) == (encoding, [["Suède", "5"]])


@pytest.mark.parametrize(
    ("body", "rows", "merges"),
    [
        pytest.param(
            "<tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d",
            [["a", "b"], ["", "c", "d"]],
            (Merge(1, 2, 0, 0), Merge(1, 1, 1, 2)),
            id="spans",
        ),
        pytest.param(
            "<tr><td rowspan=999999999 colspan=999999999>a</td></tr>",
            [["a"]],
            (Merge(1, 1, 0, 999),),
            id="spans-without-end",
        ),
        pytest.param("<tr><td>a<br>b <b>c</b>&nbsp;</td></tr>", [["a b c"]], (), id="marked-up"),
        pytest.param(
            "<tr><td>a<script>alert(1)</script><style>p{}</style></td></tr>",
            [["a"]],
            (),
            id="scripts-are-no-text",
        ),
        pytest.param("<thead><tr><th>a</thead><tr><td>b", [["a"], ["b"]], (), id="unclosed"),
    ],
)
def test_cells_have_their_place(
    tmp_path: Path, body: str, rows: list[list[str]], merges: tuple[Merge, ...]
) -> None:
    [table] = read(tmp_path, f"<table>{body}</table>")

    assert table.sample(9) == rows
    assert table.merges == merges


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param('<td x:num="1234.5">1&nbsp;234,50</td>', "1234.5", id="number"),
        pytest.param('<td sdval="0.125">12,5%</td>', "12.5%", id="percent"),
        pytest.param('<td sdval="-1234.5">(US$ 1,234.50)</td>', "-1234.5", id="parentheses"),
        pytest.param('<td sdval="38721">2006-01-04</td>', "2006-01-04", id="iso-date"),
        pytest.param('<td sdval="38721">04.01.2006</td>', "04.01.2006", id="date-with-points"),
        pytest.param('<td sdval="0">#DIV/0!</td>', "#DIV/0!", id="error"),
        pytest.param('<td sdval="x">5</td>', "5", id="no-number-at-all"),
        pytest.param("<td x:num>1,5</td>", "1,5", id="no-value"),
    ],
)
def test_number_beside_the_text_counts_only_where_the_text_shows_it(
    tmp_path: Path, cell: str, text: str
) -> None:
    [table] = read(tmp_path, f"<table><tr>{cell}</tr></table>")

    assert table.records.head(1) == [[text]]


def test_tables_beside_and_inside_each_other_are_tables_of_their_own(tmp_path: Path) -> None:
    tables = read(
        tmp_path,
        "<table><tr><td><table><tr><td>inner</table></table><table><tr><td>other</table>",
    )

    assert [(table.sheet_name, table.sample(1)) for table in tables] == [
        ("table 1", [["inner"]]),
        ("table 2", [["other"]]),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param("<html><p>no table</p></html>", "format_unknown", id="no-table"),
        pytest.param("<table><tr><td></td></tr></table>", "file_empty", id="empty-table"),
        pytest.param(
            "<table><tr><td>" + "<div>" * 100_000 + "x</table>", "html_damaged", id="deep"
        ),
        pytest.param("<table><tr><td>" * 20_000, "html_damaged", id="deep-tables"),
    ],
)
def test_page_is_refused_with_a_reason(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(RefusedFileError) as refusal:
        read(tmp_path, content)

    assert refusal.value.reason_code == reason


def test_entities_of_a_document_type_are_not_expanded(tmp_path: Path) -> None:
    page = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<table><tr><td>a &x;</td></tr></table>"
    )

    assert "root:" not in str([table.sample(9) for table in read(tmp_path, page)])


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"<html><body><table>{ROW}<tr><td>Norvège</td><td>50", id="in-a-cell"),
        pytest.param(f"<table>{ROW}", id="between-rows-of-a-bare-table"),
        pytest.param(f"<table>{ROW}<!-- </table></html> -->", id="end-in-a-comment"),
    ],
)
def test_page_is_refused_when_it_ends_inside_a_table(tmp_path: Path, page: str) -> None:
    with pytest.raises(RefusedFileError) as error:
        read(tmp_path, page)

    assert error.value.reason_code == "html_damaged"


@pytest.mark.parametrize(
    ("page", "words"),
    [
        pytest.param(f"<html><body><table>{ROW}</body></html>", "", id="table-never-closed"),
        pytest.param(f"<html><table>{ROW}</table>", "has no end", id="no-end-of-page"),
        pytest.param(
            '<table><tr><td>Suède</td><td><b style="visibility: hidden">9</b>5</td></tr></table>',
            "not shown was left out of cells, 1 in number (B1)",
            id="hidden-text",
        ),
        pytest.param(
            "<table><tr><td>Suède</td><td hidden>5</td></tr></table>",
            "hidden columns are loaded too (columns B)",
            id="hidden-cell",
        ),
        pytest.param(
            f'<div style="DISPLAY:none"><table>{ROW}</table></div><table>{ROW}</table>',
            "not loaded: 1 hidden tables",
            id="hidden-table",
        ),
    ],
)
def test_page_is_read_with_a_warning_when_it_hides_something(
    tmp_path: Path, page: str, words: str
) -> None:
    [table] = read(tmp_path, page)

    assert table.sample(1) == [["Suède", "5"]]
    assert words in "; ".join(table.warnings)
    assert bool(words) == bool(table.warnings)
