"""The true register: what the warehouse must find in the example exports."""

from dataclasses import fields

import pandas as pd

from examples.approval import Approval, History
from examples.calibration import usd_of
from examples.history import all_histories
from examples.names import donors


def final_register() -> pd.DataFrame:
    """Return every approval and forecast of the examples as it finally stands.

    One row per approval, instalments apart; no second reports, withdrawn or unreadable rows.
    Columns: those of `examples.approval.Approval`, `donor_name`, `amount_usd` (decimal, to the
    cent, at the rate of the approval's month), `approval_year` and `is_approval` (false for
    forecasts and for the regular budget and the RBSA, which are no new approvals). A donor that
    no alias knows has the id `unmapped`.
    """
    rows = [
        _row(history.last)
        for history in all_histories()
        for _ in range(_count(history))
        if history.last is not None
    ]
    return pd.DataFrame(rows)


def _count(history: History) -> int:
    if not history.counts:
        return 0
    return history.copies if history.copies_count else 1


def _row(approval: Approval) -> dict[str, object]:
    values = {field.name: getattr(approval, field.name) for field in fields(approval)}
    del values["spoilt"], values["title_number"]
    return {
        **values,
        "donor_name": donors()[approval.donor_id].labels[0],
        "amount_usd": usd_of(approval),
        "approval_year": approval.approval_date.year,
        "is_approval": approval.status == "approved"
        and approval.funding_source_id == "extra-budgetary",
    }
