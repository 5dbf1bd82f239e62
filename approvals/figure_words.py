"""The words in which published figures are registered: measures, dimensions, operators, units.

They are the words of `int_figures_*` in the dbt project; docs/published-figures.md explains them.
What a member is called is data (seeds), and not known here.
"""

import re
from functools import cache
from typing import Final

MEMBERS: Final = frozenset(
    {"donor", "donor group", "region", "sector", "modality", "funding source"}
)
"""Dimensions with members of their own; each may be written with underscores."""
AMOUNT: Final = "amount in US$"
ANY_AMOUNT: Final = "amount in any currency"
MEASURES: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "approvals": (MEMBERS | {"total"}, frozenset({AMOUNT})),
    "approvals average": (MEMBERS | {"total"}, frozenset({AMOUNT})),
    "approvals share": (MEMBERS, frozenset({"percent"})),
    "approvals rank": (MEMBERS, frozenset({"rank"})),
    "approvals change": (MEMBERS | {"total"}, frozenset({"percent"})),
    "approvals growth": (MEMBERS | {"total"}, frozenset({"percent"})),
    "approvals record": (frozenset({"total"}), frozenset({"flag"})),
    "approvals forecast": (frozenset({"total", "donor"}), frozenset({AMOUNT})),
    "locally mobilised share": (frozenset({"mobilisation"}), frozenset({"percent"})),
    "locally mobilised share peak": (frozenset({"mobilisation"}), frozenset({"year"})),
    "RBSA": (MEMBERS | {"total"}, frozenset({AMOUNT})),
    "RBSA contributions": (MEMBERS | {"total"}, frozenset({AMOUNT})),
    "assessed": (MEMBERS | {"total"}, frozenset({AMOUNT})),
    "voluntary non-core": (MEMBERS | {"total"}, frozenset({AMOUNT})),
    "total voluntary": (MEMBERS | {"total"}, frozenset({AMOUNT})),
    "target share": (frozenset({"dwcp"}), frozenset({"percent"})),
    "RBSA target": (frozenset({"total"}), frozenset({AMOUNT})),
    "agreements": (frozenset({"flag", "status"}), frozenset({"list"})),
    "agreements renewed": (frozenset({"donor"}), frozenset({"list"})),
    "agreement": (frozenset({"donor"}), frozenset({ANY_AMOUNT})),
}
"""Measure → the dimensions it may have, and what it may be counted in."""
OPERATORS: Final = frozenset({"=", "~=", ">", ">~", "<"})
YEARS: Final = r"(early )?\d{4}(-(early )?\d{4})?"
PERIOD: Final = re.compile(rf"{YEARS}( per year| vs {YEARS})?")
"""2006, 2005-2006, 2007-early 2008, 2014-2017 per year, 2006 vs 2005."""
DATE: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])|")
TOLERANCE: Final = re.compile(r"\d+(\.\d+)?|")


def dimensions_of(measure: str) -> set[str]:
    """Return the dimensions that a measure may have, in both spellings; none if it is unknown."""
    dimensions, _ = MEASURES.get(measure, (frozenset(), frozenset()))
    return {word for name in dimensions for word in (name, name.replace(" ", "_"))}


def units_of(measure: str) -> set[str]:
    """Return the units that a measure may have; none if it is unknown."""
    _, kinds = MEASURES.get(measure, (frozenset(), frozenset()))
    amounts = {AMOUNT: frozenset({"USD"}), ANY_AMOUNT: currencies()}
    return {
        unit for kind in kinds for unit in (_amounts(amounts[kind]) if kind in amounts else {kind})
    }


def _amounts(codes: frozenset[str]) -> set[str]:
    return {
        f"{code}{factor}{rate}"
        for code in codes
        for factor in ("", " thousand", " million", " billion")
        for rate in ("", " per year")
    }


@cache
def currencies() -> frozenset[str]:
    """Return the codes of ISO 4217, past and present."""
    from babel.numbers import list_currencies

    return frozenset(list_currencies())
