"""The catalogue of reason codes: why a row waits in quarantine and what its office should do.

`docs/reason-codes.md` is written from this list. Codes are stable: they stand in the lake.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is quarantined."""

    code: str
    field: str
    """The field whose column the message names."""
    fix: str


ROW_REASONS = (
    Reason("amount_missing", "amount_original", "state the amount"),
    Reason("amount_unreadable", "amount_original", "write the amount as one plain number"),
    Reason("amount_too_large", "amount_original", "check the unit: no approval has 16 digits"),
    Reason("currency_missing", "currency_code", "state the currency as an ISO 4217 code"),
    Reason("currency_unknown", "currency_code", "use an ISO 4217 code, such as USD or EUR"),
    Reason("donor_missing", "donor_name", "state the donor"),
    Reason("approval_date_missing", "approval_date", "state the date of approval"),
    Reason("approval_date_unreadable", "approval_date", "write a date that exists as YYYY-MM-DD"),
    Reason("approval_date_out_of_range", "approval_date", "check the year: expected 1950 to 2100"),
    Reason("status_unknown", "status", "use forecast, approved, revised or cancelled"),
    Reason("reference_missing", "agreement_reference", "state the reference of the agreement"),
    Reason("rate_unreadable", "units_per_usd", "state units per US$ as a number above zero"),
    Reason("rate_month_unreadable", "rate_month", "write the month as YYYY-MM"),
    Reason(
        "agreement_status_unknown",
        "agreement_status",
        "use signed, renewed, to be signed or under discussion",
    ),
    Reason(
        "required_value_missing",
        "office_reference",
        "fill the columns that the office declares as required (required_fields in offices.csv)",
    ),
)
"""Row-level reasons; the first that applies is the row's `reason_code`."""

WARNINGS = {
    "amount_from_reported_usd": "no amount in original currency: the reported US$ amount is used",
    "amount_rounded": "the amount has more than two decimals and was rounded to the cent",
    "amount_not_positive": "the amount is zero or negative",
    "end_before_start": "the end date lies before the start date",
    "date_unreadable": "a start, end or signature date cannot be read and is left empty",
    "negotiation_unknown": "neither local nor central: left empty",
    "marker_unknown": "a marker is neither yes nor no: left empty",
}
"""What is noticed on a row that is loaded all the same."""
