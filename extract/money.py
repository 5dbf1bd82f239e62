"""In which currency an amount is: column, cell, header and office, checked against each other."""

from approvals.offices import Office
from extract.conventions import Conventions
from extract.readings import AMOUNT, CURRENCY
from extract.shown_currencies import SHOWN, differs, shown_fields


def currency_columns(
    office: Office, mapped: frozenset[str], columns: frozenset[str], conventions: Conventions
) -> str:
    """Return SQL for `currency_stated`, `currency_contradicts` and `currency_is_shared`.

    Where number formats show something there are also `currency_is_from_format` and
    `currency_format_differs`.

    The currency column, a currency inside the amount's cell and the header of the amount must
    agree. A sign that several currencies share is settled by a certain one beside it. What the
    number format of the amount's cell shows counts where none of these is certain. The office's
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
    said = f"coalesce({', '.join([*certain, 'null'])})"
    unknown = " and ".join(empty)
    doubtful = [f"{candidates} is not null" for candidates in shared] or ["false"]
    stated, from_format, formats = said, "", ""
    if SHOWN in columns:
        is_open = f"({said} is null and (({unknown}) or {' or '.join(doubtful)}))"
        from_format = f"case when {is_open} then read_{SHOWN}.value end"
        stated = f"coalesce({said}, {from_format})"
        doubtful.append(f"(({unknown}) and read_{SHOWN}.candidates is not null)")
        formats = f", {from_format} is not null as currency_is_from_format"
    if shown_fields(columns):
        formats += f", {differs(columns, stated)} as currency_format_differs"
    is_shared = f"({stated} is null and ({' or '.join(doubtful)}))"
    default = f"'{office.default_currency}'" if office.default_currency else "null"
    contradictions = [
        f"{first} <> {second}"
        for place, first in enumerate(certain)
        for second in certain[place + 1 :]
    ] + [f"not list_contains({candidates}, {stated})" for candidates in shared]
    return (
        f"coalesce({stated}, case when {unknown} and not {is_shared} then {default} end) "
        f"as currency_stated, coalesce({' or '.join(contradictions) or 'false'}, false) "
        f"as currency_contradicts, {is_shared} as currency_is_shared{formats}"
    )
