"""How plausible a text is that some code page gave: nearly every page decodes nearly any bytes.

The evidence is in `code_pages.csv`: the letters of languages and the pages they are written in.
Text read with the wrong page has letters of no one language, symbols inside words, two scripts in a
word, capitals behind small letters or control characters.
"""

import codecs
import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import chardet

PAGES = Path(__file__).with_name("code_pages.csv")
SIGNS = frozenset("’‘“”„«»‹›–—•…€£°º²³½¼§®™©¡¿·×±´¢\u00a0\u202f№ª¥·")
"""Signs that any office text may hold outside words."""
DETECTED_BONUS, ENOUGH_TO_DETECT = 0.15, 20
"""What chardet's own answer weighs, in units of one good letter for each letter, and the number of
bytes from which on it knows enough."""
COMMON_BONUS, FEW_BONUS = 0.2, 0.5
"""What the commonest page weighs, and more so where a letter or two is all there is (divided by
their number): whole words have no chance to look wrong."""
EURO_OF_LATIN_9 = re.compile(rb"(?<![\x80-\xff])\xa4(?![\x80-\xff])")
"""The euro sign in ISO-8859-15; in cp1252 it is ¤, which no text needs."""
UNLIKE_WORD_STARTS = frozenset("£©®¼½¾")
UNLIKE_WORD_ENDS = frozenset("¼½¾")
"""Signs that no word of small letters begins with, or that none ends with."""
TWINS = {"iso-8859-1": "cp1252", "iso-8859-9": "cp1254", "euc-kr": "cp949", "gb2312": "gb18030"}
"""Pages that differ in control characters only; the larger one is meant."""
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
RARE = (
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-10",
    "iso-8859-16",
    "cp737",
    "cp852",
    "cp855",
    "cp857",
    "mac-latin2",
    "mac-turkish",
)
RARE_MALUS = 0.2
"""Pages that hardly an office uses are believed only where the text reads clearly better."""
TURKISH_OR_ICELANDIC = re.compile(rb"[\xd0\xdd\xde\xf0\xfd\xfe]")
"""Where cp1254 differs from cp1252."""
TURKISH_BONUS = 0.01
"""More offices write Turkish than Icelandic."""
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
    pages["gb18030"] = [_of_rows("gb2312", [0xA1, 0xA3, *range(0xB0, 0xF8)])]
    pages["cp949"] = [_of_rows("cp949", [0xA1, 0xA3, *range(0xB0, 0xC9)])]
    return pages


def _of_rows(codec: str, rows: list[int]) -> frozenset[str]:
    """Return the signs in rows of a table of two bytes: those that its language is written with.

    GB 18030 has 60,000 more, Korean the Chinese signs that it hardly uses.
    """
    cells = b"".join(bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    return frozenset(cells.decode(codec, "ignore"))


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
    prior = _prior(sample, detected)
    names = [name for name in (declared, *languages(), detected) if name]
    scored = []
    for rank, name in enumerate(dict.fromkeys(names)):
        score = plausibility(sample, name)
        if score is not None:
            scored.append((score + prior.get(name, 0.0), -rank, name))
    return [(score, name) for score, _, name in sorted(scored, reverse=True)]


def _prior(sample: bytes, detected: str | None) -> dict[str, float]:
    """Return what speaks for a page beside the plausibility of its letters."""
    count = max(1, len(BEYOND_ASCII.findall(sample)))
    common = COMMON_BONUS + FEW_BONUS / count
    prior = defaultdict(float, dict.fromkeys(RARE, -RARE_MALUS))
    prior |= {"cp1252": common, "cp1254": common}
    if EURO_OF_LATIN_9.search(sample):
        prior["iso-8859-15"] = prior.pop("cp1252")
    if TURKISH_OR_ICELANDIC.search(sample):
        prior["cp1254"] += TURKISH_BONUS
    if detected:
        prior[detected] += DETECTED_BONUS * min(1.0, count / ENOUGH_TO_DETECT)
    return prior


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
    if EAST_ASIAN.match(character) and not character.isalpha():
        return 0.9 if letters is None or character in letters else -0.7
    if category == "Sc" and (before.isdigit() or after.isdigit()):
        return 1.0
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
    if letters is not None and character in letters and EAST_ASIAN.match(character):
        return 1.0
    beside_latin = any(other.isascii() and other.isalpha() for other in (before, after))
    is_latin = unicodedata.name(character, "").startswith("LATIN")
    if (beside_latin and not is_latin) or (character.isupper() and before.islower()):
        return -1.5
    if letters is not None:
        return 1.0 if character in letters else -0.3
    return 0.9 if EAST_ASIAN.match(character) else 0.0
