"""Sentences on a whole file, said again in the office's language.

The stages write them in English, with the names and figures of the file inside. `messages.csv`
holds each sentence with holes, and its translations; a sentence that it does not know stays as it
is. Holes are found by plain search: what stands in them came from a file and may be anything.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MESSAGES = Path(__file__).with_name("messages.csv")
HOLE = re.compile(r"\{(\w+)\}")
FIELD = "field"
"""The hole that names a field: people know it by its label."""
CONTROL_TOTAL = "control_total_differs"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with holes."""

    code: str
    fixed: tuple[str, ...]
    """What stands around the holes in English."""
    holes: tuple[str, ...]
    said: Mapping[str, str]
    """Language → the sentence."""

    def fill(self, message: str) -> dict[str, str] | None:
        """Return what stands in the holes of a message, or None if it is another sentence."""
        if not self.holes:
            return {} if message == self.fixed[0] else None
        first, *middle, last = self.fixed
        if not (message.startswith(first) and message.endswith(last)):
            return None
        place, end, found = len(first), len(message) - len(last), []
        for text in middle:
            at = message.find(text, place, end)
            if at < 0:
                return None
            found.append(message[place:at])
            place = at + len(text)
        return dict(zip(self.holes, [*found, message[place:end]], strict=True))


@cache
def sentences() -> tuple[Sentence, ...]:
    """Return every sentence that can be translated; the first that fits a message is meant."""
    with MESSAGES.open(encoding="utf-8", newline="") as source:
        return tuple(
            Sentence(
                line.pop("code"),
                tuple(HOLE.split(line["en"])[::2]),
                tuple(HOLE.findall(line["en"])),
                line,
            )
            for line in csv.DictReader(source)
        )


def is_control_total(message: str) -> bool:
    """Whether a message says that a stated total differs; reports show those as a table."""
    return any(one.code == CONTROL_TOTAL and one.fill(message) for one in sentences())


def translated(message: str, language: str, labels: Mapping[str, str]) -> str | None:
    """Return a message in a language, or None where only English is known.

    Args:
        message: the sentence in English.
        language: en, fr, es or pt.
        labels: field → what people call it in that language.
    """
    if language == "en":
        return message
    for one in sentences():
        holes = one.fill(message)
        if holes is not None:
            if FIELD in holes:
                holes[FIELD] = labels.get(holes[FIELD], holes[FIELD])
            return _filled(one.said[language], holes)
    return None


def _filled(text: str, holes: Mapping[str, str]) -> str:
    """Return a text with its holes filled at once: what fills one may look like another."""
    return HOLE.sub(lambda match: holes[match.group(1)], text)
