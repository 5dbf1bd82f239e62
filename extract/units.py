"""What a header or a title says of the numbers below it: "US$ thousands", "en milliers d'EUR".

The words are data: `header_words.csv` for multipliers and the words around them, the value map of
`currency_code` for currencies. Words that also mean other things ("m", "k", "mil") count only
beside a currency.
"""

from dataclasses import dataclass
from functools import cache

import pandas as pd
from babel.numbers import list_currencies

from approvals.settings import PROJECT_ROOT
from extract.folding import fold

LONGEST_PHRASE = 6


@dataclass(frozen=True, slots=True)
class Unit:
    """What was said of the numbers, and the words that remain."""

    multiplier: int
    currency_code: str | None
    rest: str
    """The folded text without the words of the unit."""

    @property
    def says_something(self) -> bool:
        """Whether a multiplier or a currency was found."""
        return self.multiplier != 1 or self.currency_code is not None


class UnitWords:
    """Finds units in text, with the currency words of one office."""

    def __init__(self, value_maps: pd.DataFrame, office_id: str) -> None:
        """Keep ISO codes, the currency words of every office and those of this one."""
        words = value_maps[
            (value_maps["field"] == "currency_code") & value_maps["office_id"].isin(["", office_id])
        ].sort_values("office_id")
        self._currencies = {code.lower(): code for code in list_currencies() if len(code) == 3}
        self._currencies |= dict(zip(words["alias"].map(fold), words["value"], strict=True))
        self._currencies.pop("", None)

    def find(self, text: str) -> Unit:
        """Return the unit that a header states: the first multiplier, the first currency."""
        tokens = fold(text).split()
        tokens, currency, place = self._take_currency(tokens)
        tokens, multiplier = _take_multiplier(tokens, place)
        found = currency is not None or multiplier != 1
        rest = _without_loose_fillers(tokens) if found else tokens
        return Unit(multiplier, currency, " ".join(rest))

    def of_title(self, text: str) -> Unit | None:
        """Return the unit of a title line that states nothing else, or None.

        "All amounts in thousands of US dollars" is one; "Projects over 1 million" is not.
        """
        unit = self.find(text)
        words = _words()["filler"]
        only_unit = all(token in words for token in unit.rest.split())
        return unit if unit.says_something and only_unit else None

    def mentions_multiplier(self, text: str) -> bool:
        """Whether a text holds a word such as "thousands", whatever else it says."""
        return any(token in _words()["multiplier"] for token in fold(text).split())

    def _take_currency(self, tokens: list[str]) -> tuple[list[str], str | None, int]:
        """Cut the longest currency phrase out; return its place, -1 if there is none."""
        for length in range(min(LONGEST_PHRASE, len(tokens)), 0, -1):
            for start in range(len(tokens) - length + 1):
                code = self._currencies.get(" ".join(tokens[start : start + length]))
                if code:
                    return tokens[:start] + tokens[start + length :], code, start
        return tokens, None, -1


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
def _words() -> dict[str, dict[str, str]]:
    table = pd.read_csv(PROJECT_ROOT / "extract" / "header_words.csv", dtype=str).fillna("")
    return {
        str(kind): dict(zip(rows["word"], rows["value"], strict=True))
        for kind, rows in table.groupby("kind")
    }
