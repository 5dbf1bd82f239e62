"""The formulas of the reports, computed again in exact decimals from what they are made of."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

HUNDREDTHS: Final = Decimal("0.01")
WORDS: Final = {
    "percentage": "100 × {0} ÷ {1}, rounded to two decimals",
    "change": "100 × ({0} − {1}) ÷ {1}, rounded to two decimals",
    "difference": "{0} − {1}",
    "total": "{0} + {1}",
    "residual": "100 − the sum of {all}",
    "rank": "the place of {0} among {1}, the largest first",
    "exceeds": "whether {0} is above {1}",
    "value": "{0}",
    "deflated": "{0} × {1} ÷ {2}, rounded to the cent",
}
"""How an operation is written; `lineage_formulas` names the operands."""

Operand = Sequence[Decimal | None]
"""The values of one operand: one, or those of several rows."""


def evaluate(operation: str, operands: Sequence[Operand]) -> Decimal | bool | None:
    """Return what an operation gives; None where an operand that it needs is missing or 0.

    Percentages are rounded half away from zero, as the macro `percentage` of the dbt project
    does. Units are those of the operands.
    """
    first = operands[0][0] if operands[0] else None
    second = operands[1][0] if len(operands) > 1 and operands[1] else None
    if operation == "residual":
        values = [value for operand in operands for value in operand]
        return None if not values or None in values else 100 - _sum(values)
    if operation == "exceeds":
        return bool(operands[1]) and first is not None and first > _largest(operands[1])
    if operation == "value" or first is None or second is None:
        return first if operation == "value" else None
    if operation == "deflated":
        return _quotient(first * second, operands[2][0])
    if operation == "rank":
        return _rank(first, operands[1])
    return _of_two(operation, first, second)


def rounded(value: Decimal) -> Decimal:
    """Return a value with two decimals, half away from zero."""
    return value.quantize(HUNDREDTHS, ROUND_HALF_UP)


def _of_two(operation: str, first: Decimal, second: Decimal) -> Decimal | None:
    if operation == "difference":
        return first - second
    if operation == "total":
        return first + second
    return _quotient(100 * (first - second if operation == "change" else first), second)


def _quotient(part: Decimal, whole: Decimal | None) -> Decimal | None:
    return rounded(part / whole) if whole else None


def _rank(first: Decimal, others: Operand) -> Decimal | None:
    larger = sum(1 for value in others if value is not None and value > first)
    return Decimal(1 + larger) if first else None


def _sum(values: Sequence[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal(0))


def _largest(values: Operand) -> Decimal:
    return max((value for value in values if value is not None), default=Decimal(0))
