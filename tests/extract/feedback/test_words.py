"""The words of the answers: there in every language, numbers written as the office does."""

import csv
import re
from decimal import Decimal

import pytest

from extract.feedback.words import WORDS, wording
from extract.reasons import LANGUAGES


def test_words_are_there_in_every_language() -> None:
    with WORDS.open(encoding="utf-8", newline="") as source:
        lines = list(csv.DictReader(source))

    for line in lines:
        holes = {language: set(re.findall(r"\{\w+\}", line[language])) for language in LANGUAGES}
        assert all(line[language] for language in LANGUAGES), line["key"]
        assert len({frozenset(found) for found in holes.values()}) == 1, line["key"]


@pytest.mark.parametrize(
    ("language", "sign", "delimiter", "amount"),
    [
        pytest.param("en", None, ",", "1,234,567.80", id="english"),
        pytest.param("fr", None, ";", "1\u202f234\u202f567,80", id="french"),
        pytest.param("es", ",", ";", "1.234.567,80", id="spanish"),
        pytest.param("es", ".", ",", "1,234,567.80", id="spanish-with-points"),
        pytest.param("pt", None, ";", "1.234.567,80", id="portuguese"),
    ],
)
def test_wording_follows_language_and_declared_sign(
    language: str, sign: str | None, delimiter: str, amount: str
) -> None:
    chosen = wording(language, sign)

    assert chosen.csv_delimiter == delimiter
    assert chosen.number(Decimal("1234567.80")) == amount
