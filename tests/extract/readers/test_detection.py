"""What a file is, by its content; and that what holds no table is named and refused.

Not here: how each kind is read.
"""

import io
import zipfile
from pathlib import Path

import pytest

from extract.errors import RefusedFileError
from extract.readers.detection import detect, reader_for


def _zip(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"%PDF-1.7\n", "PDF document", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "PNG picture", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0", "JPEG picture", id="jpeg"),
        pytest.param(b"SQLite format 3\x00", "SQLite database", id="sqlite"),
        pytest.param(b"{\\rtf1\\ansi}", "RTF document", id="rtf"),
        pytest.param(b"7z\xbc\xaf\x27\x1c", "7-Zip archive", id="7-zip"),
        pytest.param(b"x" * 257 + b"ustar\x00" + b"x" * 300, "TAR archive", id="tar"),
        pytest.param(b"ARROW1\x00\x00", "Feather", id="feather"),
        pytest.param(b"\x09\x04\x06\x00\x00\x00", "Excel 4 workbook", id="excel-4"),
        pytest.param(b"ID;PCALCOOO32\n", "SYLK file", id="sylk"),
        pytest.param(b"TABLE\r\n0,1\r\n", "DIF file", id="dif"),
        pytest.param(b"MIME-Version: 1.0\n", "web archive", id="mhtml"),
        pytest.param(_zip("[Content_Types].xml", "word/document.xml"), "Word document", id="docx"),
        pytest.param(_zip("[Content_Types].xml", "ppt/x.xml"), "PowerPoint", id="pptx"),
        pytest.param(_zip("Index/Document.iwa"), "Apple Numbers", id="numbers"),
        pytest.param(b"<?xml version='1.0'?><invoice/>", "root is 'invoice'", id="other-xml"),
        pytest.param(b"<note>a, b</note>", "root is 'note'", id="xml-of-one-line"),
        pytest.param(b"<note>a, b\n</note>", "root is 'note'", id="xml-of-two-lines"),
        pytest.param(b"<iati-organisations/>", "organisation file", id="iati-organisations"),
    ],
)
def test_file_without_a_table_is_named_and_refused(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(content)

    with pytest.raises(RefusedFileError, match=words) as refusal:
        reader_for(path)

    assert refusal.value.reason_code == "format_unknown"
    assert "export as CSV or XLSX" in str(refusal.value)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(b"a,b\n1,2\n", "delimited", id="csv"),
        pytest.param(b"<5,>6\n1,2\n", "delimited", id="csv-with-angle-brackets"),
        pytest.param(b'<a href="x">Oslo</a>,1\n', "delimited", id="csv-with-a-link-in-front"),
        pytest.param(b"<p>a</p>;1\n<div>b</div>;2\n", "delimited", id="csv-of-markup"),
        pytest.param(b"<b>A, B</b>,\n<table><tr>", "html", id="html-below-a-bold-line"),
        pytest.param(b"[a],b\n", "delimited", id="csv-with-bracket"),
        pytest.param(b"{a},b\n", "delimited", id="csv-with-brace"),
        pytest.param('[{"a":1}]'.encode("utf-16-le"), "json", id="json-in-utf-16"),
        pytest.param(b'{"a":1}\n{"a":2}', "json", id="json-lines"),
        pytest.param(b"\xef\xbb\xbf\n<html><table>", "html", id="html-with-mark"),
        pytest.param(b"<!-- x --><iati-activities>", "iati", id="iati-below-a-comment"),
        pytest.param(_zip("a.csv"), "zip", id="zip"),
        pytest.param(_zip("xl/notes.csv"), "zip", id="zip-with-a-folder-named-xl"),
        pytest.param(b"\x1f\x8b\x08", "packed", id="gzip"),
        pytest.param(b"PAR1", "parquet", id="parquet"),
    ],
)
def test_kind_is_what_the_content_says(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "export.pdf"
    path.write_bytes(content)

    assert detect(path).name == kind
