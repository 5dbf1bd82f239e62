"""Which encoding a text file is in: certain signs first, the office's word next, a guess last.

Only a bounded sample is weighed; the choice is then proven on every byte, in chunks. Nothing is
ever replaced: what does not decode is repaired by line where that is certain, or refused.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from extract.errors import RefusedFileError
from extract.readers.code_pages import CLEARLY, decoded, most_plausible, plausibility
from extract.readers.mojibake import is_double_encoded
from extract.readers.rare_lines import cut_before, rare_lines

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
CHUNK = 1 << 22
SAMPLE_BYTES = 1 << 18
RARE_BYTES = 1 << 16
"""How much of the file around its non-ASCII bytes is weighed, wherever they are."""
ESCAPING = ("iso2022_jp", "iso2022_kr")
LOST_LETTER = "\ufffd".encode()
LEAST_PLAUSIBLE = 0.2
NUL_SHARE = 0.005
ENDS_IN_LETTERS = re.compile("[ĊčȊȍЊЍ؊؍]")
"""Letters that have the byte of a line end in UTF-16: no sign that it is read wrongly."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a file become text."""

    codec: str
    """A Python codec name."""
    warning: str | None = None
    is_mixed: bool = False
    """Lines that are not UTF-8 are read with `fallback`."""
    fallback: str = "cp1252"
    is_double_encoded: bool = False
    has_nuls: bool = False
    is_utf8: bool = False
    """The bytes are valid UTF-8 throughout, perhaps with a byte-order mark."""
    has_lost_letters: bool = False
    """The text holds U+FFFD: some program before us replaced what it could not read."""


@dataclass(frozen=True, slots=True)
class _Scan:
    """What one pass over the bytes has found."""

    is_utf8: bool
    has_nuls: bool
    rare: bytes
    """Stretches around non-ASCII bytes."""
    has_lost_letters: bool


def find_encoding(path: Path, code_page: str | None) -> Encoding:
    """Return how a text file is encoded.

    Args:
        path: the file.
        code_page: what its office declares for bytes that are not Unicode, or None.

    Raises:
        RefusedFileError: the bytes fit no encoding for certain, or are no text.
    """
    with path.open("rb") as source:
        start = source.read(SAMPLE_BYTES)
        for mark, codec in BOMS:
            if start.startswith(mark) and codec != "utf-8-sig":
                return _proven(source, Encoding(codec), "its byte-order mark")
        wide = wide_codec(start)
        if wide:
            return _proven(source, Encoding(wide), "the pattern of its bytes")
        for codec in ESCAPING if b"\x1b$" in start else ():
            if decoded(start, codec) is not None:
                return _proven(source, Encoding(codec), "its escape sequences")
        scan = _scan(source)
        _refuse_binary(start)
        if scan.is_utf8:
            codec = "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"
            return _unicode(codec, scan)
        mixed = _mixed(scan.rare, code_page)
        if mixed:
            return _with_nuls(mixed, scan)
        if start.startswith(codecs.BOM_UTF8):
            raise _broken("utf-8", "its byte-order mark claims", 0)
        return _with_nuls(_detected(source, scan.rare, code_page), scan)


def wide_codec(sample: bytes) -> str | None:
    """Return UTF-16 or UTF-32 without a mark: line ends, spaces and digits have zero bytes.

    Text in any script has some of those, always with their zeros on the same side.
    """
    length = len(sample) // 4 * 4
    nuls = sample.count(0)
    if length < 4 or nuls < max(2, NUL_SHARE * length):
        return None
    for codec in ("utf-32-le", "utf-32-be"):
        text = decoded(sample[:length], codec)
        if text is not None and _is_plain(text):
            return codec
    even, odd = sample[:length:2].count(0), sample[1:length:2].count(0)
    codec = "utf-16-le" if odd > even else "utf-16-be"
    if min(even, odd) > 0.05 * max(even, odd):
        return None
    text = decoded(sample[: len(sample) // 2 * 2], codec)
    if text is None:
        return None
    ends, end_bytes = len(re.findall(r"[\r\n]", text)), len(re.findall(rb"[\r\n]", sample))
    end_bytes -= len(ENDS_IN_LETTERS.findall(text))
    return codec if _is_plain(text) and 2 * ends >= end_bytes else None


def _is_plain(text: str) -> bool:
    """Tell whether a text is more than chance: hardly a control or private sign, and some ASCII."""
    odd_ones = len(re.findall(r"[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffe\uffff]", text))
    ascii_ones = sum(character.isascii() for character in text)
    return odd_ones <= 0.01 * len(text) and ascii_ones >= 0.01 * len(text)


def _scan(source: BinaryIO) -> _Scan:
    """Read every byte once: is it UTF-8, are there zero bytes, where are the accents."""
    source.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    is_utf8, has_nuls, has_lost, rare = True, False, False, b""
    while chunk := source.read(CHUNK):
        has_nuls = has_nuls or b"\x00" in chunk
        is_plain = chunk.isascii()
        has_lost = has_lost or (not is_plain and LOST_LETTER in chunk)
        if is_utf8 and not (is_plain and not decoder.getstate()[0]):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                is_utf8 = False
                rare += rare_lines(chunk, RARE_BYTES, cut_before(chunk, error.start))
        if not is_plain and len(rare) < RARE_BYTES:
            rare += b"\n" + rare_lines(chunk, RARE_BYTES - len(rare))
    is_utf8 = is_utf8 and not decoder.getstate()[0]
    return _Scan(is_utf8, has_nuls, rare, has_lost)


def _refuse_binary(start: bytes) -> None:
    """Refuse what has the control characters of machine formats."""
    odd = len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c-\x1e]", start))
    nuls = start.count(0)
    if odd > 0.01 * len(start) or nuls > 0.3 * len(start):
        raise RefusedFileError(
            "format_unknown",
            "the file is neither text nor a spreadsheet (it holds control characters): "
            "export as CSV or XLSX",
        )


def _unicode(codec: str, scan: _Scan) -> Encoding:
    text = scan.rare.decode("utf-8", "ignore")
    if is_double_encoded(text):
        found = Encoding(codec, is_double_encoded=True, has_nuls=scan.has_nuls)
    else:
        found = Encoding(codec, has_nuls=scan.has_nuls, is_utf8=True)
    return replace(found, has_lost_letters=scan.has_lost_letters)


def _with_nuls(encoding: Encoding, scan: _Scan) -> Encoding:
    return replace(encoding, has_nuls=True) if scan.has_nuls else encoding


def _mixed(rare: bytes, code_page: str | None) -> Encoding | None:
    """Return UTF-8 with lines of a code page in it, if at least half of the accents are UTF-8.

    Raises:
        RefusedFileError: lines hold both, so that no line can be trusted.
    """
    whole, broken, both, others = 0, 0, False, []
    for line in rare.split(b"\n"):
        found = line.decode("utf-8", "surrogateescape")
        wrong = sum("\udc80" <= character <= "\udcff" for character in found)
        right = sum(not character.isascii() for character in found) - wrong
        whole, broken, both = whole + right, broken + wrong, both or bool(right and wrong)
        if wrong:
            others.append(line)
    if whole < max(1, broken):
        return None
    fallback = _fallback(b"\n".join(others), code_page) if others else code_page or "cp1252"
    if both or fallback is None:
        raise RefusedFileError(
            "encoding_broken",
            "the file is UTF-8 with bytes of another encoding in it, also within one line or cell: "
            "export it again as UTF-8",
        )
    lost = LOST_LETTER in rare
    return Encoding("utf-8", is_mixed=True, fallback=fallback, has_lost_letters=lost)


def _fallback(lines: bytes, code_page: str | None) -> str | None:
    score, name = most_plausible(lines, code_page)[0]
    return name if score >= 0.5 else None


def _detected(source: BinaryIO, sample: bytes, code_page: str | None) -> Encoding:
    """Return the declared code page if the text reads well in it, else the best one found."""
    scored = most_plausible(sample, code_page)
    if not scored or scored[0][0] < LEAST_PLAUSIBLE:
        raise RefusedFileError(
            "encoding_unknown",
            "the bytes fit no encoding: export as UTF-8, or declare the office's code_page",
        )
    best = scored[0][1]
    best_score = plausibility(sample, best) or 0.0
    declared = plausibility(sample, code_page) if code_page else None
    if code_page and declared is not None and declared >= best_score - CLEARLY:
        return _single_byte(source, sample, code_page, None)
    if code_page:
        warning = (
            f"the office declares {code_page}, but the text reads well only as {best}: "
            "check the accents, or correct the office's code_page"
        )
    else:
        warning = (
            f"encoding guessed as {best}: check the accents, or declare the office's code_page"
        )
    return _single_byte(source, sample, best, warning)


def _single_byte(source: BinaryIO, sample: bytes, codec: str, warning: str | None) -> Encoding:
    """Return a code page; lines of UTF-8 in it look like text that was encoded twice."""
    doubled = codec == "cp1252" and is_double_encoded(decoded(sample, codec) or "")
    return _proven(source, Encoding(codec, warning, is_double_encoded=doubled), "as it is read")


def _proven(source: BinaryIO, encoding: Encoding, why: str) -> Encoding:
    """Decode every byte once.

    Raises:
        RefusedFileError: some byte does not fit.
    """
    source.seek(0)
    place, has_lost = 0, False
    decoder = codecs.getincrementaldecoder(encoding.codec)("strict")
    try:
        for chunk in _chunks(source):
            text = decoder.decode(chunk, final=not chunk)
            has_lost = has_lost or "\ufffd" in text
            place += len(chunk)
    except (UnicodeDecodeError, UnicodeError) as error:
        raise _broken(encoding.codec, why, place) from error
    return replace(encoding, has_lost_letters=True) if has_lost else encoding


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    while chunk := source.read(CHUNK):
        yield chunk
    yield b""


def _broken(codec: str, why: str, place: int) -> RefusedFileError:
    return RefusedFileError(
        "encoding_broken",
        f"bytes after {place} do not fit {codec}, {why}: export it again as UTF-8",
    )
