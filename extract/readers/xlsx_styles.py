"""Cell styles of XLSX workbooks whose number formats say something: a percentage, a currency.

Styles are read only so far as to know which of them do; most workbooks have none, and their sheets
are not looked through.
"""

import io
import zipfile

from extract.readers.archive_check import read_entry
from extract.readers.number_formats import NOTHING, Formats, Shown
from extract.readers.xml_streams import elements

LARGEST = 1 << 24


def telling_styles(archive: zipfile.ZipFile, broken: str) -> dict[str, Shown]:
    """Return what each cell style shows, by its number as cells name it; those that do only.

    Raises:
        RefusedFileError: the styles are damaged or no XML.
    """
    for entry in archive.infolist():
        if entry.filename.lower().endswith("/styles.xml") and entry.file_size < LARGEST:
            content = bytearray()
            read_entry(archive, entry, "spreadsheet", content.extend)
            return _telling_styles(bytes(content), broken)
    return {}


def _telling_styles(content: bytes, broken: str) -> dict[str, Shown]:
    formats = Formats()
    found: dict[str, Shown] = {}
    for element in elements(io.BytesIO(content), "{*}numFmt", "{*}cellXfs", broken=broken):
        if element.tag.endswith("numFmt"):
            formats.add(_number(element.get("numFmtId")), element.get("formatCode", ""))
            continue
        for place, style in enumerate(element.iterchildren("{*}xf")):
            shown = formats.of(_number(style.get("numFmtId")))
            if shown != NOTHING:
                found[str(place)] = shown
    return found


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else -1
