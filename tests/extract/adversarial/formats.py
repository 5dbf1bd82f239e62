"""Formats by content: names that lie, and files that are no export at all."""

import pyarrow as pa

from tests.extract.adversarial.case import Case, Expected, flagged, loads, refused, usd
from tests.extract.adversarial.files import (
    PLAIN,
    PLAIN_TOTAL,
    archive_of,
    csv,
    edited,
    gzipped,
    html,
    json_text,
    objects,
    plain,
    stored,
    table,
    xlsx,
)
from tests.extract.adversarial.structured import parquet_of

READ = loads(usd(PLAIN_TOTAL), 3)
BOOK = xlsx(table((1000.5, 250000, 78.25), title="Jobs"))
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + bytes(range(256)) + b"\n%%EOF\n"
DOCX = {
    "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/"
    "content-types'/>",
    "word/document.xml": "<w:document xmlns:w='x'><w:body/></w:document>",
}


def _case(case_id: str, nasty: str, content: object, name: str, expected: Expected = READ) -> Case:
    return Case(f"format-{case_id}", nasty, content, expected, name)  # type: ignore[arg-type]


CASES = [
    _case("workbook-named-csv", "a workbook named .csv", BOOK, "approvals.csv"),
    _case("workbook-named-xls", "a new workbook named .xls",
          xlsx(table((1000.5, 250000, 78.25), title="Work")), "approvals.xls"),
    _case("xls-named-xlsx", "an old workbook named .xlsx", stored("renamed.xls"), "a.xlsx"),
    _case("csv-named-xlsx", "text named .xlsx", csv(table(PLAIN, title="A")), "approvals.xlsx"),
    _case("csv-named-xls", "text with tabs named .xls",
          csv(table(PLAIN, title="B"), delimiter="\t"), "approvals.xls"),
    _case("csv-named-json", "text named .json", csv(table(PLAIN, title="C")), "approvals.json"),
    _case("csv-named-zip", "text named .zip", csv(table(PLAIN, title="D")), "approvals.zip"),
    _case("html-named-xls", "a page named .xls", html(table(PLAIN)), "approvals.xls"),
    _case("html-named-csv", "a page named .csv", html(table(PLAIN, title="E")), "approvals.csv"),
    _case("json-named-csv", "JSON named .csv", json_text(objects(PLAIN)) + b"\n", "approvals.csv"),
    _case("parquet-named-csv", "Parquet named .csv", parquet_of(pa.array([1000, 0.75])),
          "approvals.csv",
          loads(usd("1000.75"), 2)),
    _case("gzip-named-csv", "compressed text named .csv", gzipped(csv(table(PLAIN, title="GZ"))),
          "approvals.csv"),
    _case("zip-named-xlsx", "an archive of text named .xlsx",
          archive_of({"approvals.csv": csv(table(PLAIN, title="F"))}), "approvals.xlsx"),
    _case("zip-named-csv", "an archive of text named .csv",
          archive_of({"approvals.csv": csv(table(PLAIN, title="G"))}), "approvals.csv"),
    _case("no-extension", "no extension", csv(table(PLAIN, title="H")), "APPROVALS"),
    _case("odd-name", "a name with quotes, spaces, braces and dots",
          csv(table(PLAIN, title="I")), "a'b\"; {{7*7}} ..  $(x).CSV"),
    _case("name-of-250-bytes", "a name of 250 bytes", csv(table(PLAIN, title="J")),
          "é" * 123 + ".csv"),
    _case("newline-in-name", "a line break in the name", csv(table(PLAIN, title="K")),
          "appro\nvals.csv"),
    _case("pdf", "a PDF", PDF, "approvals.csv", refused()),
    _case("picture", "a picture", PNG, "approvals.csv", refused()),
    _case("word", "a Word document", archive_of({**DOCX}), "approvals.xlsx", refused()),
    _case("program", "a program", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 9, "approvals.csv",
          refused()),
    _case("old-word", "an old compound file that is no workbook",
          b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "approvals.xls", refused()),
    _case("mail", "a mail with the list in its text",
          b"From: a@example.org\nSubject: approvals\n\nDear all,\nNorway gave 100 USD.\n",
          "approvals.csv", refused()),
    _case("nul-bytes", "zeros alone", bytes(4000), "approvals.csv", refused()),
    _case("nul-bytes-inside", "zeros inside a title",
          plain().replace(b"Decent jobs 2", b"Decent\x00\x00jobs"), "approvals.csv",
          flagged(usd(PLAIN_TOTAL), usd("1078.75"))),
    _case("nul-padding", "zeros behind the last row, as a cut copy leaves them",
          plain(delimiter="|") + bytes(512), "approvals.csv",
          flagged(usd(PLAIN_TOTAL))),
    _case("temporary-lock", "the lock file that Excel leaves beside an open workbook",
          b"\x05Nguyen Thi" + b" " * 100 + b"\x00" * 55, "lock_approvals.xlsx", refused()),
    _case("workbook-wrong-parts", "an archive with the first part of a workbook alone",
          edited(BOOK, {"xl/workbook.xml": None}), "approvals.xlsx", refused()),
]  # fmt: skip
