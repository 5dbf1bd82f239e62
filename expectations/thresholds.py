"""The limits that the rules compare with, in one place; the report prints them.

A limit is a judgement of what a person wants to be asked about, not a fact: each says why.
"""

from decimal import Decimal
from typing import Final

THRESHOLDS: Final[dict[str, tuple[Decimal, str]]] = {
    "control_total_gap_pct": (
        Decimal(10),
        "a control total further off than this means that part of the file was not read",
    ),
    "rejected_rows": (Decimal(3), "fewer bad rows a file are normal, however short it is"),
    "rejected_rows_warning_pct": (Decimal(10), "of a file's rows: its office should be told"),
    "rejected_rows_critical_pct": (Decimal(50), "most of the file was not understood"),
    "quarantined_amount_pct": (Decimal(10), "the year's totals would be visibly short"),
    "usual_files": (Decimal(3), "fewer files of an office say nothing about what is usual"),
    "volume_factor": (Decimal(10), "times more or fewer rows than the office's usual file"),
    "volume_rows": (Decimal(20), "more or fewer than usual: short files vary by their nature"),
    "shrunk_export_pct": (
        Decimal(50),
        "of the rows of the previous export of the same period: it was cut off",
    ),
    "shrunk_export_rows": (Decimal(20), "smaller exports may well halve"),
    "slip_rows": (Decimal(5), "amounts in a file before their median says anything"),
    "file_slip_factor": (
        Decimal(100),
        "a file's median over the office's usual median: thousands given as units",
    ),
    "row_slip_factor": (Decimal(300), "one amount over the office's usual median"),
    "record_factor": (Decimal(10), "one amount over the largest in the office's other files"),
    "rate_change_warning_pct": (Decimal(50), "month on month: rare outside a currency crisis"),
    "rate_change_critical_factor": (Decimal(10), "month on month: an inverted or shifted rate"),
    "past_year_change_pct": (Decimal(5), "a closed year's total against the release in place"),
    "office_growth_factor": (
        Decimal(10),
        "an office's average approval of a year against the release in place",
    ),
    "office_growth_usd": (Decimal(1_000_000), "smaller jumps do not move a published figure"),
    "withdrawn_warning_pct": (Decimal(2), "of an office's approvals gone in one night"),
    "withdrawn_critical_pct": (Decimal(50), "of an office's approvals: its export was cut off"),
    "withdrawn_rows": (Decimal(20), "offices with fewer approvals may well lose half"),
    "share_change_points": (Decimal(10), "a member's share of a closed year"),
    "share_residual_points": (Decimal("0.25"), "two decimals a share and some dozens of members"),
    "unmapped_amount_pct": (Decimal(10), "of counted US$ with a member that no alias maps"),
    "unconverted_rows_pct": (Decimal(50), "most of the approvals have no US$ amount"),
}
"""Name → limit and reason. Queries read them as `audit.threshold('name')`."""
