"""Why a text file is read in its encoding: what its bytes prove, what the office declares."""

import codecs
from pathlib import Path

MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
MARKS_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
PACKED = (b"PK", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
CHUNK = 1 << 20


def why_encoding(path: Path, codec: str, code_page: str | None) -> str | None:
    """Return the ground on which a codec was chosen; None for a file inside an archive.

    Args:
        path: the file.
        codec: the codec that it is read with.
        code_page: what the office declares for bytes that are not Unicode.
    """
    with path.open("rb") as source:
        start = source.read(8)
    if start.startswith(PACKED):
        return None
    if start.startswith((*MARKS, *MARKS_16)):
        return "the file begins with a byte-order mark"
    if codec.lower().replace("-", "_").startswith(("utf_16", "utf_32")):
        return "the zero bytes between the letters"
    return _why_narrow(_beyond_ascii(path), codec, code_page)


def _why_narrow(beyond: int | None, codec: str, code_page: str | None) -> str:
    if beyond == 0:
        return "every byte is ASCII"
    if beyond is not None:
        return f"every byte is valid UTF-8, {beyond} characters of it beyond ASCII"
    if code_page and codecs.lookup(codec) == codecs.lookup(code_page):
        return f"the bytes are no UTF-8, and the office declares {code_page}"
    return "a guess: the bytes are no UTF-8, and this is the likeliest code page for them"


def _beyond_ascii(path: Path) -> int | None:
    """Return how many characters are not ASCII; None if the bytes are no UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    count = 0
    try:
        with path.open("rb") as source:
            while chunk := source.read(CHUNK):
                text = decoder.decode(chunk)
                count += 0 if text.isascii() else sum(not sign.isascii() for sign in text)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return count
