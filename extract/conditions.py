"""Which rows wait in quarantine, and what is noticed on the others: code → SQL condition.

The conditions are over the relation that `extract.rows` makes: for each field its value, and
`<field>_text`, `<field>_problem`, `<field>_note`. A condition on columns that are empty in this
table is left out: planning it would cost more than the rows.
"""

from collections.abc import Iterable

import pyarrow as pa

from approvals.contracts import AGREEMENTS, DATASETS
from approvals.offices import Office
from extract.fields import CODED_FIELDS, SUM, dataset_fields
from extract.reasons import ROW_REASONS

MARKERS = [name for name, default in CODED_FIELDS.items() if default is None][1:3] + [
    name for name in AGREEMENTS.names if name in CODED_FIELDS and name != "agreement_status"
]
FIELDS_WITH_REASONS = {reason.field for reason in ROW_REASONS} - {"office_reference"}
"""Required fields whose absence has a reason code of its own."""
NEVER = "false"


def error_fields(dataset: str) -> tuple[str, ...]:
    """Return the fields in which a spreadsheet's error quarantines the row."""
    return {
        "approvals": ("amount_original", "currency_code", "approval_date"),
        "rates": ("currency_code", "units_per_usd", "rate_month"),
    }.get(dataset, ())


def row_conditions(
    dataset: str, office: Office, empty: frozenset[str] = frozenset()
) -> dict[str, str]:
    """Return reason code → SQL condition under which a row of this office is quarantined.

    Args:
        dataset: the dataset.
        office: says which fields it requires.
        empty: columns that are NULL in every row of the table.
    """
    conditions = {
        "approvals": _approval_reasons,
        "rates": _rate_reasons,
        "agreements": _agreement_reasons,
    }[dataset](office, empty)
    conditions["spreadsheet_error"] = _errors(error_fields(dataset), empty)
    others = [name for name in office.required(dataset) if name not in FIELDS_WITH_REASONS]
    if others:
        conditions["required_value_missing"] = " or ".join(f"{name} is null" for name in others)
    return _possible(conditions)


def _approval_reasons(office: Office, empty: frozenset[str]) -> dict[str, str]:
    amount, day, lost = "amount_original", "approval_date", "amount_original is null"
    lost += " and not amount_from_usd and amount_original_text is not null"
    conditions = {
        "amount_missing": f"{_missing(amount, empty)} and not amount_from_usd",
        "amount_unreadable": f"{lost} and {_is(amount, 'unreadable', empty, or_none=True)}",
        "amount_ambiguous": _is(amount, "ambiguous", empty, lost),
        "amount_percent": _is(amount, "percent", empty, lost),
        "amount_unit_unclear": _is(amount, "unit", empty, lost),
        "amount_too_large": _below_cent(empty, "abs(amount_original) >= 10000000000000000"),
        "currency_missing": "currency_code is null and not currency_is_shared and "
        + _missing("currency_code", empty),
        "currency_unknown": "currency_code is null and currency_code_text is not null and "
        f"not currency_is_shared and {_is('currency_code', 'unknown', empty, or_none=True)}",
        "currency_ambiguous": "currency_code is null and currency_is_shared",
        "currency_contradicts": "currency_contradicts and not amount_from_usd",
        "approval_date_missing": _missing(day, empty),
        "approval_date_unreadable": "approval_date is null and approval_date_text is not null "
        f"and {_is(day, 'unreadable', empty, or_none=True)}",
        "approval_date_ambiguous": _is(day, "ambiguous", empty),
        "approval_date_buddhist_era": _is(day, "buddhist", empty),
        "date_weekday_contradicts": _is(day, "weekday", empty),
        "approval_date_out_of_range": "year(approval_date) not between 1950 and 2100",
        "status_unknown": "status is null",
    }
    if "donor_name" in office.required("approvals"):
        conditions["donor_missing"] = "donor_name is null"
    return conditions


def _rate_reasons(_: Office, empty: frozenset[str]) -> dict[str, str]:
    none = "currency_code is null"
    return {
        "currency_missing": f"{none} and {_missing('currency_code', empty)}",
        "currency_unknown": f"{none} and currency_code_text is not null and "
        + _is("currency_code", "unknown", empty, or_none=True),
        "currency_ambiguous": _is("currency_code", "ambiguous", empty, none),
        "rate_unreadable": "units_per_usd is null or units_per_usd <= 0",
        "rate_month_unreadable": "rate_month is null",
    }


def _agreement_reasons(_: Office, __: frozenset[str]) -> dict[str, str]:
    return {
        "donor_missing": "donor_name is null",
        "agreement_status_unknown": "agreement_status is null",
    }


def row_warnings(dataset: str, empty: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return warning code → SQL condition.

    Args:
        dataset: the dataset.
        empty: columns that are NULL in every row of the table.
    """
    names = dataset_fields(dataset)
    kinds = DATASETS[dataset]
    days = [name for name in names if pa.types.is_temporal(kinds.field(name).type)]
    texts = [n for n in names if pa.types.is_string(kinds.field(n).type) and n != "currency_code"]
    found = {**_amount_warnings(dataset, empty), **_date_warnings(days, dataset, empty)}
    found["marker_unknown"] = _lost([name for name in MARKERS if name in names], empty)
    found["spreadsheet_error_in_text"] = _errors(texts, empty)
    return _possible(found)


def _amount_warnings(dataset: str, empty: frozenset[str]) -> dict[str, str]:
    if dataset == "rates":
        return {}
    found = {"amount_rounded": _below_cent(empty, "amount_original <> round(amount_original, 2)")}
    if "amount_original_note" not in empty:
        found["amount_unit_word"] = "amount_original_note = 'unit_word'"
        found["amount_three_decimals"] = "amount_original_note = 'three_decimals'"
    if "amount_original_shown" not in empty:
        found["currency_from_format"] = "currency_is_from_format"
    if not {"amount_original_shown", "amount_usd_reported_shown"} <= empty:
        found["currency_format_differs"] = "currency_format_differs"
    if dataset == "agreements":
        lost = [_lost(["amount_original"], empty), "currency_contradicts", "currency_is_shared"]
        return found | {"number_unreadable": _any(lost)}
    return found | {
        "row_may_be_sum": NEVER if SUM in empty else SUM,
        "amount_from_reported_usd": NEVER
        if "amount_usd_reported_text" in empty
        else "amount_from_usd",
        "amount_not_positive": "amount_original <= 0",
        "negotiation_unknown": _lost(["negotiation"], empty),
        "number_unreadable": _lost(["amount_usd_reported", "exchange_rate_reported"], empty),
    }


def _date_warnings(days: list[str], dataset: str, empty: frozenset[str]) -> dict[str, str]:
    if dataset == "rates":
        return {}
    notes = {
        "date_two_digit_year": "two_digit_year",
        "date_from_serial": "serial",
        "date_month_only": "month_only",
        "date_year_only": "year_only",
    }
    noted = [name for name in days if f"{name}_note" not in empty]
    found = {
        code: _any(f"{name}_note = '{note}'" for name in noted) for code, note in notes.items()
    }
    if not {"start_date_text", "end_date_text"} & empty:
        found["end_before_start"] = "end_date < start_date"
    found["date_unreadable"] = _lost([name for name in days if name != "approval_date"], empty)
    return found


def _is(
    field: str,
    problem: str,
    empty: frozenset[str],
    also: str = "true",
    *,
    or_none: bool = False,
) -> str:
    """Return SQL for: the field has this problem (or none that is known)."""
    if f"{field}_problem" in empty:
        return "true" if or_none else NEVER
    if or_none:
        return f"coalesce({field}_problem, '{problem}') = '{problem}'"
    return f"{also} and {field}_problem = '{problem}'"


def _below_cent(empty: frozenset[str], condition: str) -> str:
    """Return a condition that needs testing only where some amount is not plain."""
    plain = {"amount_original_fraction", "amount_usd_reported_fraction"}
    absent = {"amount_usd_reported_fraction"} if "amount_usd_reported_text" in empty else set()
    return NEVER if plain - absent <= empty else condition


def _missing(field: str, empty: frozenset[str]) -> str:
    if f"{field}_problem" in empty:
        return f"{field}_text is null"
    return f"({field}_text is null or coalesce({field}_problem = 'missing', false))"


def _lost(names: Iterable[str], empty: frozenset[str]) -> str:
    """Return SQL for: a value is stated and cannot be read."""
    return _any(
        f"({name} is null and {name}_text is not null{_but_missing(name, empty)})"
        for name in names
        if f"{name}_text" not in empty
    )


def _but_missing(name: str, empty: frozenset[str]) -> str:
    """Return SQL for: and its text is no word for nothing."""
    if f"{name}_problem" in empty:
        return ""
    return f" and coalesce({name}_problem, 'unreadable') <> 'missing'"


def _errors(names: Iterable[str], empty: frozenset[str]) -> str:
    return _any(f"{name}_problem = 'error'" for name in names if f"{name}_problem" not in empty)


def _any(conditions: Iterable[str]) -> str:
    return " or ".join(condition for condition in conditions if condition != NEVER) or NEVER


def _possible(conditions: dict[str, str]) -> dict[str, str]:
    return {code: condition for code, condition in conditions.items() if condition != NEVER}
