"""Data about money: the set of rates that the marts are in, and price indices that can be used.

Rates themselves are exports like any other; nothing here reads or converts an amount.
"""

from collections.abc import Mapping

import pandas as pd

from approvals.errors import ConfigurationError

RATE_SETS = "seeds/rate_sets.csv"
DEFLATORS = "seeds/deflators.csv"
PERIODS = ("1", "3", "6", "12", "24")
"""For how many months a rate may hold: periods that begin with a year, or an even-odd biennium."""
INDEX_PATTERN = r"(?=.*[1-9])\d{1,8}(\.\d{1,4})?"


def chosen_rate_set(tables: Mapping[str, pd.DataFrame]) -> str | None:
    """Return the key of the set of rates that the marts are in; None where no set is declared."""
    sets = tables[RATE_SETS]
    return next(iter(sets.loc[sets["is_chosen"] == "yes", "rate_set_id"]), None)


def with_chosen_rate_set(
    sets: pd.DataFrame, own: pd.DataFrame | None, wanted: str | None
) -> pd.DataFrame:
    """Return the table of rate sets with one set marked: the one that the marts are in.

    Args:
        sets: the effective table.
        own: the rows of an agency's own file, whose mark wins over the example's; None: no file.
        wanted: the key that `APPROVALS_RATE_SET` names, which wins over both; None: not set.

    Raises:
        ConfigurationError: nobody has declared the wanted set, no set or several are marked, or
            a period is impossible; the message names the fix.
    """
    for key, months in zip(sets["rate_set_id"], sets["period_months"], strict=True):
        if months not in PERIODS:
            raise ConfigurationError(
                f"{RATE_SETS}: {key!r} holds for {months!r} months; use one of {', '.join(PERIODS)}"
            )
    marked = [frame[frame["is_chosen"] == "yes"] for frame in (own, sets) if frame is not None]
    keys = next((list(rows["rate_set_id"]) for rows in marked if len(rows)), [])
    chosen = [wanted] if wanted else keys
    declared = set(sets["rate_set_id"])
    if wanted and wanted not in declared:
        raise ConfigurationError(
            f"APPROVALS_RATE_SET names {wanted!r}, which {RATE_SETS} does not have: add it there, "
            f"or use one of {', '.join(sorted(declared)) or 'none'}"
        )
    if len(chosen) != 1 and declared:
        raise ConfigurationError(
            f"{RATE_SETS} marks {len(chosen)} sets as chosen ({', '.join(chosen) or 'none'}): "
            "write yes in is_chosen of one, or name one in APPROVALS_RATE_SET"
        )
    is_chosen = sets["rate_set_id"].isin(chosen).map({True: "yes", False: "no"})
    return sets.assign(is_chosen=is_chosen)


def check_deflators(deflators: pd.DataFrame) -> None:
    """Refuse an index that cannot be divided by exactly, and a series with two base years.

    Raises:
        ConfigurationError: it names the series, the year and the fix.
    """
    unusable = deflators[~deflators["price_index"].str.fullmatch(INDEX_PATTERN)]
    for row in unusable.to_dict("records"):
        raise ConfigurationError(
            f"{DEFLATORS}: {row['deflator_series']!r} has {row['price_index']!r} for "
            f"{row['index_year']}: write a number above zero with at most four decimals"
        )
    bases = deflators.groupby("deflator_series")["base_year"].unique()
    for series, years in bases.items():
        if len(years) != 1:
            raise ConfigurationError(
                f"{DEFLATORS}: {series!r} has the base years {', '.join(years)}: write the same "
                "in each of its rows"
            )
