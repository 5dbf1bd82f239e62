"""Number formats that change what a number means: it shows a percentage, or names a currency.

A cell that shows `12 %` is 0.12 in the file, and one that shows `€ 1,000` is 1000: python-calamine
gives the numbers alone. Here is what a format says, whichever kind of workbook it stands in; which
currency a sign means is decided later, by the same rule as for a cell's text.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

BUILT_IN_PERCENT = frozenset({9, 10})
BUILT_IN_CURRENCY = frozenset({5, 6, 7, 8, 42, 44})
"""Numbers of the formats that every workbook knows (ECMA-376 part 1, 18.8.30). Those of currency
are written `$` there: which one it is, is as open as in any text."""
BUILT_IN_MOMENT = frozenset({*range(14, 23), 45, 47})
BUILT_IN_DURATION = 46

_PARTS = re.compile(
    r"""\[\$(?P<symbol>[^\]-]*)[^\]]*\]   # a currency and its locale: [$€-407], [$USD]
    | "(?P<quoted>[^"]*)"
    | \\(?P<escaped>.)
    | (?P<digits>[0\#?](?:[0\#?.,/\s]|E[+-])*|General|Standard)
    | (?P<percent>%)
    | (?P<end>;)
    | (?P<day>[dmyhsDMYHS])
    | \[[^\]]*\] | _. | \*.               # colours and conditions; blanks of a width; filling
    | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
UNIT = re.compile(
    r"\b(thousands?|millions?|billions?|milliers?|milliards?|mil|miles|mill[oó]n(es)?|milh(ar|ão)"
    r"|milhares|milhões|k|m|mn|mio|mrd|bn|tsd)\b|000",
    re.IGNORECASE,
)
"""A text behind the digits that multiplies them for whoever looks at the sheet."""
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_NUMBER = "\0"
_DIGITS = re.compile(r"\d[\d.,\s'’]*")
_AROUND = " \u00a0\u202f+-()'"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a number format shows beside the digits."""

    is_percent: bool = False
    currency: str = ""
    """The text before and behind the digits, a line each: a currency, or other words; may be
    empty."""


NOTHING = Shown()


class Clock(Enum):
    """How a number format shows a number of days."""

    MOMENT = "moment"
    DURATION = "duration"


@dataclass(slots=True)
class Formats:
    """The formats of one workbook by their number."""

    own: dict[int, Shown] = field(default_factory=dict)
    clocks: dict[int, Clock | None] = field(default_factory=dict)

    def add(self, number: int, code: str) -> None:
        """Keep a format that the workbook defines itself."""
        self.own[number] = shown_by(code)
        self.clocks[number] = clock_shown_by(code)

    def of(self, number: int) -> Shown:
        """Return what a format shows; the workbook's own definition of a number wins."""
        if number in self.own:
            return self.own[number]
        return Shown(number in BUILT_IN_PERCENT, "$" if number in BUILT_IN_CURRENCY else "")

    def clock_of(self, number: int) -> Clock | None:
        """Return whether a format shows days, the same way."""
        if number in self.clocks:
            return self.clocks[number]
        if number == BUILT_IN_DURATION:
            return Clock.DURATION
        return Clock.MOMENT if number in BUILT_IN_MOMENT else None


def clock_shown_by(code: str) -> Clock | None:
    """Return whether a format code shows a number of days as a moment, or as hours and minutes."""
    for part in _PARTS.finditer(code):
        match part.lastgroup:
            case "end":
                return None
            case "day":
                return Clock.MOMENT
            case None if _ELAPSED.fullmatch(part.group()):
                return Clock.DURATION
    return None


def shown_by(code: str) -> Shown:
    """Return what a format code shows of a positive number; one of days or times shows nothing."""
    text, is_percent, is_scaled = "", False, False
    for part in _PARTS.finditer(code):
        match part.lastgroup:
            case "end":
                break
            case "day":
                return NOTHING
            case "percent":
                is_percent = True
            case "digits":
                text += _NUMBER
                is_scaled = part["digits"].rstrip().endswith(",")  # shows 1.2 M of 1,200,000
            case str(name):
                text += part[name]
    if _NUMBER not in text:
        return NOTHING
    return Shown(is_percent, _words(text.split(_NUMBER), with_units=not is_scaled))


def shown_beside(text: str) -> Shown:
    """Return what a text shows beside the digits of its number: `€ 1,000.00`, `12.5 %`."""
    words = _words(_DIGITS.sub(_NUMBER, text).split(_NUMBER), with_units=False)
    return Shown("%" in text, words)


def _words(pieces: Iterable[str], *, with_units: bool) -> str:
    """Return the pieces that a currency or a unit can be, one in a line."""
    stripped = dict.fromkeys(piece.strip(_AROUND) for piece in pieces)
    return "\n".join(
        piece
        for piece in stripped
        if (with_units if UNIT.search(piece) else any(map(_may_name_currency, piece)))
    )


def _may_name_currency(sign: str) -> bool:
    return sign.isalpha() or unicodedata.category(sign) == "Sc"
