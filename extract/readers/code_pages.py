"""How plausible a text is that some code page gave: nearly every page decodes nearly any bytes.

The evidence is in `code_pages.csv`: the letters of languages and the pages they are written in.
Text read with the wrong page has letters of no one language, symbols inside words, two scripts in a
word, capitals behind small letters or control characters.
"""

import codecs
import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import chardet

PAGES = Path(__file__).with_name("code_pages.csv")
SIGNS = frozenset("’‘“”„«»‹›–—•…€£°º²³½¼§®™©¡¿·×±´¢\u00a0\u202f№ª¥·")
"""Signs that any office text may hold outside words."""
DETECTED_BONUS = 0.15
"""What chardet's own answer weighs, in units of one good letter for each letter."""
COMMON_BONUS = 0.2
"""The commonest page is believed where a letter or two is all there is."""
UNLIKE_WORD_STARTS = frozenset("£©®¼½¾")
UNLIKE_WORD_ENDS = frozenset("¼½¾")
"""Signs that no word of small letters begins with, or that none ends with."""
TWINS = {"iso-8859-1": "cp1252"}
"""Pages that differ in control characters only; the larger one is meant."""
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
EAST_ASIAN = re.compile("[\u3001-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff9f]")
CLEARLY = 0.15
"""A page must be this much more plausible to overrule the declared one."""


@cache
def languages() -> dict[str, list[frozenset[str]]]:
    """Return the letters of each language, small and capital, that each code page is used for."""
    pages: dict[str, list[frozenset[str]]] = {}
    with PAGES.open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            letters = frozenset(
                row["letters"] + row["letters"].upper() + "İ" * ("ı" in row["letters"])
            )
            for codec in row["codecs"].split():
                pages.setdefault(codec, []).append(letters)
    return pages


def plausibility(sample: bytes, codec: str) -> float | None:
    """Return how plausible a sample is in a codec: 1 for good letters only; None: undecodable.

    Args:
        sample: whole lines, or a sample whose last character may be cut.
        codec: a Python codec name.
    """
    text = decoded(sample, codec)
    if text is None:
        return None
    known = languages().get(python_name(codec), [])
    spots = Counter(_spots(text))
    seen: Counter[str] = Counter()
    for (_, character, _), count in spots.items():
        seen[character] += count
    letters = max(known, key=lambda one: sum(seen[letter] for letter in one), default=None)
    points = sum(count * _points(*spot, letters) for spot, count in spots.items())
    return points / seen.total() if seen else 1.0


def _spots(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield each character that is not ASCII between its neighbours."""
    padded = f" {text} "
    for match in NOT_ASCII.finditer(padded):
        place = match.start()
        yield padded[place - 1], padded[place], padded[place + 1]


def decoded(sample: bytes, codec: str) -> str | None:
    """Return the text of a sample, or None; a character cut at the end does not matter."""
    for cut in range(4):
        try:
            return sample[: len(sample) - cut].decode(codec)
        except UnicodeDecodeError as error:
            if error.start < len(sample) - 4:
                return None
    return None


def most_plausible(sample: bytes, declared: str | None) -> list[tuple[float, str]]:
    """Return code pages with their plausibility, the best first; the declared one wins a tie."""
    guess = chardet.detect(sample)["encoding"]
    detected = python_name(guess) if guess else None
    names = [name for name in (declared, detected, *languages(), "gb18030") if name]
    scored = []
    for rank, name in enumerate(dict.fromkeys(names)):
        score = plausibility(sample, name)
        if score is not None:
            bonus = DETECTED_BONUS * (name == detected) + COMMON_BONUS * (name == "cp1252")
            scored.append((score + bonus, -rank, name))
    return [(score, name) for score, _, name in sorted(scored, reverse=True)]


def python_name(name: str) -> str:
    """Return a codec's usual Python name: cp1252, mac-roman, iso-8859-2, utf-16-le."""
    try:
        plain = codecs.lookup(name).name.replace("_", "-")
    except LookupError:
        return name.lower()
    if plain.startswith("iso8859-"):
        plain = "iso-8859-" + plain.removeprefix("iso8859-")
    return TWINS.get(plain, plain)


def _points(before: str, character: str, after: str, letters: frozenset[str] | None) -> float:
    """Return 1 for a character in its place, down to -3 for one that cannot be meant."""
    category = unicodedata.category(character)
    if category in {"Cc", "Cn", "Co", "Cs"}:
        return -3.0
    if character in SIGNS:
        in_word = (before.isalpha() and after.isalpha()) or _spoils_word(before, character, after)
        return -1.0 if in_word and character not in "’‘·\u00a0\u202f" else 0.6
    if not character.isalpha() and not (category.startswith("M") and before.isalpha()):
        return -2.0 if before.isalpha() else -0.7
    return _letter_points(before, character, after, letters)


def _spoils_word(before: str, character: str, after: str) -> bool:
    """Tell whether a sign stands where only a letter can: £ódź, Łód¼."""
    return (character in UNLIKE_WORD_STARTS and after.islower()) or (
        character in UNLIKE_WORD_ENDS and before.isalpha()
    )


def _letter_points(
    before: str, character: str, after: str, letters: frozenset[str] | None
) -> float:
    """Return the points of a letter: good in its language, bad in a word of another script."""
    beside_latin = any(other.isascii() and other.isalpha() for other in (before, after))
    is_latin = unicodedata.name(character, "").startswith("LATIN")
    if (beside_latin and not is_latin) or (character.isupper() and before.islower()):
        return -1.5
    if letters is not None:
        return 1.0 if character in letters else -0.3
    return 0.9 if EAST_ASIAN.match(character) else 0.0
