"""What cannot be traced is refused in one line that says what can."""

import pytest

from approvals.errors import NoReleaseError, TraceNotFoundError, TraceTargetError
from approvals.settings import Settings
from approvals.trace import trace
from tests.command import run_approvals

MISSING = {
    "figure": (("H99", {}), "'H99' is no published figure.*rpt_approvals_by_year"),
    "mart": (("dim_donors", {}), "no mart that can be traced"),
    "value": (
        ("rpt_approvals_by_year", {"year": "1812"}),
        "rpt_approvals_by_year has no row with year=1812: approval_year is one of 2000, .*, 2007$",
    ),
    "value_of_many": (
        ("fct_approvals", {"approval_id": "never"}),
        (
            "fct_approvals has no row with approval_id=never: approval_id is one of .* more; all "
            "of them: select distinct approval_id from marts.fct_approvals, in .*approvals.duckdb$"
        ),
    ),
    "value_beside_one_that_exists": (
        ("rpt_region_shares_by_year", {"region": "Mars", "year": "2006"}),
        "has no row with region=Mars year=2006: region_name is one of Africa, ",
    ),
    "values_that_exist_apart": (
        ("rpt_approval_vintages", {"year": "2006", "known_date": "2001-01-01"}),
        "known_date with year=2006 is one of 2006-",
    ),
}
WRONG = {
    "key": (("rpt_approvals_by_year", {"moon": "1"}, None), "no column 'moon'.*approval_year"),
    "many": (("rpt_region_shares_by_year", {"year": "2006"}, None), "add --key.*region_id"),
    "column": (
        ("rpt_approvals_by_year", {"year": "2006"}, "moon"),
        "no column 'moon' that can be traced.*amount_usd",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", MISSING)
def test_what_is_not_there_is_refused_with_what_is(settings: Settings, case: str) -> None:
    arguments, message = MISSING[case]

    with pytest.raises(TraceNotFoundError, match=message) as refused:
        trace(settings, *arguments)

    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_option_is_refused_with_what_it_may_be(settings: Settings, case: str) -> None:
    arguments, message = WRONG[case]

    with pytest.raises(TraceTargetError, match=message) as refused:
        trace(settings, *arguments)

    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["H99"], 5, id="no-such-figure"),
        pytest.param(["rpt_approvals_by_year", "--key", "year=1812"], 5, id="no-such-row"),
        pytest.param(["H01", "--release", "never"], 5, id="no-such-release"),
        pytest.param(["rpt_approvals_by_year", "--key", "moon=1"], 2, id="no-such-column"),
        pytest.param(["rpt_approvals_by_year", "--key", "1812"], 2, id="no-pair"),
    ],
)
def test_what_is_not_there_leaves_with_5_and_a_wrong_option_with_2(
    settings: Settings, arguments: list[str], code: int
) -> None:
    done = run_approvals(settings.home, "trace", *arguments)

    assert (done.returncode, done.stdout) == (code, "")
    assert len(done.stderr.splitlines()) == 1


def test_a_release_that_is_not_there_is_refused(settings: Settings) -> None:
    with pytest.raises(NoReleaseError, match="approvals releases"):
        trace(settings, "H01", {}, release_id="../current")
