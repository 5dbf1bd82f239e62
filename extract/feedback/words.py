"""The words of a feedback report in the office's language, and how it writes numbers and dates."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel.dates import format_date
from babel.numbers import format_decimal

WORDS = Path(__file__).with_name("words.csv")
LOCALES = {"en": "en_GB", "fr": "fr_FR", "es": "es_ES", "pt": "pt_BR"}
POINT_LOCALES = {"es": "es_419"}
"""For offices that write a decimal point in a language that usually has a comma."""
COMMA_LANGUAGES = {"fr", "es", "pt"}


@dataclass(frozen=True, slots=True)
class Wording:
    """How one office is answered."""

    language: str
    locale: str
    """Babel's name."""
    decimal_sign: str
    words: Mapping[str, str]

    def word(self, key: str) -> str:
        """Return a word of the report.

        Raises:
            KeyError: words.csv has no such key.
        """
        return self.words[key]

    def number(self, value: int | Decimal) -> str:
        """Return a count, or an amount to the cent, as the language groups it."""
        pattern = "#,##0.00" if isinstance(value, Decimal) else "#,##0"
        return str(format_decimal(value, format=pattern, locale=self.locale))

    def plain(self, value: Decimal) -> str:
        """Return an amount as a spreadsheet of the office reads it: no groups, its decimal sign."""
        return f"{value:.2f}".replace(".", self.decimal_sign)

    def day(self, value: date) -> str:
        """Return a date with the month's name."""
        return str(format_date(value, format="long", locale=self.locale))

    @property
    def csv_delimiter(self) -> str:
        """What a spreadsheet of the office takes for the end of a cell."""
        return ";" if self.decimal_sign == "," else ","


def wording(language: str, decimal_sign: str | None) -> Wording:
    """Return how an office is answered.

    Args:
        language: en, fr, es or pt.
        decimal_sign: what the office declares; None: what the language usually has.
    """
    sign = decimal_sign or ("," if language in COMMA_LANGUAGES else ".")
    locale = LOCALES[language]
    if sign == ".":
        locale = POINT_LOCALES.get(language, locale)
    return Wording(language, locale, sign, _words(language))


@cache
def _words(language: str) -> dict[str, str]:
    with WORDS.open(encoding="utf-8", newline="") as source:
        return {line["key"]: line[language] for line in csv.DictReader(source)}
