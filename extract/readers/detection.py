"""What a file is, by its content and never by its name, and which reader that calls for."""

import json
import re
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import olefile

from extract.errors import RefusedFileError
from extract.readers.archive_check import OLE, damaged

if TYPE_CHECKING:
    from extract.readers.table import Reader

HEAD_BYTES = 1 << 16
UNKNOWN, ZIP, PACKED, DELIMITED = "unknown", "zip", "packed", "delimited"
BOOK_SIGNS = (b"[Content_Types].xml", b"xl/", b"opendocument.spreadsheet")
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is."""

    name: str
    """A parser of `extract.readers.child`, `delimited`, `zip`, `packed` or `unknown`."""
    description: str
    """For people: `a PDF document`."""


SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"PAR1", "parquet", "a Parquet file"),
    (0, b"\x1f\x8b", PACKED, "a GZIP file"),
    (0, b"BZh", PACKED, "a BZIP2 file"),
    (0, b"\xfd7zXZ\x00", PACKED, "an XZ file"),
    (0, b"PARE", UNKNOWN, "an encrypted Parquet file"),
    (0, b"%PDF", UNKNOWN, "a PDF document"),
    (0, b"\x89PNG\r\n", UNKNOWN, "a PNG picture"),
    (0, b"\xff\xd8\xff", UNKNOWN, "a JPEG picture"),
    (0, b"GIF8", UNKNOWN, "a GIF picture"),
    (0, b"II*\x00", UNKNOWN, "a TIFF picture"),
    (0, b"MM\x00*", UNKNOWN, "a TIFF picture"),
    (8, b"WEBP", UNKNOWN, "a WebP picture"),
    (0, b"SQLite format 3\x00", UNKNOWN, "an SQLite database"),
    (8, b"DUCK", UNKNOWN, "a DuckDB database"),
    (4, b"Standard Jet DB", UNKNOWN, "a Microsoft Access database"),
    (4, b"Standard ACE DB", UNKNOWN, "a Microsoft Access database"),
    (0, b"{\\rtf", UNKNOWN, "an RTF document"),
    (0, b"Rar!", UNKNOWN, "a RAR archive (pack the files as ZIP)"),
    (0, b"7z\xbc\xaf\x27\x1c", UNKNOWN, "a 7-Zip archive (pack the files as ZIP)"),
    (0, b"\x28\xb5\x2f\xfd", UNKNOWN, "a Zstandard file (pack it as ZIP)"),
    (257, b"ustar", UNKNOWN, "a TAR archive (pack the files as ZIP)"),
    (0, b"ARROW1", UNKNOWN, "an Arrow (Feather) file"),
    (0, b"FEA1", UNKNOWN, "an old Feather file"),
    (0, b"ORC", UNKNOWN, "an ORC file"),
    (0, b"Obj\x01", UNKNOWN, "an Avro file"),
    (0, b"\x89HDF\r\n", UNKNOWN, "an HDF5 file"),
    (0, b"$FL2", UNKNOWN, "an SPSS file"),
    (0, b"<stata_dta>", UNKNOWN, "a Stata file"),
    (0, b"\x7fELF", UNKNOWN, "a program"),
    (0, b"MZ\x90", UNKNOWN, "a program"),
    (0, b"\x09\x00\x04\x00", UNKNOWN, "an Excel 2 workbook"),
    (0, b"\x09\x02\x06\x00", UNKNOWN, "an Excel 3 workbook"),
    (0, b"\x09\x04\x06\x00", UNKNOWN, "an Excel 4 workbook"),
    (0, b"\x09\x08\x10\x00", UNKNOWN, "an XLS workbook without its container"),
    (0, b"\x09\x08\x08\x00", UNKNOWN, "an XLS workbook without its container"),
    (0, b"ID;P", UNKNOWN, "a SYLK file"),
    (0, b"TABLE\r\n0,1", UNKNOWN, "a DIF file"),
    (0, b"TABLE\n0,1", UNKNOWN, "a DIF file"),
    (0, b"MIME-Version:", UNKNOWN, "a web archive (MHTML)"),
)
"""Offset, bytes, kind, description; `unknown` kinds are named so that the office knows."""

OFFICE_STREAMS = {
    "EncryptedPackage": ("spreadsheet", "an encrypted Office document"),
    "Workbook": ("spreadsheet", "an XLS workbook"),
    "Book": ("spreadsheet", "an XLS workbook"),
    "WordDocument": (UNKNOWN, "a Word document (DOC)"),
    "PowerPoint Document": (UNKNOWN, "a PowerPoint presentation (PPT)"),
    "__properties_version1.0": (UNKNOWN, "an Outlook message"),
}
PACKAGE_FOLDERS = {
    "xl/": ("spreadsheet", "an Office Open XML workbook"),
    "word/": (UNKNOWN, "a Word document (DOCX)"),
    "ppt/": (UNKNOWN, "a PowerPoint presentation (PPTX)"),
    "index/document.iwa": (UNKNOWN, "an Apple Numbers document"),
}
ROOTS = {
    "iati-activities": ("iati", "IATI activities"),
    "iati-activity": ("iati", "an IATI activity"),
    "iati-organisations": (UNKNOWN, "an IATI organisation file (send the activities)"),
    "document": (UNKNOWN, "a flat XML document (FODS or similar)"),
    "workbook": ("spreadsheet_xml", "an XML Spreadsheet 2003"),
}
FIRST_TAG = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
BESIDE_TAGS = re.compile(r"<!--.*?(-->|$)|<\?.*?(\?>|$)", re.DOTALL)
CELL_BEHIND = re.compile(r"[^<>]{0,200}?[,;|\t]")
PAGE_SIGN = re.compile(r"<(!doctype\s+html|html|table|body)\b", re.IGNORECASE)
HTML_SIGN = re.compile(r"<(!doctype\s+html|html|table|head|body|meta|style|div)\b", re.IGNORECASE)


def detect(path: Path) -> Kind:
    """Return what a file is; text of no other kind is `delimited`.

    Raises:
        RefusedFileError: the file is empty, or a ZIP archive whose directory cannot be read.
    """
    with path.open("rb") as source:
        head = source.read(HEAD_BYTES)
    if not head:
        raise RefusedFileError("file_empty", "the file has no bytes: export it again")
    if head.startswith(ZIP_MAGIC):
        return _in_zip(path, head)
    if head.startswith(OLE):
        return _in_ole(path)
    for offset, magic, name, description in SIGNATURES:
        if head.startswith(magic, offset):
            return Kind(name, description)
    return _in_text(head)


def reader_for(path: Path) -> "Reader":
    """Return the reader for what the file contains, whatever its name says.

    Raises:
        RefusedFileError: the file is empty, or of a kind that holds no table we can read.
    """
    from extract.readers.containers import ContainerReader
    from extract.readers.delimited import DelimitedReader
    from extract.readers.isolated import IsolatedReader

    kind = detect(path)
    if kind.name == UNKNOWN:
        raise RefusedFileError(
            "format_unknown", f"the file is {kind.description}: export as CSV or XLSX"
        )
    if kind.name in {ZIP, PACKED}:
        return ContainerReader()
    return DelimitedReader() if kind.name == DELIMITED else IsolatedReader(kind.name)


def _in_zip(path: Path, head: bytes) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name.lower().replace("\\", "/") for name in archive.namelist()]
            media = (
                archive.read("mimetype")[:100].decode("ascii", "replace")
                if ("mimetype" in names and archive.getinfo("mimetype").file_size < 1000)
                else ""
            )
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, KeyError) as error:
        is_book = any(sign in head for sign in BOOK_SIGNS)
        what = "spreadsheet" if is_book else "archive"
        raise damaged(what, str(error)) from error
    if "opendocument" in media:
        is_sheet = "spreadsheet" in media
        return Kind("spreadsheet" if is_sheet else UNKNOWN, f"an OpenDocument file ({media})")
    if "[content_types].xml" in names or "index/document.iwa" in names:
        for folder, (name, description) in PACKAGE_FOLDERS.items():
            if any(entry.startswith(folder) for entry in names):
                return Kind(name, description)
    return Kind(ZIP, "a ZIP archive")


def _in_ole(path: Path) -> Kind:
    try:
        with olefile.OleFileIO(path) as container:
            for stream, (name, description) in OFFICE_STREAMS.items():
                if container.exists(stream):
                    return Kind(name, description)
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise RefusedFileError(
            "spreadsheet_damaged", f"the file is cut or corrupt ({error}): save it again"
        ) from error
    return Kind(UNKNOWN, "an Office document without a workbook")


def _in_text(head: bytes) -> Kind:
    """Tell markup and JSON from delimited text; wide encodings look narrow without their NULs."""
    text = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").decode("latin-1").lstrip()
    if text.startswith("<"):
        return _in_markup(text)
    if text.startswith(("{", "[")) and _starts_json(text):
        return Kind("json", "JSON")
    return Kind(DELIMITED, "delimited text")


def _in_markup(text: str) -> Kind:
    bare = BESIDE_TAGS.sub("", text)
    first = FIRST_TAG.search(bare)
    root = first.group(2).lower() if first else ""
    if "urn:schemas-microsoft-com:office:spreadsheet" in text and root == "workbook":
        return Kind("spreadsheet_xml", "an XML Spreadsheet 2003")
    if root in ROOTS and root != "workbook":
        return Kind(*ROOTS[root])
    if first and _is_first_cell(bare, first):
        return Kind(DELIMITED, "delimited text")
    if HTML_SIGN.search(bare):
        return Kind("html", "an HTML page")
    if text.startswith("<?xml") or (first and f"</{first.group(2)}" in bare):
        return Kind(UNKNOWN, f"XML of an unknown kind (its root is {root!r})")
    return Kind(DELIMITED, "delimited text")


def _is_first_cell(bare: str, first: re.Match[str]) -> bool:
    """Whether markup is only the first cell of a line: a delimiter follows where its element ends.

    A page with a table is a page, whatever stands in front of its table.
    """
    line = bare[first.start() :].split("\n", 1)[0]
    end = line.rfind(f"</{first.group(2)}>")
    behind = line[end:].partition(">")[2] if end > 0 else ""
    return bool(CELL_BEHIND.match(behind)) and not PAGE_SIGN.search(bare)


def _starts_json(text: str) -> bool:
    """Whether a text that begins with a bracket goes on as JSON does, and not as a header does."""
    if re.match(r"\{\s*(\"|\})", text) or re.match(r"\[\s*(\{|\[|\])", text):
        return True
    try:
        json.JSONDecoder().raw_decode(text)
    except ValueError:
        return False
    return True
