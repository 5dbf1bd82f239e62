"""In which order a column writes day, month and year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from extract.values.dates import DayText, read_day

YEAR_FIRST = frozenset(("ymd",))
DAY_FIRST_LANGUAGES = frozenset(("fr", "es", "pt"))


@dataclass(frozen=True, slots=True)
class DateColumn:
    """The texts of one field, each with the number of its cells."""

    field: str
    texts: Mapping[str, DayText]
    counts: Mapping[str, int]

    declared: str | None
    """The order that the office declares."""
    has_year_first: bool
    """Whether years of two digits may stand in front (06-03-15)."""

    @classmethod
    def of(
        cls, field: str, counts: Mapping[str, int], epoch: int, declared: str | None
    ) -> "DateColumn":
        """Return the column of these texts.

        Args:
            field: the field.
            counts: text → number of cells.
            epoch: of serial day numbers.
            declared: the order that the office declares.
        """
        texts = {text: read_day(text, epoch) for text in counts}
        proven = any(text.orders == YEAR_FIRST for text in texts.values())
        return cls(field, texts, counts, declared, proven or declared == "ymd")

    def orders(self, text: DayText) -> frozenset[str]:
        """Return the orders that a text allows; empty if it says nothing of the order.

        A year of two digits in front (06-03-15) counts only where the office declares it or
        another value proves it.
        """
        found = text.orders or frozenset()
        return found if found == YEAR_FIRST or self.has_year_first else found - {"ymd"}

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

    def day_of(self, text: DayText, order: str | None) -> date | None:
        """Return the date of a text; None if nothing decides between two."""
        allowed = self.orders(text) or frozenset(text.days)
        if order in allowed:
            return text.days[order]
        days = {text.days[name] for name in allowed}
        return next(iter(days)) if len(days) == 1 else None


@dataclass(frozen=True, slots=True)
class Decision:
    """The order of a field; None where its ambiguous values must wait."""

    order: str | None
    warning: str | None


def decide_orders(columns: list[DateColumn], language: str | None) -> dict[str, Decision]:
    """Return the order of each field.

    What the field's own values prove comes first, then what the office declares, then what the
    other dates of the table prove, then the language: French, Spanish and Portuguese put the day
    first; English says nothing.

    Args:
        columns: all fields with dates.
        language: of the headers, or None.
    """
    proven = {column.field: column.proofs() for column in columns}
    return {
        column.field: _decide(
            column,
            frozenset[str]().union(*(p for name, p in proven.items() if name != column.field)),
            language,
        )
        for column in columns
    }


def _decide(column: DateColumn, others: frozenset[str], language: str | None) -> Decision:
    proofs, count, name = column.proofs(), column.ambiguous, column.field
    declared = column.declared
    if len(proofs) > 1:
        waiting = f"; {count} that can be read two ways are not read" if count else ""
        proven = " and ".join(sorted(proofs))
        return Decision(
            None, f"{name}: the values contradict each other: {proven} are proven{waiting}"
        )
    if proofs:
        order = next(iter(proofs))
        if declared in (None, "ymd", order):
            return Decision(order, None)
        return Decision(
            order, f"{name}: the values prove {order!r}, the office declares {declared!r}"
        )
    if not count:
        return Decision(declared, None)
    return _doubtful(f"{name}: {count} dates can be read two ways", column, others, language)


def _doubtful(
    doubt: str, column: DateColumn, others: frozenset[str], language: str | None
) -> Decision:
    """Decide a column whose own values decide nothing."""
    declared = column.declared
    if declared and _fits(column, declared):
        return Decision(declared, f"{doubt}: read as {declared!r}, as declared")
    if len(others) == 1 and _fits(column, next(iter(others))):
        order = next(iter(others))
        return Decision(order, f"{doubt}: read as {order!r}, as the other dates are")
    if language in DAY_FIRST_LANGUAGES and _fits(column, "dmy"):
        return Decision("dmy", f"{doubt}: read as 'dmy', as usual in the language of the headers")
    return Decision(None, f"{doubt} and nothing decides: they are not read")


def _fits(column: DateColumn, order: str) -> bool:
    """Whether every text that depends on the order is a date in this one."""
    return all(
        order in column.orders(text) for text in column.texts.values() if column.orders(text)
    )
