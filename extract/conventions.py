"""How a column writes numbers and dates, decided for the column as a whole.

What the values themselves prove comes first, the office's declared locale second. A column that
proves both ways is read by the office's locale, and what does not fit is quarantined.
"""

from dataclasses import dataclass

import duckdb

from approvals.offices import Office
from extract.expressions import NUMERIC_DATE

DECIMAL_COMMA = (
    r"^[+-]?\d*,(\d{1,2}|\d{4,})$|^[+-]?\d{1,3}(\.\d{3})+,\d+$|^[+-]?\d{1,3}(\.\d{3}){2,}$"
)
DECIMAL_POINT = (
    r"^[+-]?\d*\.(\d{1,2}|\d{4,})$|^[+-]?\d{1,3}(,\d{3})+\.\d+$|^[+-]?\d{1,3}(,\d{3}){2,}$"
)
EITHER_WAY = r"^[+-]?\d{1,3}[.,]\d{3}$"


@dataclass(frozen=True, slots=True)
class Conventions:
    """Decimal sign and order of dates of one table."""

    decimal_sign: str
    date_order: str
    warnings: tuple[str, ...]


def decide(
    connection: duckdb.DuckDBPyConnection, office: Office, numbers: list[str], dates: list[str]
) -> Conventions:
    """Return the conventions of the table `fields`, with a warning for each doubt.

    Args:
        connection: holds the table `fields`, one text column for each field.
        office: declares what holds where the values prove nothing.
        numbers: the fields that are numbers.
        dates: the fields that are dates.
    """
    comma, point, either = _count(
        connection,
        [f"{name}_bare" for name in numbers],
        DECIMAL_COMMA,
        DECIMAL_POINT,
        EITHER_WAY,
    )
    day_first, month_first, _ = _count(
        connection,
        [
            f"case when regexp_matches({name}_text, '{NUMERIC_DATE}') then {name}_text end"
            for name in dates
        ],
        r"^(1[3-9]|[23]\d)\D",
        r"^\d{1,2}\D(1[3-9]|[23]\d)\D",
        r"^$",
    )
    warnings: list[str] = []
    sign = _proven({",": comma, ".": point}, office.decimal_sign or ".", "decimal sign", warnings)
    declared = office.date_order or "ymd"
    order = _proven({"dmy": day_first, "mdy": month_first}, declared, "order of dates", warnings)
    if either and not comma and not point:
        warnings.append(
            f"{either} amounts such as 1.234 or 1,234 can be read two ways: read with decimal sign "
            f"{sign!r}, as office {office.office_id} declares"
        )
    return Conventions(sign, order, tuple(warnings))


def _proven(proofs: dict[str, int], declared: str, what: str, warnings: list[str]) -> str:
    proven = [value for value, count in proofs.items() if count]
    if len(proven) == 1 and proven[0] != declared:
        if declared != "ymd":
            warnings.append(
                f"{what}: the values prove {proven[0]!r}, the office declares {declared!r}"
            )
        return proven[0]
    if len(proven) == 2:
        warnings.append(f"{what}: the values contradict each other; read as {declared!r}")
    return declared


def _count(
    connection: duckdb.DuckDBPyConnection, values: list[str], *patterns: str
) -> tuple[int, ...]:
    """Return for each pattern how many of the values match it."""
    if not values:
        return tuple(0 for _ in patterns)
    counts = ", ".join(
        " + ".join(
            f"count(*) filter (where regexp_matches({value}, '{pattern}'))" for value in values
        )
        for pattern in patterns
    )
    row = connection.execute(f"select {counts} from fields").fetchone()
    return tuple(row or ())
