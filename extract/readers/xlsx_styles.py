"""Number formats of XLSX workbooks that change what a number means: a cell that shows 12 % is 0.12.

python-calamine gives 0.12 alone. Styles are read only so far as to know which of them show
percentages; most workbooks have none, and their sheets are not looked through.
"""

import io
import re
import zipfile

from extract.readers.archive_check import read_entry
from extract.readers.xml_streams import elements

LARGEST = 1 << 24
BUILT_IN_PERCENT = {"9", "10"}
NOT_SHOWN_AS_SIGN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
"""Parts of a format in which % is a letter like any other, or colours and conditions."""


def percent_styles(archive: zipfile.ZipFile, broken: str) -> frozenset[str]:
    """Return the numbers of the cell styles that show a percentage, as cells name them.

    Raises:
        RefusedFileError: the styles are damaged or no XML.
    """
    for entry in archive.infolist():
        if entry.filename.lower().endswith("/styles.xml") and entry.file_size < LARGEST:
            content = bytearray()
            read_entry(archive, entry, "spreadsheet", content.extend)
            return _percent_styles(bytes(content), broken)
    return frozenset()


def _percent_styles(content: bytes, broken: str) -> frozenset[str]:
    percents = set(BUILT_IN_PERCENT)
    found: set[str] = set()
    for element in elements(io.BytesIO(content), "{*}numFmt", "{*}cellXfs", broken=broken):
        if element.tag.endswith("numFmt"):
            if shows_percent(element.get("formatCode", "")):
                percents.add(element.get("numFmtId", ""))
            continue
        formats = [style.get("numFmtId", "") for style in element.iterchildren("{*}xf")]
        found.update(str(place) for place, number in enumerate(formats) if number in percents)
    return frozenset(found)


def shows_percent(code: str) -> bool:
    """Whether a number format shows a number as a percentage."""
    return "%" in NOT_SHOWN_AS_SIGN.sub("", code)
