"""What a cell looks like, without knowing what it means: number, date, code, words."""

import re
import string
from collections.abc import Iterable
from functools import lru_cache

_STRONG = re.compile(
    r"""^(?:
      [-+(]?\s?[$€£¥]?\s?[-+]?\d+(?:[.,]\d+)?\s?[%)$€£¥]?-?          # plain numbers
    | [-+(]?\s?[$€£¥]?\s?\d{1,3}(?:[.,'\u00a0\u202f ]\d{3})+(?:[.,]\d+)?\s?[%)$€£¥]?-?
    | [-+]?\d*[.,]?\d+[eE][-+]?\d+
    | \d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[AaPp][Mm])?
        (?:Z|[-+]\d\d:?\d\d)?)?
    | \d{1,2}[- ]\w{3,9}\.?[- ]\d{2,4}
    | \d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s?[AaPp][Mm])?
    | (?:https?|ftp)://\S+ | www\.\S+ | [\w.+-]+@[\w-]+\.[\w.]+
    | (?i:true|false|yes|no|null|nan|n/?a|none|inf)
    | [A-Za-z]{1,6}[-_/]?\d+(?:[-_/]\w+)*
    )$""",
    re.VERBOSE,
)
_DEBRIS = re.compile(
    r"""\d[;|\t^~]\d|^[,.:;|]|[;|,\t]$|\\$|[\x00-\x08]|[,;|\t]"|"[,;|\t]|'[,;|\t]'|^'$|^"[^"]*$""",
)
"""What is left when a record is cut at the wrong sign."""
_FOREIGN = re.compile(r"[;|\t^~]")
_WORDS = re.compile(r"^[\w(\[#%@&*'\u2018\u201c\"$€£¥+\-<>=/.…–—?!¿¡º°]")


@lru_cache(maxsize=1 << 15)
def is_typed(cell: str) -> bool:
    """Tell whether a cell is a number, date, time, address, code or truth value."""
    return len(cell) < 200 and bool(_STRONG.match(cell.strip()))


def type_score(cells: Iterable[str]) -> float:
    """Return how value-like cells are, 0 to 1: typed 1, words 0.8, emptiness 0.5, debris 0."""
    total, count = 0.0, 0
    for cell in cells:
        total += _cell_score(cell[:300])
        count += 1
    return total / count if count else 0.0


@lru_cache(maxsize=1 << 15)
def _cell_score(cell: str) -> float:
    stripped = cell.strip()
    if not stripped:
        return 0.5
    if is_typed(stripped):
        return 1.0
    if _DEBRIS.search(stripped):
        return 0.1
    if _FOREIGN.search(stripped):
        return 0.4
    return 0.8 if _WORDS.match(stripped) or stripped[0].isalpha() else 0.3


@lru_cache(maxsize=1 << 15)
def shape(cell: str) -> str:
    """Return the pattern of a cell: each digit 9, each letter A or a, the rest as it is."""
    if cell.isascii():
        return cell.translate(_SHAPES)
    return "".join(
        "9" if c.isdigit() else "a" if c.islower() else "A" if c.isalpha() else c for c in cell
    )


_SHAPES = str.maketrans(
    string.digits + string.ascii_uppercase + string.ascii_lowercase,
    "9" * 10 + "A" * 26 + "a" * 26,
)
