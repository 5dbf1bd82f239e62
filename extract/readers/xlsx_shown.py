"""Cells of an XLSX sheet whose style shows something, found in its bytes without parsing it.

Parsing a sheet costs three times what python-calamine's reading does; spreadsheet programs write
such cells in one form, `<c r="G2" s="5">`. A sheet that has any in another form is parsed.
"""

import re
from collections.abc import Iterator
from typing import IO

from extract.readers.number_formats import Shown
from extract.readers.sheet_details import SheetDetails, column_number

CHUNK = 1 << 20


def shown_cells(source: IO[bytes], styles: dict[str, Shown]) -> SheetDetails | None:
    """Return what the cells of these styles show, or None if the sheet has to be parsed.

    Args:
        source: the sheet's part.
        styles: what each style shows, by its number.
    """
    listed = "|".join(styles).encode()
    style = re.compile(rb' s="(?:%s)"' % listed)
    cell = re.compile(
        rb'<c r="([A-Z]{1,3})([0-9]{1,7})" s="(%s)"(?: t="([a-z]+)")?(/?)>' % listed, re.IGNORECASE
    )
    row = re.compile(rb'<row [^<>]* s="(?:%s)"[^<>]*>' % listed)
    details, columns = SheetDetails(), dict[bytes, int]()
    places: dict[bytes, list[tuple[int, int]]] = {name.encode(): [] for name in styles}
    for part in _whole_tags(source):
        cells = cell.findall(part)
        if len(style.findall(part)) != len(cells) + len(row.findall(part)):
            return None
        for letters, number, name, kind, empty in cells:
            if not empty and kind in {b"", b"n"}:
                if letters not in columns:
                    columns[letters] = column_number(letters.decode())
                places[name].append((int(number) - 1, columns[letters]))
    for text, shown in styles.items():
        if places[text.encode()]:
            details.note_shown(shown, places[text.encode()])
    return details


def _whole_tags(source: IO[bytes]) -> Iterator[bytes]:
    """Yield the bytes in parts that cut no tag."""
    rest = b""
    while chunk := source.read(CHUNK):
        seen = rest + chunk
        end = seen.rfind(b"<")
        rest = seen[end:] if end >= 0 else b""
        yield seen[:end] if end >= 0 else seen
    yield rest
