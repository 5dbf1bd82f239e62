"""What cannot be traced is refused in one line that says what can."""

import pytest

from approvals.errors import NoReleaseError, TraceTargetError
from approvals.settings import Settings
from approvals.trace import trace

REFUSED = {
    "figure": (("H99", {}, None), "'H99' is no published figure.*rpt_approvals_by_year"),
    "mart": (("dim_donors", {}, None), "no mart that can be traced"),
    "key": (("rpt_approvals_by_year", {"moon": "1"}, None), "no column 'moon'.*approval_year"),
    "value": (("rpt_approvals_by_year", {"year": "1812"}, None), "approval_year is one of 2000"),
    "many": (("rpt_region_shares_by_year", {"year": "2006"}, None), "add --key.*region_id"),
    "column": (
        ("rpt_approvals_by_year", {"year": "2006"}, "moon"),
        "no column 'moon' that can be traced.*amount_usd",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_known_is_refused_with_what_is(settings: Settings, case: str) -> None:
    arguments, message = REFUSED[case]

    with pytest.raises(TraceTargetError, match=message) as refused:
        trace(settings, *arguments)

    assert "\n" not in str(refused.value)


def test_a_release_that_is_not_there_is_refused(settings: Settings) -> None:
    with pytest.raises(NoReleaseError, match="approvals releases"):
        trace(settings, "H01", {}, release_id="../current")
