"""What a header or a title says of the numbers below it: "US$ thousands", "en milliers d'EUR".

The words are data: `header_words.csv` for multipliers and the words around them, the value map of
`currency_code` for currencies. Words that also mean other things ("m", "k", "mil") count only
beside a currency.
"""

import re
from dataclasses import dataclass
from functools import cache

import pandas as pd

from approvals.settings import PROJECT_ROOT
from extract.folding import fold
from extract.values.currencies import currency_names, iso_codes
from extract.values.vocabulary import ambiguous_currencies
from extract.words_of_office import words_of

LONGEST_PHRASE = 6
GLUED = re.compile(r"\b([kKmMT])([A-Z]{3}\b|US\$|[€$£¥])")
"""A multiplier before its currency without a space: kEUR, M€."""
CODE = re.compile(r"\b[A-Z]{3}\b")
POSSESSIVE = re.compile(r"(?<=\w)['’`´][sS]\b")
"""000's is 000: an s alone would be the sol of Peru."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What was said of the numbers, and the words that remain."""

    multiplier: int
    currency_code: str | None
    rest: str
    """The folded text without the words of the unit."""
    says_something: bool
    """Whether a multiplier or a currency was found, if only a word for several currencies."""
    is_torn: bool = False
    """Whether two currencies were found: "EUR / USD" states neither."""


class UnitWords:
    """Finds units in text, with the currency words of one office."""

    def __init__(self, value_maps: pd.DataFrame, office_id: str) -> None:
        """Keep the currency words of every office and those of this one."""
        self._words = words_of(office_id, value_maps).currencies

    def find(self, text: str) -> Unit:
        """Return the unit that a header states: the first multiplier, the first currency."""
        text = GLUED.sub(r"\1 \2", POSSESSIVE.sub("", text))
        tokens = fold(text).split()
        codes = {code.lower() for code in CODE.findall(text)} & _iso_codes()
        tokens, currency, place = self._take_currency(tokens, codes)
        _, other, _ = self._take_currency(tokens, codes)
        is_torn = None not in {currency, other} and currency != other
        tokens, multiplier = _take_multiplier(tokens, place)
        found = place >= 0 or multiplier != 1
        rest = _without_loose_fillers(tokens) if found else tokens
        return Unit(multiplier, currency, " ".join(rest), found, is_torn)

    def of_title(self, text: str) -> Unit | None:
        """Return the unit of a title line that states nothing else, or None.

        "All amounts in thousands of US dollars" is one; "Projects over 1 million" is not.
        """
        unit = self.find(text)
        words = _words()["filler"]
        only_unit = not unit.is_torn and all(token in words for token in unit.rest.split())
        return unit if unit.says_something and only_unit else None

    def mentions_multiplier(self, text: str) -> bool:
        """Whether a text holds a word such as "thousands", whatever else it says."""
        return any(token in _words()["multiplier"] for token in fold(text).split())

    def _take_currency(
        self, tokens: list[str], codes: set[str]
    ) -> tuple[list[str], str | None, int]:
        """Cut the longest currency phrase out; return its place, -1 if there is none.

        A word that several currencies share, such as "dollars", is cut out and states none.
        """
        for length in range(min(LONGEST_PHRASE, len(tokens)), 0, -1):
            for start in range(len(tokens) - length + 1):
                phrase = "".join(tokens[start : start + length])
                found = self._currency(phrase, codes)
                if found:
                    code = next(iter(found)) if len(found) == 1 else None
                    return tokens[:start] + tokens[start + length :], code, start
        return tokens, None, -1

    def _currency(self, phrase: str, codes: set[str]) -> frozenset[str]:
        """Return the currencies that a compact phrase can mean.

        An ISO code counts in capitals only: "all" and "try" are words, ALL and TRY currencies.
        """
        if phrase in codes:
            return frozenset((phrase.upper(),))
        if phrase.upper() in iso_codes():
            return frozenset()
        if phrase in self._words:
            return frozenset((self._words[phrase],))
        return ambiguous_currencies().get(phrase) or currency_names().get(phrase, frozenset())


def _take_multiplier(tokens: list[str], currency_place: int) -> tuple[list[str], int]:
    """Cut the multiplier out; weak words count only where the currency stood beside them."""
    strong, weak = _words()["multiplier"], _words()["multiplier_beside_currency"]
    for length in (2, 1):
        for start in range(len(tokens) - length + 1):
            phrase = " ".join(tokens[start : start + length])
            beside = currency_place >= 0 and start in {currency_place - length, currency_place}
            value = strong.get(phrase) or (weak.get(phrase) if beside else None)
            if value:
                return tokens[:start] + tokens[start + length :], int(value)
    return tokens, 1


def _without_loose_fillers(tokens: list[str]) -> list[str]:
    """Drop what joined the unit to the name: "amount in", "montant en de"."""
    small = {word for word in _words()["filler"] if len(word) <= 3}
    while tokens and tokens[-1] in small:
        tokens = tokens[:-1]
    while tokens and tokens[0] in small:
        tokens = tokens[1:]
    return tokens


@cache
def _iso_codes() -> frozenset[str]:
    fillers = _words()["filler"]
    return frozenset(code.lower() for code in iso_codes()) - set(fillers)


@cache
def _words() -> dict[str, dict[str, str]]:
    table = pd.read_csv(PROJECT_ROOT / "extract" / "header_words.csv", dtype=str).fillna("")
    return {
        str(kind): dict(zip(rows["word"], rows["value"], strict=True))
        for kind, rows in table.groupby("kind")
    }
