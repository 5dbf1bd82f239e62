"""Text as XML and spreadsheet programs write it: entities, line ends, `_x000D_`; as arrays."""

import re
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from extract.readers.xlsx_forms import IrregularMarkupError

_ENTITY = re.compile(r"&([^&;]{0,9});?")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES = range(0xD800, 0xE000)
LARGEST_CHARACTER = 0x10FFFF
DECLARATION = 200
"""Bytes in which the encoding of XML is declared, if it is."""


def is_plain(content: bytes) -> bool:
    """Return whether XML is UTF-8, by what it says, and has no comments and declarations."""
    declared = _ENCODING.search(content[:DECLARATION].partition(b"?>")[0])
    is_unicode = declared is None or declared[1].lower() == b"utf-8"
    return is_unicode and b"<!" not in content


def texts_between(content: bytes, starts: np.ndarray, ends: np.ndarray) -> pa.Array:
    """Return what stands in UTF-8 between some places and others; each behind the one before.

    Raises:
        IrregularMarkupError: it is no UTF-8.
    """
    offsets = np.empty(2 * len(starts), np.int32)
    offsets[::2], offsets[1::2] = starts, ends
    parts = pa.StringArray.from_buffers(
        max(0, len(offsets) - 1), pa.py_buffer(offsets), pa.py_buffer(content)
    )
    texts = parts.take(pa.array(np.arange(0, len(offsets), 2, dtype=np.int32)))
    try:
        texts.validate(full=True)
    except pa.ArrowInvalid as error:
        raise IrregularMarkupError from error
    return texts


def meant(texts: pa.Array, content: bytes) -> pa.Array:
    """Return texts with line ends as XML reads them, without entities and escapes.

    Args:
        texts: as they are written.
        content: in which they were found: what it does not hold is not looked for.
    """
    if b"\r" in content:
        texts = pc.replace_substring(texts, "\r\n", "\n")
        texts = pc.replace_substring(texts, "\r", "\n")
    if b"&" in content:
        texts = _replaced(texts, pc.match_substring(texts, "&"), _ENTITY, _character)
    if b"_" in content and b"_x" in content:
        texts = _replaced(texts, pc.match_substring(texts, "_x"), _ESCAPE, _escaped)
    return texts


def _replaced(
    texts: pa.Array,
    chosen: pa.Array,
    pattern: re.Pattern[str],
    by: Callable[[re.Match[str]], str],
) -> pa.Array:
    some = [pattern.sub(by, text) for text in texts.filter(chosen).to_pylist()]
    return pc.replace_with_mask(texts, chosen, pa.array(some, pa.string()))


def _character(found: re.Match[str]) -> str:
    name = found[1]
    if name in _NAMED and found[0].endswith(";"):
        return _NAMED[name]
    digits, base = (name[2:], 16) if name.startswith("#x") else (name[1:], 10)
    if name.startswith("#") and found[0].endswith(";") and digits.isalnum() and digits.isascii():
        try:
            code = int(digits, base)
        except ValueError as error:
            raise IrregularMarkupError from error
        if 0 < code <= LARGEST_CHARACTER and code not in _SURROGATES:
            return chr(code)
    raise IrregularMarkupError


def _escaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return found[0] if code in _SURROGATES else chr(code)
