"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS) in the child process; macros are never run."""

from contextlib import suppress
from pathlib import Path

from extract.readers import xlsx
from extract.readers.archive_check import OLE, open_archive
from extract.readers.table import RawTable
from extract.readers.xlsx_forms import IrregularMarkupError


def parse(path: Path, code_page: str | None) -> list[RawTable]:  # noqa: ARG001
    """Return each visible worksheet that has a cell.

    Raises:
        RefusedFileError: the workbook is damaged, a bomb, or protected by a password.
    """
    kind = _kind(path)
    if kind == "xlsx":
        with suppress(IrregularMarkupError), open_archive(path, "spreadsheet") as archive:
            return xlsx.read_workbook(archive)
    from extract.readers import calamine_books

    return calamine_books.parse(path, kind)


def _kind(path: Path) -> str:
    """Return the format of a workbook, by its content."""
    with path.open("rb") as source:
        if source.read(len(OLE)) == OLE:
            return "xls"
    with open_archive(path, "spreadsheet") as archive:
        names = archive.namelist()
    if "content.xml" in names:
        return "ods"
    return "xlsb" if any(name.lower().endswith("workbook.bin") for name in names) else "xlsx"
