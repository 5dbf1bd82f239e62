"""In which order a column writes day, month and year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from extract.values.dates import DayText

DAY_FIRST_LANGUAGES = frozenset(("fr", "es", "pt"))


@dataclass(frozen=True, slots=True)
class DateColumn:
    """The texts of one field, each with the number of its cells."""

    field: str
    texts: Mapping[str, DayText]
    counts: Mapping[str, int]

    declared: str | None = None
    """The order that the office declares."""

    def orders(self, text: DayText) -> frozenset[str]:
        """Return the orders that a text allows; empty if it says nothing of the order.

        A year of two digits in front (06-03-15) counts only where the office declares it or
        another value proves it.
        """
        found = text.orders or frozenset()
        return found if found == {"ymd"} or self._year_first() else found - {"ymd"}

    def proofs(self) -> frozenset[str]:
        """Return the orders that some text alone allows."""
        allowed = map(self.orders, self.texts.values())
        return frozenset(next(iter(orders)) for orders in allowed if len(orders) == 1)

    @property
    def ambiguous(self) -> int:
        """Number of cells that are two dates."""
        return sum(
            self.counts[key]
            for key, text in self.texts.items()
            if len({text.days[order] for order in self.orders(text)}) > 1
        )
