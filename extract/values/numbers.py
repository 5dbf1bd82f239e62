"""How a number is written: one notation, its digits left open.

A notation is a number's text with every digit written as `9` (a zero before the first sign as
`LEADING_ZERO`). A column of a million amounts has some dozens of notations, so they are read here
one by one and DuckDB puts the digits in. Each sign (point, comma) that could be the decimal sign
gives one reading; a notation with one reading proves the convention of its column.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from extract.folding import CURRENCY_SIGNS, fold
from extract.values.marks import is_spreadsheet_error, plain
from extract.values.vocabulary import magnitudes, value_null_tokens

LEADING_ZERO = "\ue000"
_GROUPS = {".": ",٬ '", ",": ".٬ '", "٫": "٬,. '"}
_BODY = re.compile(rf"[.,٫]?[9{LEADING_ZERO}](?:[9{LEADING_ZERO}.,٫٬' ]*[9{LEADING_ZERO}])?")
_EXPONENT = re.compile(rf"'?[+-]?[9{LEADING_ZERO}]+(?:([.,])9+)?e[+-]?9{{1,2}}", re.IGNORECASE)
_NO_CENTS = re.compile(r"^(?:[.,] ?(?:-{1,2}|=)|/-)")
_TOKENS = re.compile(rf"[{CURRENCY_SIGNS}]|[^\W\d_]+")
_CONNECTORS = {"de", "d", "of", "des", "do", "em", "en", "in"}


@dataclass(frozen=True, slots=True)
class Notation:
    """What a notation says."""

    problem: str | None = None
    """`missing`, `error`, `percent`, `unit` or `unreadable`; then nothing else holds."""
    scales: Mapping[str, int] = field(default_factory=dict)
    """Possible decimal sign → digits behind it."""
    is_negative: bool = False
    zeros: int = 0
    """To append, for words such as `million`."""
    currency: str = ""
    """Words around the number that must name a currency; empty if there are none."""
    has_exponent: bool = False
    """Whether a power of ten stands behind it: DuckDB reads such a number whole."""

    @property
    def proves(self) -> str | None:
        """Return the decimal sign that this notation proves, or None."""
        return next(iter(self.scales)) if len(self.scales) == 1 else None

    @property
    def is_ambiguous(self) -> bool:
        """Whether point and comma give two values."""
        return len(set(self.scales.values())) > 1


def read_notation(text: str, language: str | None) -> Notation:
    """Return what a notation says.

    Args:
        text: digits written as `9`.
        language: decides words such as `billion`; None if unknown.
    """
    clean = plain(text)
    if problem := _problem(clean):
        return Notation(problem)
    if exponent := _EXPONENT.fullmatch(clean):
        return _exponent(exponent)
    body = _BODY.search(clean.removeprefix("'"))
    if body is None:
        return Notation("unreadable")
    around = clean.removeprefix("'")
    before, behind = around[: body.start()], around[body.end() :]
    if "9" in before + behind or LEADING_ZERO in before + behind:
        return Notation("unreadable")
    return _around(before, body.group(), behind, language)


def _problem(text: str) -> str | None:
    """Say why a text is no number at all, or None."""
    if not text or text.lower() in value_null_tokens():
        return "missing"
    if is_spreadsheet_error(text):
        return "error"
    return "percent" if any(sign in text for sign in "%٪‰") else None


def _around(before: str, body: str, behind: str, language: str | None) -> Notation:
    """Read the signs and words on both sides of the digits."""
    cents = _NO_CENTS.match(behind)
    before, behind, is_negative, is_certain = _signs(before, behind[cents.end() if cents else 0 :])
    zeros, currency, is_known = _words(before, behind, language)
    scales = _whole(body) if cents else _scales(body)
    if not is_known:
        return Notation("unit")
    if not scales or not is_certain:
        return Notation("unreadable")
    return Notation(None, scales, is_negative, zeros, currency)


def _signs(before: str, behind: str) -> tuple[str, str, bool, bool]:
    """Return both sides without signs, whether they negate, and whether they are consistent."""
    minus = before.count("-") + behind.count("-")
    opened, closed = before.count("("), behind.count(")")
    is_certain = (
        opened == closed
        and minus + opened <= 1
        and before.count("+") <= 1 - min(1, minus + opened)
        and "+" not in behind
    )
    remove = str.maketrans("", "", "-+()")
    rest = before.translate(remove), behind.translate(remove)
    is_certain &= ")" not in before and "(" not in behind
    return rest[0].strip(), rest[1].strip(), minus + opened == 1, is_certain


def _words(before: str, behind: str, language: str | None) -> tuple[int, str, bool]:
    """Return zeros and currency of the words around a number; False if a word has no one value."""
    tokens = _TOKENS.findall(behind)
    known = magnitudes(language)
    for count in (2, 1):
        word = fold(" ".join(tokens[:count]))
        if len(tokens) >= count and word in known:
            zeros = known[word]
            rest = " ".join(token for token in tokens[count:] if fold(token) not in _CONNECTORS)
            strange = _TOKENS.sub("", behind).strip(" .'")
            return zeros or 0, _both(before, f"{rest}{strange}"), zeros is not None
    return 0, _both(before, behind), True


def _both(before: str, behind: str) -> str:
    """Return the words on both sides; a break keeps `US$ 5 USD` two words."""
    return "\n".join(side for side in (before, behind) if side)


def _scales(body: str) -> dict[str, int]:
    """Return possible decimal sign → digits behind it."""
    if "٫" in body:
        scale = _scale(body, "٫")
        return {} if scale is None else {".": scale, ",": scale}
    found = {sign: _scale(body, sign) for sign in (".", ",")}
    return {sign: scale for sign, scale in found.items() if scale is not None}


def _whole(body: str) -> dict[str, int]:
    """Return the readings of a number whose sign for "no cents" stands behind it: all groups."""
    grouped = any(_is_grouped(body, sign) for sign in ".,٬ '") or body.strip("9") == ""
    return {".": 0, ",": 0} if grouped else {}


def _scale(body: str, sign: str) -> int | None:
    """Return the digits behind a decimal sign, or None if the number cannot be read with it."""
    whole, _, fraction = body.partition(sign)
    if sign in body and not re.fullmatch("9+", fraction):
        return None
    is_plain = re.fullmatch(f"[9{LEADING_ZERO}]*", whole) is not None
    if is_plain and (whole or fraction):
        return len(fraction)
    return len(fraction) if any(_is_grouped(whole, group) for group in _GROUPS[sign]) else None


def _is_grouped(whole: str, group: str) -> bool:
    """Whether digits are in groups of three, or as in India: three at the end, twos before."""
    cut = re.escape(group)
    return bool(
        re.fullmatch(rf"9{{1,3}}(?:{cut}9{{3}})+|9{{1,2}}(?:{cut}9{{2}})+{cut}9{{3}}", whole)
    )


def _exponent(match: re.Match[str]) -> Notation:
    """Read a number with an exponent: its sign in front of the decimals is a proof."""
    point = match[1]
    scales = {point: 0} if point in (".", ",") else {".": 0, ",": 0}
    return Notation(scales=scales, has_exponent=True)
