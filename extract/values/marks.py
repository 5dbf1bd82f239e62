"""Signs that look alike or do not show: made one, before a value is read."""

import re
import unicodedata

from extract.values.vocabulary import spreadsheet_errors

INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Soft hyphen, zero-width signs, direction marks, byte order mark: a class of characters."""
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_DASHES = re.compile("[‐-―−－﹣]")
_APOSTROPHES = re.compile("[‘’‛ʹʼ′`´＇]")
_SPACES = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")
_ERROR = re.compile(r"err:\d{3}|#+", re.IGNORECASE)


def plain(text: str) -> str:
    """Return text with one kind of space, dash, apostrophe, digit and letter width."""
    visible = _APOSTROPHES.sub("'", _DASHES.sub("-", _INVISIBLE.sub("", text)))
    wide = unicodedata.normalize("NFKC", visible)
    digits = "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() and not sign.isascii() else sign
        for sign in wide
    )
    return _SPACES.sub(" ", digits).strip()


def is_spreadsheet_error(text: str) -> bool:
    """Whether a cell holds an error such as `#REF!`, `Err:502` or `####` (column too narrow)."""
    notation = _DIGIT.sub("0", text.upper())  # the digits of a notation are open
    return notation in spreadsheet_errors() or bool(_ERROR.fullmatch(text))
