"""What is known of words: aliases of headers, members of the reference tables, mapped values."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel.numbers import list_currencies
from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.process import extract

from approvals.configuration import Configuration
from approvals.contracts import DATASETS
from extract.folding import fold

MEMBERS = {
    "donor_name": "donors.csv",
    "recipient_name": "recipients.csv",
    "region_name": "regions.csv",
    "sector_name": "sectors.csv",
    "funding_source_name": "funding_sources.csv",
    "modality_name": "modalities.csv",
}
"""Field → the reference table below `seeds/` that lists its members by a column of that name."""
SIMILAR = 60
"""Of 100: how alike a header and an alias must be to be compared at all."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One alias of the column maps."""

    field: str
    text: str
    language: str
    priority: int


class Vocabulary:
    """The words that hold for one office."""

    def __init__(self, configuration: Configuration, office_id: str) -> None:
        """Read the column maps, the value maps and the reference tables."""
        maps = configuration.table("column_maps.csv")
        rows = maps[maps["office_id"].isin(["", office_id]) & (maps["field"] != "-")]
        self._aliases: dict[str, dict[str, Alias]] = {name: {} for name in DATASETS}
        names = ("dataset", "field", "alias", "language", "priority")
        for dataset, field, alias, language, priority in zip(
            *(rows[n] for n in names), strict=True
        ):
            known = Alias(field, alias, language, int(priority or 1))
            self._aliases[dataset].setdefault(fold(alias), known)
        self.values = _values(configuration, office_id)

    @property
    def coded(self) -> frozenset[str]:
        """Fields whose every value must be a known word."""
        return frozenset(self.values) - frozenset(MEMBERS)

    @property
    def markers(self) -> frozenset[str]:
        """Fields of yes and no: which of them a column is, its values cannot say."""
        return frozenset(field for field, texts in self.values.items() if "yes" in texts)

    def similar(self, dataset: str, header: str) -> list[tuple[Alias, int]]:
        """Return the best alias of each field that a header resembles, with its score of 100."""
        aliases = self._aliases[dataset]
        found = extract(
            fold(header), list(aliases), scorer=token_sort_ratio, score_cutoff=SIMILAR, limit=None
        )
        best: dict[str, tuple[Alias, int]] = {}
        for text, score, _ in found:
            best.setdefault(aliases[text].field, (aliases[text], round(score)))
        return list(best.values())


def _values(configuration: Configuration, office_id: str) -> Mapping[str, frozenset[str]]:
    """Return field → the folded texts that are known to be its values."""
    known: dict[str, set[str]] = {"currency_code": {code.lower() for code in list_currencies()}}
    maps = configuration.table("value_maps.csv")
    rows = maps[maps["office_id"].isin(["", office_id])]
    for field, alias in zip(rows["field"], rows["alias"], strict=True):
        known.setdefault(field, set()).add(fold(alias))
    aliases = configuration.table("seeds/aliases.csv")
    for field, name in MEMBERS.items():
        members = configuration.table(f"seeds/{name}")[field]
        others = aliases.loc[aliases["dimension"] == field.removesuffix("_name"), "alias"]
        known[field] = {fold(text) for text in (*members, *others)}
    return {field: frozenset(texts - {""}) for field, texts in known.items()}
