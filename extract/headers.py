"""What one header means: an alias of the column maps, said exactly, with a unit, or nearly.

A near miss ("Aproval date", "Date approval") counts only if one field alone is that near, and it
is reported, never silent.
"""

from dataclasses import dataclass

import pandas as pd
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from approvals.contracts import REQUIRED_FIELDS
from extract.folding import fold
from extract.units import UnitWords

UNMAPPED_ON_PURPOSE = "-"
EXACT, WITH_UNIT, REORDERED = 100, 98, 95
LONGEST_HEADER = 60
STOP_WORDS = frozenset(
    {"the", "of", "a", "an", "de", "del", "du", "des", "la", "le", "les", "el", "los", "las"}
    | {"do", "da", "dos", "das", "d", "l", "s"}
)


@dataclass(frozen=True, slots=True)
class Match:
    """How a header was understood."""

    field: str
    alias: str
    """The alias of the column map that it resembles."""
    language: str
    priority: int
    score: int
    """100: the alias itself; 98: with a unit; 95: same words in another order; less: spelt so."""
    multiplier: int = 1
    currency_code: str | None = None


@dataclass(frozen=True, slots=True)
class _Alias:
    field: str
    text: str
    language: str
    priority: int


class HeaderWords:
    """The aliases that hold for one office, by dataset; answers are kept, headers recur."""

    def __init__(self, column_maps: pd.DataFrame, office_id: str, units: UnitWords) -> None:
        """Keep the aliases of every office and those of this one; its own win."""
        rows = column_maps[column_maps["office_id"].isin(["", office_id])]
        self.units = units
        self._aliases: dict[str, dict[str, _Alias]] = {name: {} for name in REQUIRED_FIELDS}
        rows = rows.sort_values("office_id")
        columns = (rows[name] for name in ("dataset", "field", "alias", "language", "priority"))
        for dataset, field, alias, language, priority in zip(*columns, strict=True):
            known = _Alias(field, alias, language, int(priority or 1))
            self._aliases[dataset][fold(alias)] = known
        self._sorted = {
            dataset: {_bag(text): alias for text, alias in reversed(aliases.items())}
            for dataset, aliases in self._aliases.items()
        }
        for bags in self._sorted.values():
            bags.pop("", None)
        self._texts = {dataset: list(aliases) for dataset, aliases in self._aliases.items()}
        self._known: dict[tuple[str, str], Match | None] = {}

    def match(self, dataset: str, header: str) -> Match | None:
        """Return what a header means in a dataset, or None; `-` marks a column left out."""
        folded = fold(header)
        key = (dataset, header)
        if key not in self._known:
            self._known[key] = self._match(dataset, header, folded) if folded else None
        return self._known[key]

    def _match(self, dataset: str, header: str, folded: str) -> Match | None:
        unit = self.units.find(header)
        plain = self._lookup(dataset, folded, EXACT)
        if plain is None and unit.says_something:
            rest = unit.rest or ("amount" if unit.currency_code else "")  # "US$ thousands"
            plain = self._lookup(dataset, rest, WITH_UNIT)
        if plain is None:
            plain = self._near(dataset, folded) or self._near(dataset, unit.rest)
        if plain is None or not plain.field.startswith("amount"):
            return plain
        if "%" in header or unit.is_torn or _has_more_words(folded, plain):
            return None  # a share, an amount of two currencies, or of who knows what
        return Match(
            plain.field,
            plain.alias,
            plain.language,
            plain.priority,
            plain.score,
            unit.multiplier,
            unit.currency_code,
        )

    def _lookup(self, dataset: str, folded: str, score: int) -> Match | None:
        alias = self._aliases[dataset].get(folded)
        if alias is None:
            alias, score = self._sorted[dataset].get(_bag(folded)), REORDERED
        return _as_match(alias, score) if alias else None

    def _near(self, dataset: str, folded: str) -> Match | None:
        """Return the one field within one typing error for each six letters, at most two."""
        allowed = min(len(folded) // 6, 2)
        if not allowed or len(folded) > LONGEST_HEADER or any(sign.isdigit() for sign in folded):
            return None
        near = extract(
            folded, self._texts[dataset], scorer=OSA.distance, score_cutoff=allowed, limit=None
        )
        least = min((distance for _, distance, _ in near), default=0)
        found = [self._aliases[dataset][text] for text, distance, _ in near if distance == least]
        if len({alias.field for alias in found}) != 1:
            return None
        return _as_match(found[0], round(90 * (1 - least / len(folded))))


def _as_match(alias: _Alias, score: int) -> Match:
    return Match(alias.field, alias.text, alias.language, alias.priority, score)


def _has_more_words(folded: str, near: Match) -> bool:
    """Whether a header that is only near an alias has a word that is no typing error of it."""
    return near.score < REORDERED and len(folded.split()) > len(near.alias.split())


def _bag(folded: str) -> str:
    """Return the words that matter, in one order, a plural like its singular."""
    words = (word for word in folded.split() if word not in STOP_WORDS)
    return " ".join(
        sorted(word[:-1] if word[-1] == "s" and len(word) > 3 else word for word in words)
    )
