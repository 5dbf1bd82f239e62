"""Forms in which the cells of an XLSX sheet are written: what stands around their values."""

import re
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np

VALUE_END, TEXT_END = b"</v></c>", b"</t></is></c>"
WORD = 8
"""Bytes that are compared at once."""
FORMULA = b"</f>"
"""Instead of a suffix: what stands behind the value depends on the formula before it."""
MOST_FORMS = 400
"""A sheet that has more is not written by the pattern of any program."""
_FORM = re.compile(
    rb"""((?:[ ][A-Za-z:]+="[^"<>&]*")*)
    (?:(?P<empty>/>|></c>|><v/></c>|><is><t/></is></c>)|><f(?P<formula>(?=[ />]))
    |(?P<value>><v(?:[ ]xml:space="preserve")?>)
    |(?P<text>><is><t>)|(?P<kept>><is><t[ ]xml:space="preserve">))""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(rb' ([A-Za-z:]+)="([^"]*)"')


class IrregularMarkupError(Exception):
    """A workbook is written in another way than spreadsheet programs mostly do: parse it."""


class Kind(IntEnum):
    """What the value of a cell is."""

    NOTHING = 0
    NUMBER = 1
    SHARED = 2
    """The number of a shared string."""
    TEXT = 3
    TRIMMED = 4
    """Text without the blanks around it."""
    TRUTH = 5
    ERROR = 6
    PERCENT = 7
    MOMENT = 8
    DURATION = 9


_KINDS = {
    b"": Kind.NUMBER,
    b"n": Kind.NUMBER,
    b"s": Kind.SHARED,
    b"str": Kind.TEXT,
    b"b": Kind.TRUTH,
    b"e": Kind.ERROR,
}
"""Attribute `t` of a cell → its kind; a number may be more by its style."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which cells are written."""

    prefix: bytes
    """From behind the reference to the value."""
    suffix: bytes
    """From behind the value to the end of the cell."""
    kind: Kind
    style: int

    @property
    def tags(self) -> int:
        """How often `<` stands in such a cell."""
        return 1 + self.prefix.count(b"<") + self.suffix.count(b"<")


@dataclass(slots=True)
class Forms:
    """The forms that a sheet's cells were found to have."""

    known: list[Form] = field(default_factory=list)

    def numbers(self, markup: bytes, words: np.ndarray, places: np.ndarray) -> np.ndarray:
        """Return the number of each cell's form; forms that are new become known.

        Args:
            markup: some markup.
            words: the eight bytes at each of its places.
            places: where the references of cells end.

        Raises:
            IrregularMarkupError: a cell has a form that programs do not write.
        """
        numbers = np.zeros(len(places), np.int16)
        left, near = np.arange(len(places)), words[places]
        number = 0
        while len(left):
            if number == len(self.known):
                self._learn(markup, int(places[left[0]]))
            is_so = _follow(words, places[left], near, self.known[number].prefix)
            numbers[left[is_so]] = number
            left, near = left[~is_so], near[~is_so]
            number += 1
        return numbers

    def with_formula(self) -> list[int]:
        """Return the numbers of those forms whose cells have a formula."""
        return [number for number, form in enumerate(self.known) if form.suffix == FORMULA]

    def _learn(self, markup: bytes, place: int) -> None:
        found = _FORM.match(markup, place)
        if not found or len(self.known) >= MOST_FORMS:
            raise IrregularMarkupError
        attributes = dict(_ATTRIBUTE.findall(found[1]))
        kind, style = _KINDS.get(attributes.get(b"t", b"")), attributes.get(b"s", b"0")
        suffix = b""
        match found.lastgroup:
            case "empty":
                kind = Kind.NOTHING
            case "formula":
                suffix = FORMULA
            case "value":
                suffix = VALUE_END
            case "text" | "kept":
                kind = Kind.TRIMMED if found["text"] else Kind.TEXT
                suffix = TEXT_END
        if kind is None or not style.isdigit() or len(style) > 5:
            raise IrregularMarkupError
        self.known.append(Form(found[0], suffix, kind, int(style)))


def words_of(markup: bytes) -> np.ndarray:
    """Return the eight bytes at each place of some markup as a number, without copying it."""
    return np.ndarray((len(markup) - WORD + 1,), "<u8", buffer=markup, strides=(1,))


def begins(words: np.ndarray, places: np.ndarray, sign: bytes) -> np.ndarray:
    """Return at which places the markup goes on with up to eight bytes."""
    return _equal(words[places], sign)


def _equal(near: np.ndarray, sign: bytes) -> np.ndarray:
    mask = np.uint64((1 << 8 * len(sign)) - 1)
    found: np.ndarray = (near & mask) == np.uint64(int.from_bytes(sign, "little"))
    return found


def _follow(words: np.ndarray, places: np.ndarray, near: np.ndarray, sign: bytes) -> np.ndarray:
    """Return at which places the markup, eight bytes of which are near, goes on with a sign."""
    found = _equal(near, sign[:WORD])
    for first in range(WORD, len(sign), WORD):
        chosen = np.flatnonzero(found)
        there = np.minimum(places[chosen] + first, len(words) - 1)
        found[chosen] = begins(words, there, sign[first : first + WORD])
    return found
