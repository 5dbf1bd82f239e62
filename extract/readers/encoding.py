"""Which encoding a text file is in: certain signs first, the office's word next, a guess last."""

import codecs
from dataclasses import dataclass

import chardet

from extract.errors import RefusedFileError

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, the codec that gave it, and a warning if that codec was guessed."""

    text: str
    encoding: str
    warning: str | None = None


def decode(content: bytes, code_page: str | None) -> Decoded:
    """Return the text of a file, never with a replaced character.

    Order: byte-order mark, UTF-16 by its NUL pattern, strict UTF-8, the office's declared code
    page, detection with a warning (shared/facts.md, Readers).

    Raises:
        RefusedFileError: no encoding fits all bytes.
    """
    for mark, name in BOMS:
        if content.startswith(mark):
            return _strict(content, name)
    wide = _utf16_by_nuls(content)
    if wide:
        return _strict(content, wide)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass  # not UTF-8: the office's code page is next
    if code_page:
        return _strict(content, code_page)
    guess = chardet.detect(content[: 1 << 20])["encoding"]
    if not guess:
        raise RefusedFileError(
            "encoding_unknown",
            "the bytes fit no encoding: export as UTF-8, or declare the office's code_page",
        )
    decoded = _strict(content, guess)
    return Decoded(
        decoded.text,
        decoded.encoding,
        f"encoding guessed as {guess}: check the accents, or declare the office's code_page",
    )


def _strict(content: bytes, name: str) -> Decoded:
    try:
        return Decoded(content.decode(name), name)
    except UnicodeDecodeError as error:
        raise RefusedFileError(
            "encoding_broken",
            f"byte {error.start} does not fit {name}, which the file claims or its office "
            "declares: export it again as UTF-8",
        ) from error


def _utf16_by_nuls(content: bytes) -> str | None:
    """Western text in UTF-16 has a NUL in nearly every second byte."""
    sample = content[:4096]
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    if even > 0.6 * pairs and odd < 0.1 * pairs:
        return "utf-16-be"
    return None
