"""Cell styles of XLSX workbooks, so far as their number formats change what a number means.

It may be shown as a percentage, with a currency, or as a day; most styles only colour it.
"""

import io
import zipfile
from dataclasses import dataclass, field

from extract.readers.archive_check import read_entry
from extract.readers.number_formats import NOTHING, Clock, Formats, Shown
from extract.readers.xml_streams import elements

LARGEST = 1 << 24


@dataclass(frozen=True, slots=True)
class Styles:
    """Cell styles by their number, as cells name them."""

    shown: dict[int, Shown] = field(default_factory=dict)
    """Those that show something beside the number."""
    clocks: dict[int, Clock] = field(default_factory=dict)
    """Those that show the number as days."""


def read_styles(archive: zipfile.ZipFile, broken: str) -> Styles:
    """Return the styles of a workbook.

    Raises:
        RefusedFileError: the styles are damaged or no XML.
    """
    for entry in archive.infolist():
        if entry.filename.lower().endswith("/styles.xml") and entry.file_size < LARGEST:
            content = bytearray()
            read_entry(archive, entry, "spreadsheet", content.extend)
            return _styles(bytes(content), broken)
    return Styles()


def _styles(content: bytes, broken: str) -> Styles:
    formats, styles = Formats(), Styles()
    for element in elements(io.BytesIO(content), "{*}numFmt", "{*}cellXfs", broken=broken):
        if element.tag.endswith("numFmt"):
            formats.add(_number(element.get("numFmtId")), element.get("formatCode", ""))
            continue
        for place, style in enumerate(element.iterchildren("{*}xf")):
            number = _number(style.get("numFmtId"))
            shown, clock = formats.of(number), formats.clock_of(number)
            if shown != NOTHING:
                styles.shown[place] = shown
            if clock:
                styles.clocks[place] = clock
    return styles


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else -1
