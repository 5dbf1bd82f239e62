"""How words are compared: headers, aliases and labels, whatever their case, accents, punctuation."""

import re
import unicodedata

NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return the text in lower case, without accents, every run of other signs as one space."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return NOT_ALPHANUMERIC.sub(" ", plain.casefold()).strip()
