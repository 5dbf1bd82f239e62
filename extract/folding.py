"""How words are compared: headers, aliases, labels, whatever their case, accents, punctuation."""

import re
import unicodedata
from functools import lru_cache

CURRENCY_SIGNS = "$¢-¥₠-₿"
"""Kept, as a range of a regular expression: without them `€` and `$` would be the same word."""
NOT_WORD = re.compile(rf"(?:[^\w{CURRENCY_SIGNS}]|_)+")


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """Return the text in lower case, no accents, signs but those of currencies as one space."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return NOT_WORD.sub(" ", plain.casefold()).strip()
