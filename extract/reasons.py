"""The catalogue of reason codes: why a row waits in quarantine and what its office should do.

`docs/reason-codes.md` is written from this list. Codes are stable: they stand in the lake.
"""

import sys
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

FILE_REASONS = {
    "office_unknown": "no file_pattern in offices.csv matches the file: add one, or move the file",
    "file_unreadable": "the drop folder does not give the file's bytes: check its rights",
    "file_empty": "the file has no bytes, no record or no visible cell: export it again",
    "format_unknown": "neither delimited text nor an XLSX workbook: export as CSV or XLSX",
    "encoding_unknown": "the bytes fit no encoding: export as UTF-8",
    "encoding_broken": "some bytes do not fit the file's encoding: export it again as UTF-8",
    "record_damaged": "a quote is not closed or stands inside a cell: repair the line named",
    "header_not_found": "no record is a header: add the office's headers to column_maps/",
    "export_date_missing": "nothing says when the export was made: see name_pattern in offices.csv",
    "spreadsheet_damaged": "the workbook is cut or corrupt: save it again as XLSX",
    "spreadsheet_crashed": "the workbook ended the process that read it: save it again as XLSX",
    "spreadsheet_too_slow": "the workbook took longer than 60 seconds: send it as CSV",
    "file_too_large": "an irregular text file above 256 MB: split it, or export it regularly",
    "too_many_columns": "a record has more than 10,000 cells: export the columns needed only",
    "archive_bomb": "the workbook unpacks to far more than it holds: save it again",
}
"""File-level reasons: the file is rejected whole, the rest of the load goes on."""


def catalogue() -> str:
    """Return `docs/reason-codes.md`."""
    lines = [
        "# Reason codes",
        "",
        "Written by `python -m extract.reasons`; a test holds it true. Codes are stable.",
        "",
        "## A row waits in quarantine",
        "The first that applies is the row's `reason_code`; all stand in `reason_codes`.",
        "",
        "| code | column | what the office should do |",
        "|---|---|---|",
        *(f"| `{reason.code}` | {reason.field} | {reason.fix} |" for reason in ROW_REASONS),
        "",
        "## A row is loaded with a warning",
        "| code | meaning |",
        "|---|---|",
        *(f"| `{code}` | {meaning} |" for code, meaning in WARNINGS.items()),
        "",
        "## A file is rejected whole",
        "It is tried again when the configuration changes.",
        "",
        "| code | meaning and fix |",
        "|---|---|",
        *(f"| `{code}` | {meaning} |" for code, meaning in FILE_REASONS.items()),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(catalogue())
