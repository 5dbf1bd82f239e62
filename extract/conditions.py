"""Which rows wait in quarantine, and what is noticed on the others: code → SQL condition.

The conditions are over the relation that `extract.rows` makes: for each field its value, and
`<field>_text`, `<field>_problem`, `<field>_note`.
"""

from collections.abc import Iterable

import pyarrow as pa

from approvals.contracts import AGREEMENTS, DATASETS
from approvals.offices import Office
from extract.fields import CODED_FIELDS, dataset_fields
from extract.reasons import ROW_REASONS

MARKERS = [name for name, default in CODED_FIELDS.items() if default is None][1:3] + [
    name for name in AGREEMENTS.names if name in CODED_FIELDS and name != "agreement_status"
]
FIELDS_WITH_REASONS = {reason.field for reason in ROW_REASONS} - {"office_reference"}
"""Required fields whose absence has a reason code of its own."""


def error_fields(dataset: str) -> tuple[str, ...]:
    """Return the fields in which a spreadsheet's error quarantines the row."""
    return {
        "approvals": ("amount_original", "currency_code", "approval_date"),
        "rates": ("currency_code", "units_per_usd", "rate_month"),
    }.get(dataset, ())


def row_conditions(dataset: str, office: Office) -> dict[str, str]:
    """Return reason code → SQL condition under which a row of this office is quarantined."""
    conditions = {
        "approvals": _approval_reasons,
        "rates": _rate_reasons,
        "agreements": _agreement_reasons,
    }[dataset](office)
    others = [name for name in office.required(dataset) if name not in FIELDS_WITH_REASONS]
    if others:
        conditions["required_value_missing"] = " or ".join(f"{name} is null" for name in others)
    return conditions


def _approval_reasons(office: Office) -> dict[str, str]:
    conditions = {
        "amount_missing": f"{_missing('amount_original')} and not amount_from_usd",
        **_amount_reasons("amount_original is null and not amount_from_usd"),
        "amount_too_large": "abs(amount_original) >= 1e16",
        **_currency_reasons(),
        "currency_contradicts": "currency_contradicts and not amount_from_usd",
        "approval_date_missing": _missing("approval_date"),
        **_date_reasons(),
        "approval_date_out_of_range": "year(approval_date) not between 1950 and 2100",
        "status_unknown": "status is null",
        "spreadsheet_error": _errors(error_fields("approvals")),
    }
    if "donor_name" in office.required("approvals"):
        conditions["donor_missing"] = "donor_name is null"
    return conditions


def _amount_reasons(no_value: str) -> dict[str, str]:
    problem = "amount_original_problem"
    return {
        "amount_unreadable": f"{no_value} and amount_original_text is not null and "
        f"coalesce({problem}, 'unreadable') = 'unreadable'",
        "amount_ambiguous": f"{no_value} and {problem} = 'ambiguous'",
        "amount_percent": f"{no_value} and {problem} = 'percent'",
        "amount_unit_unclear": f"{no_value} and {problem} = 'unit'",
    }


def _currency_reasons() -> dict[str, str]:
    none = "currency_code is null"
    text, problem = "currency_code_text", "currency_code_problem"
    return {
        "currency_missing": f"{none} and not currency_is_shared and ({_missing('currency_code')})",
        "currency_unknown": f"{none} and {text} is not null and {problem} = 'unknown'",
        "currency_ambiguous": f"{none} and currency_is_shared",
    }


def _date_reasons() -> dict[str, str]:
    problem = "approval_date_problem"
    return {
        "approval_date_unreadable": "approval_date_text is not null and approval_date is null "
        f"and coalesce({problem}, 'unreadable') = 'unreadable'",
        "approval_date_ambiguous": f"{problem} = 'ambiguous'",
        "approval_date_buddhist_era": f"{problem} = 'buddhist'",
    }


def _rate_reasons(_: Office) -> dict[str, str]:
    known = "currency_code is null and"
    return {
        "currency_missing": f"{known} ({_missing('currency_code')})",
        "currency_unknown": f"{known} currency_code_problem = 'unknown'",
        "currency_ambiguous": f"{known} currency_code_problem = 'ambiguous'",
        "rate_unreadable": "units_per_usd is null or units_per_usd <= 0",
        "rate_month_unreadable": "rate_month is null",
        "spreadsheet_error": _errors(error_fields("rates")),
    }


def _agreement_reasons(_: Office) -> dict[str, str]:
    return {
        "donor_missing": "donor_name is null",
        "agreement_status_unknown": "agreement_status is null",
    }


def row_warnings(dataset: str) -> dict[str, str]:
    """Return warning code → SQL condition."""
    names = dataset_fields(dataset)
    kinds = DATASETS[dataset]
    days = [name for name in names if pa.types.is_temporal(kinds.field(name).type)]
    texts = [n for n in names if pa.types.is_string(kinds.field(n).type) and n != "currency_code"]
    found = {**_amount_warnings(names, dataset), **_date_warnings(days, dataset)}
    markers = [name for name in MARKERS if name in names]
    if markers:
        found["marker_unknown"] = _lost(markers)
    found["spreadsheet_error_in_text"] = _errors(texts)
    return found


def _amount_warnings(names: list[str], dataset: str) -> dict[str, str]:
    found = {}
    if dataset == "approvals":
        found["amount_from_reported_usd"] = "amount_from_usd"
        found["amount_not_positive"] = "amount_original <= 0"
        found["negotiation_unknown"] = "negotiation is null and negotiation_text is not null"
        found["number_unreadable"] = _lost(["amount_usd_reported", "exchange_rate_reported"])
    if "amount_original" in names:
        found["amount_rounded"] = "amount_original <> round(amount_original, 2)"
        found["amount_unit_word"] = "amount_original_note = 'unit_word'"
    if dataset == "agreements":
        found["number_unreadable"] = (
            f"{_lost(['amount_original'])} or currency_contradicts or currency_is_shared"
        )
    return found


def _date_warnings(days: list[str], dataset: str) -> dict[str, str]:
    optional = [name for name in days if name not in ("approval_date", "rate_month")]
    found = {}
    if "end_date" in days:
        found["end_before_start"] = "end_date < start_date"
    if optional:
        found["date_unreadable"] = _lost(optional)
    notes = {
        "date_two_digit_year": "two_digit_year",
        "date_from_serial": "serial",
        "date_month_only": "month_only",
    }
    for code, note in notes.items():
        said = [f"{name}_note = '{note}'" for name in days if name != "rate_month"]
        if said and dataset != "rates":
            found[code] = " or ".join(said)
    return found


def _missing(field: str) -> str:
    return f"({field}_text is null or coalesce({field}_problem = 'missing', false))"


def _lost(names: list[str]) -> str:
    """Return SQL for: a value is stated and cannot be read."""
    return " or ".join(
        f"({name} is null and {name}_text is not null "
        f"and coalesce({name}_problem, 'unreadable') <> 'missing')"
        for name in names
    )


def _errors(names: Iterable[str]) -> str:
    return " or ".join(f"{name}_problem = 'error'" for name in names)
