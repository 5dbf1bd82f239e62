"""How the rows of reports make a published figure: one value, the least, the highest, a list."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from approvals.trace.formulas import rounded

Found = list[tuple[dict[str, Any], dict[str, Any]]]
"""Lines of `lineage_figures`, each with the row of the report that it names."""


def combined(found: Found) -> tuple[list[dict[str, Any]], Any]:
    """Return the lines on which the figure stands, and its value before it is put in its unit."""
    if not found:
        return [], None
    combination = found[0][0]["combination"]
    if combination == "list":
        return [line for line, _ in found], ";".join(
            sorted({row["donor_name"] for _, row in found})
        )
    valued = [(line, row) for line, row in found if row[line["column_name"]] is not None]
    if combination == "least":
        line, row = min(valued, key=_value)
    elif combination == "highest":
        line, row = min(valued, key=lambda pair: (-_value(pair), pair[1]["approval_year"]))
        return [line], row["approval_year"]
    else:
        line, row = found[0]
    return [line], row[line["column_name"]]


def divided(value: Any, unit: str) -> str | None:  # noqa: ANN401 - a number, a flag or a list
    """Return a value as a figure prints it: US$ in millions, a rank or year without decimals."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if unit == "USD million":
        return str(rounded(Decimal(value) / 1_000_000))
    return str(int(value)) if unit in ("rank", "year") else str(rounded(Decimal(value)))


def _value(pair: tuple[Mapping[str, Any], Mapping[str, Any]]) -> Decimal:
    line, row = pair
    value: Decimal = row[line["column_name"]]
    return value
