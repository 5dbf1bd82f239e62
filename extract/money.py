"""In which currency an amount is: column, cell, header and office, checked against each other."""

from approvals.offices import Office
from extract.conventions import Conventions
from extract.readings import AMOUNT, CURRENCY


def currency_columns(
    office: Office, mapped: frozenset[str], columns: frozenset[str], conventions: Conventions
) -> str:
    """Return SQL for `currency_stated`, `currency_contradicts` and `currency_is_shared`.

    The currency column, a currency inside the amount's cell and the header of the amount must
    agree. A sign that several currencies share is settled by a certain one beside it. The office's
    default holds only where nothing at all is stated.

    Args:
        office: gives the default.
        mapped: the fields that the file gives.
        columns: the columns of the relation `fields`.
        conventions: tells whether amounts have readings.
    """
    certain, shared, empty = [], [], ["true"]
    if CURRENCY in mapped:
        certain.append(f"read_{CURRENCY}.value")
        shared.append(f"read_{CURRENCY}.candidates")
        empty.append(f"({CURRENCY}_text is null or read_{CURRENCY}.problem = 'missing')")
    if AMOUNT in mapped and AMOUNT not in conventions.plain:
        certain.append(f"read_{AMOUNT}.currency")
        shared.append(f"read_{AMOUNT}.candidates")
    if f"{AMOUNT}_currency" in columns:
        certain.append(f"fields.{AMOUNT}_currency")
    stated = f"coalesce({', '.join([*certain, 'null'])})"
    doubtful = [f"{candidates} is not null" for candidates in shared] or ["false"]
    is_shared = f"({stated} is null and ({' or '.join(doubtful)}))"
    default = f"'{office.default_currency}'" if office.default_currency else "null"
    unknown = " and ".join(empty)
    contradictions = [
        f"{first} <> {second}"
        for place, first in enumerate(certain)
        for second in certain[place + 1 :]
    ] + [f"not list_contains({candidates}, {stated})" for candidates in shared]
    return (
        f"coalesce({stated}, case when {unknown} and not {is_shared} then {default} end) "
        f"as currency_stated, coalesce({' or '.join(contradictions) or 'false'}, false) "
        f"as currency_contradicts, {is_shared} as currency_is_shared"
    )
