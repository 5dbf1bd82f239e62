"""How the rows of reports make a published figure: a value, the least, a sum, a mean, a list."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from approvals.trace.formulas import rounded

Found = list[tuple[dict[str, Any], dict[str, Any]]]
"""Lines of `lineage_figures`, each with the row of the report that it names."""


def combined(found: Found, year_count: int | None) -> tuple[list[dict[str, Any]], Any]:
    """Return the lines on which the figure stands, and its value before it is put in its unit.

    Args:
        found: the lines and their rows.
        year_count: how many years the figure speaks of; a mean is the sum by them.
    """
    if not found:
        return [], None
    combination = found[0][0]["combination"]
    if combination == "list":
        return [line for line, _ in found], ";".join(
            sorted({row["donor_name"] for _, row in found})
        )
    if combination in ("sum", "mean"):
        years = (year_count or 1) if combination == "mean" else 1
        return [line for line, _ in found], sum(map(_value, found), Decimal(0)) / years
    valued = [(line, row) for line, row in found if row[line["column_name"]] is not None]
    if combination == "least":
        line, row = min(valued, key=_value)
    elif combination == "highest":
        line, row = min(valued, key=lambda pair: (-_value(pair), pair[1]["approval_year"]))
        return [line], row["approval_year"]
    else:
        line, row = found[0]
    return [line], row[line["column_name"]]


def divided(value: Any, unit: str, factor: int) -> str | None:  # noqa: ANN401 - any figure's
    """Return a value as a figure prints it: US$ by its unit, a rank or year without decimals.

    Args:
        value: a number, a flag or a list.
        unit: the unit that is printed.
        factor: how many US$ one of it is; 1 where it is no amount.
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if unit in ("rank", "year"):
        return str(int(value))
    return str(rounded(Decimal(value) / factor))


def _value(pair: tuple[Mapping[str, Any], Mapping[str, Any]]) -> Decimal:
    line, row = pair
    value: Decimal = row[line["column_name"]]
    return value
