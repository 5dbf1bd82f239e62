"""How plausible a text is that some code page gave: nearly every page decodes nearly any bytes.

The evidence is in `code_pages.csv`: the letters that the languages of each page use. Text read
with the wrong page has rare letters, symbols inside words, capitals behind small letters or
control characters.
"""

import csv
import unicodedata
from functools import cache
from pathlib import Path

import chardet

PAGES = Path(__file__).with_name("code_pages.csv")
SIGNS = frozenset("’‘“”„«»‹›–—•…€£°º²³½¼§®™©¡¿·×±´¢\u00a0\u202f№ª¥·")
"""Signs that any office text may hold outside words."""
DETECTED_BONUS = 0.15
"""What chardet's own answer weighs, in units of one good letter for each letter."""
HAN = range(0x4E00, 0xA000)
CLEARLY = 0.3
"""A page must be this much more plausible to overrule the declared one."""


@cache
def pages() -> dict[str, frozenset[str]]:
    """Return the letters of each code page's languages."""
    with PAGES.open(encoding="utf-8", newline="") as source:
        return {row["codec"]: frozenset(row["letters"]) for row in csv.DictReader(source)}


def plausibility(sample: bytes, codec: str) -> float | None:
    """Return how plausible a sample is in a codec: 1 for good letters only; None: undecodable.

    Args:
        sample: whole lines, or a sample whose last character may be cut.
        codec: a Python codec name.
    """
    text = decoded(sample, codec)
    if text is None:
        return None
    letters = pages().get(codec)
    points, counted = 0.0, 0
    for before, character, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if not character.isascii():
            counted += 1
            points += _points(before, character, after, letters)
    return points / counted if counted else 1.0


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
    names = [name for name in (declared, detected, *pages(), "gb18030") if name]
    scored = []
    for rank, name in enumerate(dict.fromkeys(names)):
        score = plausibility(sample, name)
        if score is not None:
            bonus = DETECTED_BONUS if name == detected else 0.0
            scored.append((score + bonus, -rank, name))
    return [(score, name) for score, _, name in sorted(scored, reverse=True)]


def python_name(name: str) -> str:
    """Return the codec's usual Python name: cp1252, mac-roman, iso-8859-2, utf-16-le."""
    plain = name.lower().replace("_", "-")
    if plain.startswith("windows-"):
        return "cp" + plain.removeprefix("windows-")
    if plain.startswith("iso8859-"):
        return "iso-8859-" + plain.removeprefix("iso8859-")
    return {"macroman": "mac-roman", "maccyrillic": "mac-cyrillic", "koi8-u": "koi8-u"}.get(
        plain, plain
    )


def _points(before: str, character: str, after: str, letters: frozenset[str] | None) -> float:
    """Return 1 for a character in its place, down to -3 for one that cannot be meant."""
    category = unicodedata.category(character)
    if category in {"Cc", "Cn", "Co", "Cs"}:
        return -3.0
    in_word = before.isalpha() and after.isalpha()
    if character in SIGNS:
        return -1.0 if in_word and character not in "’‘·\u00a0\u202f" else 0.6
    if not character.isalpha() and not category.startswith("M"):
        return -2.0 if in_word or before.isalpha() else -0.7
    if character.isupper() and before.islower():
        return -1.0
    if letters is not None:
        return 1.0 if character in letters else -0.5
    return 0.9 if ord(character) in HAN else 0.0
