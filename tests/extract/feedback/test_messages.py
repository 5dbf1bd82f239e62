"""Sentences on a whole file in the languages of the offices.

Not tested here: whether a translation is good; a person reads that.
"""

import ast
import csv
import re
from functools import cache

import pytest

from approvals.settings import PROJECT_ROOT
from extract.feedback.messages import HOLE, MESSAGES, Sentence, sentences, translated
from extract.reasons import LANGUAGES

LABELS = {"approval_date": "date d’approbation"}


@cache
def _texts() -> str:
    """Return all text of the code, so that pieces of a sentence can be looked for."""
    return "\n".join(
        node.value
        for path in sorted((PROJECT_ROOT / "extract").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


@pytest.mark.parametrize(
    ("message", "said"),
    [
        pytest.param(
            "approval_date: 3 dates can be read two ways: read as 'dmy', as declared",
            "date d’approbation : 3 dates peuvent se lire de deux façons : lues dans l’ordre "
            "'dmy', comme déclaré",
            id="field-by-its-label",
        ),
        pytest.param(
            "not loaded: hidden sheets 'a', '{file}'",
            "feuilles masquées, non chargées : 'a', '{file}'",
            id="braces-from-a-file",
        ),
        pytest.param(
            "the file ends without a line end and with an open quote: it may be cut off, so check "
            "its last record, or export it again",
            "le fichier se termine sans fin de ligne, par un guillemet ouvert : il est peut-être "
            "tronqué ; vérifiez son dernier enregistrement ou exportez-le de nouveau",
            id="no-hole",
        ),
        pytest.param("something that nobody translated", None, id="unknown"),
    ],
)
def test_message_is_said_in_french(message: str, said: str | None) -> None:
    assert translated(message, "fr", LABELS) == said


def test_message_stays_as_it_is_in_english() -> None:
    assert translated("anything", "en", {}) == "anything"


def test_long_hostile_message_is_searched_in_no_time() -> None:
    message = "x, row " * 100_000

    assert translated(message, "fr", {}) is None


def test_every_translation_fills_holes_of_the_english_sentence() -> None:
    with MESSAGES.open(encoding="utf-8", newline="") as source:
        lines = list(csv.DictReader(source))

    for line in lines:
        holes = set(HOLE.findall(line["en"]))
        assert all(set(HOLE.findall(line[language])) <= holes for language in LANGUAGES)
        assert all(line[language] for language in LANGUAGES)


@pytest.mark.parametrize("sentence", sentences(), ids=lambda sentence: sentence.code)
def test_sentence_is_still_written_somewhere(sentence: Sentence) -> None:
    """Sentences are put together from clauses; one that is long enough must be found."""
    clauses = [part.strip() for text in sentence.fixed for part in re.split("[:;]", text)]
    texts = _texts()

    assert any(clause in texts for clause in clauses if len(clause) >= 12)
