"""Text from files made fit to be shown, on a page or a terminal: nothing in it acts on either."""

import unicodedata

SHOWN = 300
"""Characters of a text that are shown."""
TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""Marks that turn the direction of writing."""


def visible(text: str, shown: int = SHOWN) -> str:
    """Return a cell's text, cut where it is long, with what would act on the reader made visible.

    Control characters become their pictures; marks that turn the direction of writing, and what
    is no character at all, become U+FFFD.
    """
    short = text if len(text) <= shown else f"{text[:shown]}…"
    return "".join(_visible(sign) for sign in short)


def _visible(sign: str) -> str:
    if sign in "\n\t":
        return sign
    if ord(sign) < 0x20:
        return chr(0x2400 + ord(sign))
    hidden = unicodedata.category(sign) in {"Cc", "Cs"}
    return "\ufffd" if hidden or unicodedata.bidirectional(sign) in TURNS else sign
