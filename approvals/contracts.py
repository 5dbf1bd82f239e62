"""The contracts between the stages: the lake's tables, the states of a file, the layout of a run.

Parquet in the lake has exactly these columns, in this order, for every office and every year;
`docs/lake.md` says what each one means. What a stage produces beside tables is named here too,
so that no stage has to import another one.
"""

from typing import Final

import pyarrow as pa

MONEY: Final = pa.decimal128(18, 2)
RATE: Final = pa.decimal128(18, 8)
INSTANT: Final = pa.timestamp("us", tz="UTC")

_PROVENANCE: Final = [
    ("file_sha256", pa.string()),
    ("office_id", pa.string()),
    ("sheet_name", pa.string()),
    ("record_number", pa.int64()),
    ("raw_cells", pa.string()),
    ("unmapped_cells", pa.string()),
    ("warning_codes", pa.string()),
]

APPROVALS: Final = pa.schema(
    [
        *_PROVENANCE,
        ("project_symbol", pa.string()),
        ("project_title", pa.string()),
        ("donor_name", pa.string()),
        ("donor_type", pa.string()),
        ("agreement_reference", pa.string()),
        ("recipient_name", pa.string()),
        ("region_name", pa.string()),
        ("sector_name", pa.string()),
        ("approval_date", pa.date32()),
        ("amount_original", MONEY),
        ("currency_code", pa.string()),
        ("exchange_rate_reported", RATE),
        ("amount_usd_reported", MONEY),
        ("negotiation", pa.string()),
        ("funding_source_name", pa.string()),
        ("modality_name", pa.string()),
        ("dwcp_outcome", pa.string()),
        ("gender_marker", pa.string()),
        ("tripartism_marker", pa.string()),
        ("start_date", pa.date32()),
        ("end_date", pa.date32()),
        ("status", pa.string()),
        ("office_reference", pa.string()),
        ("remarks", pa.string()),
        ("reported_at", INSTANT),
    ]
)
"""One row per accepted record of an approvals export."""

RATES: Final = pa.schema(
    [
        *_PROVENANCE,
        ("rate_set", pa.string()),
        ("currency_code", pa.string()),
        ("rate_month", pa.date32()),
        ("units_per_usd", RATE),
    ]
)
"""One row per currency, month and rate set: how many units of the currency one US$ buys."""

AGREEMENTS: Final = pa.schema(
    [
        *_PROVENANCE,
        ("agreement_reference", pa.string()),
        ("donor_name", pa.string()),
        ("agreement_title", pa.string()),
        ("agreement_status", pa.string()),
        ("signed_date", pa.date32()),
        ("start_date", pa.date32()),
        ("end_date", pa.date32()),
        ("multi_annual", pa.string()),
        ("gender_reference", pa.string()),
        ("gender_allocation", pa.string()),
        ("social_partner_allocation", pa.string()),
        ("amount_original", MONEY),
        ("currency_code", pa.string()),
        ("remarks", pa.string()),
    ]
)
"""One row per partnership agreement as a file states it."""

REJECTS: Final = pa.schema(
    [
        ("file_sha256", pa.string()),
        ("office_id", pa.string()),
        ("dataset", pa.string()),
        ("sheet_name", pa.string()),
        ("record_number", pa.int64()),
        ("reason_code", pa.string()),
        ("reason_codes", pa.string()),
        ("reason_column", pa.string()),
        ("raw_text", pa.string()),
        ("message", pa.string()),
        ("approval_date", pa.date32()),
        ("amount_original", MONEY),
        ("currency_code", pa.string()),
        ("raw_cells", pa.string()),
    ]
)
"""One row per quarantined record, whatever its dataset."""

DATASETS: Final = {"approvals": APPROVALS, "rates": RATES, "agreements": AGREEMENTS}
LAKE_TABLES: Final = {**DATASETS, "rejects": REJECTS}
"""What a loaded file writes: the rows of these tables belong to a manifest."""

REQUIRED_FIELDS: Final = {
    "approvals": ("donor_name", "approval_date", "amount_original"),
    "rates": ("currency_code", "rate_month", "units_per_usd"),
    "agreements": ("donor_name", "agreement_status"),
}
"""Without a column for each of these a file is not an export of that dataset."""

FILE_STATUSES: Final = (
    "loaded",
    "loaded_with_warnings",
    "quarantined_rows",
    "rejected",
    "skipped_duplicate",
)
APPROVAL_STATUSES: Final = ("forecast", "approved", "revised", "cancelled", "payment")
"""A payment is money moved on an approval: in the lake and its totals, never in the marts."""

CANDIDATE_NAME: Final = "approvals.duckdb"
"""File name of the database, in a build folder and in a release."""
BUILT_NAME: Final = "built.json"
"""File name, in a build folder, of what its database was built of and goes on from."""
PUBLIC_SCHEMA: Final = "marts"
QUALITY_SCHEMA: Final = "quality"
