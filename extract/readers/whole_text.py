"""A whole file as one text, for formats that are parsed at once: JSON, HTML."""

from dataclasses import dataclass
from pathlib import Path

from extract.readers.encoding import find_encoding
from extract.readers.text_lines import LineRepairs, open_lines


@dataclass(frozen=True, slots=True)
class WholeText:
    """A file's text, the codec that gave it, and what was noticed."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def read_text(path: Path, code_page: str | None) -> WholeText:
    """Return the text of a file, never with a replaced character.

    Raises:
        RefusedFileError: no encoding fits all bytes.
    """
    encoding = find_encoding(path, code_page)
    repairs = LineRepairs()
    with open_lines(path, encoding, repairs) as lines:
        text = "".join(lines)
    noticed = [encoding.warning] if encoding.warning else []
    return WholeText(text, encoding.codec, (*noticed, *repairs.warnings(encoding)))
