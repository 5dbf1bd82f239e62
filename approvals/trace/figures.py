"""How the rows of reports make a published figure: a value, a sum, a share over years, a list."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from approvals.trace.formulas import evaluate, rounded

Found = list[tuple[dict[str, Any], dict[str, Any]]]
"""Lines of `lineage_figures`, each with the row of the report that it names."""

OVER_YEARS = ("percentage", "change", "least change", "rank", "exceeds")
"""Combinations of sums over years: those of operand 1 with those of operand 2."""


def combined(found: Found, year_count: int | None) -> tuple[list[dict[str, Any]], Any]:
    """Return the lines on which the figure stands, and its value before it is put in its unit.

    Args:
        found: the lines and their rows.
        year_count: how many years the figure speaks of; a mean is the sum by them.
    """
    if not found:
        return [], None
    combination = found[0][0]["combination"]
    if combination in OVER_YEARS:
        return _over_years(combination, found)
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


def _over_years(combination: str, found: Found) -> tuple[list[dict[str, Any]], Any]:
    """Return the lines that are traced further, and what the sums of both operands give.

    Ranks and records compare with many rows, which are only listed.
    """
    first, second = ([pair for pair in found if pair[0]["operand_number"] == n] for n in (1, 2))
    if combination == "least change":
        return _least_change(first, second)
    compared: list[Decimal | None]
    if combination == "rank":
        compared = [*_by_member(second).values()]
    elif combination == "exceeds":
        compared = [_value(pair) for pair in second]
    else:
        compared = _added(second)
    chosen = first if combination in ("rank", "exceeds") else found
    return [line for line, _ in chosen], evaluate(combination, [_added(first), compared])


def _least_change(first: Found, second: Found) -> tuple[list[dict[str, Any]], Any]:
    amounts, before = _by_member(first), _by_member(second)
    changes = {
        member: evaluate("change", [[amount], [before.get(member)]])
        for member, amount in amounts.items()
    }
    known = {member: change for member, change in changes.items() if change is not None}
    least = min(known, key=known.__getitem__)
    return [line for line, _ in first + second if line["member_id"] == least], known[least]


def _by_member(found: Found) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for pair in found:
        member = pair[0]["member_id"]
        sums[member] = sums.get(member, Decimal(0)) + _value(pair)
    return sums


def _added(found: Found) -> list[Decimal | None]:
    """Return the sum as an operand; none without rows."""
    return [sum(map(_value, found), Decimal(0)) if found else None]


def _value(pair: tuple[Mapping[str, Any], Mapping[str, Any]]) -> Decimal:
    line, row = pair
    value: Decimal = row[line["column_name"]]
    return value
