"""What an XLSX package says of its workbook: the sheets, where they lie, and the epoch."""

import posixpath
import zipfile
from dataclasses import dataclass

from extract.readers.xml_streams import elements

BROKEN = "spreadsheet_damaged"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of a workbook."""

    name: str
    part: str
    """The entry of the package that holds it; empty if none is named."""
    kind: str
    """Such as `worksheet` or `chartsheet`."""
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """The parts of a workbook."""

    sheets: tuple[SheetPart, ...] = ()
    strings: str = ""
    """The entry that holds the shared strings; empty if there is none."""
    date_epoch: int = 1900


def read_book(archive: zipfile.ZipFile) -> Book:
    """Return the parts of a workbook, its sheets in their order.

    Raises:
        RefusedFileError: a part is no XML.
    """
    book = _book_part(archive)
    folder, file = posixpath.split(book)
    relations = f"{folder}/_rels/{file}.rels".lstrip("/")
    names = set(archive.namelist())
    if book not in names or relations not in names:
        return Book()
    kinds: dict[str, tuple[str, str]] = {}
    with archive.open(relations) as source:
        for element in elements(source, "{*}Relationship", broken=BROKEN):
            kind = element.get("Type", "").rpartition("/")[2]
            kinds[element.get("Id", "")] = (kind, _joined(folder, element.get("Target", "")))
    epoch, sheets = 1900, []
    with archive.open(book) as source:
        for element in elements(source, "{*}workbookPr", "{*}sheet", broken=BROKEN):
            if element.get("date1904") in {"1", "true"}:
                epoch = 1904
            if element.tag.endswith("sheet"):
                relation = element.get(RELATION) or element.get(STRICT_RELATION)
                kind, part = kinds.get(relation or "", ("", ""))
                is_hidden = element.get("state", "visible") != "visible"
                sheets.append(SheetPart(element.get("name", ""), part, kind, is_hidden))
    strings = [part for kind, part in kinds.values() if kind == "sharedStrings"]
    return Book(tuple(sheets), strings[0] if strings else "", epoch)


def _book_part(archive: zipfile.ZipFile) -> str:
    """Return the part that the package names as its document; nearly always xl/workbook.xml."""
    if "_rels/.rels" in archive.namelist():
        with archive.open("_rels/.rels") as source:
            for element in elements(source, "{*}Relationship", broken=BROKEN):
                if element.get("Type", "").endswith("/officeDocument"):
                    return _joined("", element.get("Target", ""))
    return "xl/workbook.xml"


def _joined(folder: str, target: str) -> str:
    joined = target if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(joined).lstrip("/")
