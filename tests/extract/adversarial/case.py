"""A nasty export and what must become of it.

An expectation lists every outcome that a careful office, auditor and engineer would all accept.
Anything else is a wrong total, a crash or a refusal without need.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

Totals = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Expected:
    """The outcomes that are right."""

    totals: tuple[Totals, ...] = ()
    """Acceptable sums of accepted amounts by currency; none: the file must be refused."""
    accepted: int | None = None
    rejected: int | None = None
    status: str = "any"
    """clean: loaded without a doubt; flagged: loaded, but never without one; any: either."""
    refusal: bool = False
    """The file may be rejected whole."""
    codes: frozenset[str] = frozenset()
    """Reason codes of which a refusal gives one; none: any code of the catalogue."""
    columns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Columns of the lake and the values that the accepted rows have, in their order."""


@dataclass(frozen=True, slots=True)
class Case:
    """One file."""

    case_id: str
    nasty: str
    """What is wrong with it, for people."""
    content: bytes | Callable[[], bytes]
    expected: Expected
    name: str = "approvals.csv"
    office: str = "undeclared"
    """The folder that it lies in: an office of `night.OFFICES`, or nobody's."""

    @property
    def path(self) -> str:
        """Where the file lies below the drop folder; unique, and says which case it is."""
        return f"{self.office}/{self.case_id}/{self.name}"

    def bytes(self) -> bytes:
        """Return the file."""
        return self.content() if callable(self.content) else self.content


def _sums(totals: Mapping[str, str]) -> Totals:
    return {currency: Decimal(amount) for currency, amount in totals.items()}


def usd(amount: str) -> dict[str, str]:
    """Return the total of an export in US$ alone."""
    return {"USD": amount}


def loads(
    totals: Mapping[str, str],
    accepted: int,
    rejected: int | None = None,
    *,
    status: str = "any",
    **columns: tuple[str, ...],
) -> Expected:
    """Expect exactly these rows; a warning beside them does no harm.

    Args:
        totals: currency → sum of the accepted amounts.
        accepted: rows in the lake.
        rejected: rows in quarantine; None: any number.
        status: clean, flagged or any.
        columns: column of the lake → its values in the order of the rows.
    """
    return Expected((_sums(totals),), accepted, rejected, status, columns=tuple(columns.items()))


def clean(totals: Mapping[str, str], accepted: int, **columns: tuple[str, ...]) -> Expected:
    """Expect these rows and no doubt: an export without a fault must not cry wolf."""
    return loads(totals, accepted, 0, status="clean", **columns)


def flagged(
    *totals: Mapping[str, str], refusal: bool = True, accepted: int | None = None
) -> Expected:
    """Expect a warning, quarantined rows or a refusal, and never another total than these."""
    sums = tuple(_sums(each) for each in totals)
    return Expected(sums, accepted, status="flagged", refusal=refusal)


def either(*totals: Mapping[str, str], refusal: bool = True) -> Expected:
    """Expect one of these totals, or a refusal: reading it right needs no warning."""
    return Expected(tuple(_sums(each) for each in totals), refusal=refusal)


def refused(*codes: str) -> Expected:
    """Expect that nothing is loaded, for one of these reasons (none named: any)."""
    return Expected(refusal=True, codes=frozenset(codes))
