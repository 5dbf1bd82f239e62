"""Workbooks for tests: written by a spreadsheet writer, with markup put in its place by hand."""

import zipfile
from pathlib import Path

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"


def with_rows(path: Path, rows: str, **others: str) -> Path:
    """Write a workbook whose only sheet has these rows, as markup.

    Args:
        path: of the workbook.
        rows: what stands between the tags of its data.
        others: a part's stem → what it holds instead of what the writer wrote.
    """
    plain = path.with_suffix(".plain")
    with xlsxwriter.Workbook(str(plain)) as book:
        book.add_worksheet().write(0, 0, "shared")
        for number_format in ("0%", "[$€-407] 0.00", "yyyy-mm-dd hh:mm", "[h]:mm"):
            book.add_format({"num_format": number_format})._get_xf_index()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            if name == SHEET:
                start, end = content.index("<sheetData>") + 11, content.index("</sheetData>")
                content = content[:start] + rows + content[end:]
            target.writestr(name, others.get(Path(name).stem, content).encode())
    return path
