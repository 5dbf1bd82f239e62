"""The words of `value_maps.csv` as one office uses them; its own win over those of every office."""

from dataclasses import dataclass

import pandas as pd

from extract.folding import fold
from extract.values.vocabulary import compact


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """What the words of one office mean."""

    values: dict[str, dict[str, str]]
    """Field → folded word → canonical value."""
    currencies: dict[str, str]
    """Compactly folded word → ISO 4217 code."""


def words_of(office_id: str, value_maps: pd.DataFrame) -> OfficeWords:
    """Return the words of an office."""
    rows = value_maps[value_maps["office_id"].isin(["", office_id])].sort_values(
        "office_id", kind="stable"
    )
    values: dict[str, dict[str, str]] = {}
    currencies: dict[str, str] = {}
    for field, alias, value in zip(rows["field"], rows["alias"], rows["value"], strict=True):
        if field == "currency_code":
            currencies[compact(alias)] = value
        else:
            values.setdefault(field, {})[fold(alias)] = value
    return OfficeWords(values, currencies)
