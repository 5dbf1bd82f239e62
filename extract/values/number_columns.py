"""Which decimal sign a column of numbers uses, and what each of its notations then says."""

from collections.abc import Mapping
from dataclasses import dataclass

from extract.values.numbers import Notation

SIGNS = {",": "decimal comma", ".": "decimal point"}


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """The notations of one field, each with the number of its cells."""

    field: str
    notations: Mapping[str, Notation]
    counts: Mapping[str, int]

    def proofs(self) -> frozenset[str]:
        """Return the decimal signs that some of its values prove."""
        return frozenset(n.proves for n in self.notations.values() if n.proves)

    @property
    def ambiguous(self) -> int:
        """Number of cells such as 1.234 that point and comma read differently."""
        return sum(self.counts[key] for key, n in self.notations.items() if n.is_ambiguous)


@dataclass(frozen=True, slots=True)
class Decision:
    """The decimal sign of a field; None where its ambiguous values must wait."""

    sign: str | None
    warning: str | None


def decide_signs(columns: list[NumberColumn], declared: str | None) -> dict[str, Decision]:
    """Return the decimal sign of each field.

    What the field's own values prove comes first, then what the office declares, then what the
    other fields of the table prove.

    Args:
        columns: all fields with numbers, those without a doubtful value too.
        declared: the office's decimal sign; None if nothing is declared.
    """
    proven = {column.field: column.proofs() for column in columns}
    return {
        column.field: _decide(
            column,
            declared,
            frozenset[str]().union(*(p for name, p in proven.items() if name != column.field)),
        )
        for column in columns
    }


def _decide(column: NumberColumn, declared: str | None, others: frozenset[str]) -> Decision:
    proofs, count, name = column.proofs(), column.ambiguous, column.field
    if len(proofs) > 1:
        waiting = f"; {count} that can be read two ways wait" if count else ""
        return Decision(
            None, f"{name}: the values contradict each other: {_both()} are proven{waiting}"
        )
    if proofs:
        sign = next(iter(proofs))
        if declared in (None, sign):
            return Decision(sign, None)
        return Decision(
            sign, f"{name}: the values prove {sign!r}, the office declares {declared!r}"
        )
    return _doubtful(column, declared, others) if count else Decision(declared, None)


def _doubtful(column: NumberColumn, declared: str | None, others: frozenset[str]) -> Decision:
    """Decide a column whose own values decide nothing."""
    doubt = f"{column.field}: {column.ambiguous} numbers such as 1.234 or 1,234 "
    doubt += "can be read two ways"
    if declared:
        return Decision(declared, f"{doubt}: read with decimal sign {declared!r}, as declared")
    if len(others) == 1:
        sign = next(iter(others))
        return Decision(sign, f"{doubt}: read with decimal sign {sign!r}, as the other columns are")
    return Decision(None, f"{doubt} and nothing decides: the rows wait in quarantine")


def _both() -> str:
    return " and ".join(SIGNS.values())


def scale_of(notation: Notation, sign: str | None) -> int | None:
    """Return the digits behind the decimal sign; None if nothing decides between two readings."""
    if notation.is_ambiguous:
        return notation.scales.get(sign or "")
    return next(iter(notation.scales.values()), None)
