"""The lines of a text file as its encoding gives them, repaired line by line where certain."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from extract.errors import RefusedFileError
from extract.readers.encoding import Encoding
from extract.readers.mojibake import undone
from extract.readers.named_lines import named_lines


@dataclass(slots=True)
class LineRepairs:
    """Numbers of the physical lines that were changed, by what was wrong with them."""

    other_encoding: list[int] = field(default_factory=list)
    double_encoded: list[int] = field(default_factory=list)
    nuls: list[int] = field(default_factory=list)

    def warnings(self, encoding: Encoding) -> list[str]:
        """Return one warning for each kind of repair, naming the lines."""
        kinds = (
            (self.other_encoding, f"were no UTF-8 and were read as {encoding.fallback}"),
            (self.double_encoded, "had UTF-8 encoded twice (Ã© for é), which was undone"),
            (self.nuls, "held NUL characters, which were left out"),
        )
        return [f"{named_lines(lines)} {what}" for lines, what in kinds if lines]


@contextmanager
def open_lines(path: Path, encoding: Encoding, repairs: LineRepairs) -> Iterator[Iterator[str]]:
    """Open a file as lines of text with their line ends: LF, CRLF or CR."""
    with path.open("rb") as source:
        if encoding.is_mixed:
            yield _mixed(source, encoding, repairs)
        else:
            codec = "utf-8-sig" if encoding.codec == "utf-8" else encoding.codec
            text = io.TextIOWrapper(source, codec, errors="strict", newline="")
            yield _mended(text, encoding, repairs)


def _mended(text: io.TextIOBase, encoding: Encoding, repairs: LineRepairs) -> Iterator[str]:
    if not (encoding.is_double_encoded or encoding.has_nuls):
        yield from text
        return
    for number, line in enumerate(text, start=1):
        yield _mended_line(number, line, encoding, repairs)


def _mended_line(number: int, line: str, encoding: Encoding, repairs: LineRepairs) -> str:
    if "\x00" in line:
        line = line.replace("\x00", "")
        repairs.nuls.append(number)
    if encoding.is_double_encoded and not line.isascii():
        meant = undone(line)
        if meant is not None and meant != line:
            repairs.double_encoded.append(number)
            return meant
    return line


def _mixed(source: io.BufferedReader, encoding: Encoding, repairs: LineRepairs) -> Iterator[str]:
    number = 0
    for content in source:
        try:
            text = content.decode("utf-8-sig" if number == 0 else "utf-8")
            is_other = False
        except UnicodeDecodeError:
            text, is_other = _other(content, encoding.fallback, number + 1), True
        for line in io.StringIO(text, newline=""):
            number += 1
            if is_other:
                repairs.other_encoding.append(number)
            if "\x00" in line:
                repairs.nuls.append(number)
                line = line.replace("\x00", "")  # noqa: PLW2901
            yield line


def _other(content: bytes, codec: str, number: int) -> str:
    """Return a line that is no UTF-8 in the other encoding.

    Raises:
        RefusedFileError: the line holds both encodings, or does not fit the other one either.
    """
    found = content.decode("utf-8", "surrogateescape")
    whole = any(not c.isascii() and not "\udc80" <= c <= "\udcff" for c in found)
    try:
        if not whole:
            return content.decode(codec)
    except UnicodeDecodeError:
        whole = True
    raise RefusedFileError(
        "encoding_broken",
        f"line {number} holds bytes of two encodings: export the file again as UTF-8",
    )
