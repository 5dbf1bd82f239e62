"""Which set of rates the marts are in, and which deflators are refused.

Not here: what the sets do to the marts (tests/dbt_project/test_money.py).
"""

from pathlib import Path

import pytest

from approvals.configuration import resolve_configuration
from approvals.errors import ConfigurationError
from approvals.settings import Settings

SETS = "rate_set_id,rate_set_name,period_months,is_chosen,is_synthetic,source\n"
INDICES = "deflator_series,index_year,price_index,base_year,is_synthetic,source\n"


def _settings(folder: Path, rate_sets: str = "", deflators: str = "", **options: str) -> Settings:
    seeds = folder / "config" / "seeds"
    seeds.mkdir(parents=True)
    for name, header, text in (
        ("rate_sets", SETS, rate_sets),
        ("deflators", INDICES, deflators),
    ):
        if text:
            (seeds / f"{name}.csv").write_text(header + text)
    return Settings.model_validate(
        {"home": folder / "home", "config": folder / "config", **options}
    )


@pytest.mark.parametrize(
    ("own", "options", "chosen"),
    [
        pytest.param("", {}, "synthetic", id="the-example's-mark"),
        pytest.param("house,House,12,yes,no,us\n", {}, "house", id="an-agency's-mark-wins"),
        pytest.param("house,House,12,no,no,us\n", {}, "synthetic", id="no-mark-of-its-own"),
        pytest.param(
            "house,House,12,yes,no,us\n",
            {"rate_set": "ecb-month-end"},
            "ecb-month-end",
            id="the-setting-wins-over-both",
        ),
        pytest.param("", {"config_mode": "replace"}, None, id="no-sets-at-all"),
    ],
)
def test_one_set_is_chosen(
    tmp_path: Path, own: str, options: dict[str, str], chosen: str | None
) -> None:
    configuration = resolve_configuration(_settings(tmp_path, own, **options))

    sets = configuration.table("seeds/rate_sets.csv")
    assert configuration.rate_set == chosen
    assert list(sets.loc[sets["is_chosen"] == "yes", "rate_set_id"]) == [chosen] * bool(chosen)


def test_another_set_is_another_configuration(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    other = settings.model_copy(update={"rate_set": "un-operational"})

    assert resolve_configuration(settings).sha256 != resolve_configuration(other).sha256


@pytest.mark.parametrize(
    ("own", "deflators", "options", "message"),
    [
        pytest.param(
            "", "", {"rate_set": "unore"}, "APPROVALS_RATE_SET names 'unore'", id="unknown-set"
        ),
        pytest.param(
            "a,A,1,yes,no,us\nb,B,1,yes,no,us\n", "", {}, "marks 2 sets as chosen", id="two-marks"
        ),
        pytest.param(
            "a,A,1,no,no,us\n", "", {"config_mode": "replace"}, "marks 0 sets", id="no-mark"
        ),
        pytest.param("a,A,5,no,no,us\n", "", {}, "'a' holds for '5' months", id="odd-period"),
        pytest.param("", "x,2006,0,2006,no,us\n", {}, "'x' has '0' for 2006", id="index-of-zero"),
        pytest.param(
            "", "x,2006,1.00001,2006,no,us\n", {}, "at most four decimals", id="fine-index"
        ),
        pytest.param(
            "",
            "x,2006,1,2006,no,us\nx,2007,1,2007,no,us\n",
            {},
            "'x' has the base years 2006, 2007",
            id="two-base-years",
        ),
    ],
)
def test_what_cannot_be_used_is_refused(
    tmp_path: Path, own: str, deflators: str, options: dict[str, str], message: str
) -> None:
    with pytest.raises(ConfigurationError, match=message):
        resolve_configuration(_settings(tmp_path, own, deflators, **options))


def test_an_agency_adds_a_year_to_a_series_without_replacing_the_others(tmp_path: Path) -> None:
    own = "us-cpi-u,2006,999,2006,no,us\nus-cpi-u,1901,8,2006,no,us\n"

    table = resolve_configuration(_settings(tmp_path, deflators=own)).table("seeds/deflators.csv")

    indices = dict(zip(table["index_year"], table["price_index"], strict=True))
    assert (indices["2006"], indices["1901"], indices["2007"]) == ("999", "8", "207.342")
