"""What a configuration may say of classifications: what is refused, with file, row and fix.

Not here: what an accepted statement does to the marts (tests/dbt_project/test_classifications.py).
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from approvals.configuration import resolve_configuration
from approvals.errors import ConfigurationError
from approvals.settings import Settings

HEADER = "dimension,member_id,attribute,value,valid_from,valid_to,known_from,reason"
MOVED = "recipient,TCD,region_id,arab-states,2006-01-01,,2006-04-01,Moved"
MERGED = "sector,employment,sector_id,standards,2006-01-01,,2006-04-01,Merged"
TOMORROW = datetime.now(UTC).date() + timedelta(days=1)


def _settings(folder: Path, *rows: str) -> Settings:
    path = folder / "config" / "seeds" / "classifications.csv"
    path.parent.mkdir(parents=True)
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return Settings(home=folder / "home", config=folder / "config")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        pytest.param(MOVED.replace("TCD", "XXX"), "member_id 'XXX' is not known", id="member"),
        pytest.param(MOVED.replace("arab-states", "moon"), "value 'moon' is not known", id="value"),
        pytest.param(MOVED.replace("recipient", "office"), "'office' is not known", id="dimension"),
        pytest.param(
            MOVED.replace("region_id", "donor_group"),
            "attribute of a recipient is one of region_id, name",
            id="attribute",
        ),
        pytest.param(
            MOVED.replace("2006-01-01,", "2006-01-01,2005-12-31"),
            "valid_to lies before valid_from",
            id="days-exchanged",
        ),
        pytest.param(
            MOVED.replace("2006-01-01", "1 Jan 2006"), "write it as YYYY-MM-DD", id="no-day"
        ),
        pytest.param(MOVED.replace("2006-01-01", "2006-02-30"), "valid_from", id="no-such-day"),
        pytest.param(MOVED.replace("2006-04-01", str(TOMORROW)), "lies ahead", id="known-ahead"),
        pytest.param(MOVED.replace(",Moved", ","), "reason", id="no-reason"),
        pytest.param(MOVED.replace("arab-states", ""), "value", id="no-value"),
    ],
)
def test_a_statement_that_is_impossible_is_refused_with_its_row(
    tmp_path: Path, row: str, said: str
) -> None:
    settings = _settings(tmp_path, MERGED, row)

    with pytest.raises(ConfigurationError, match=r"classifications\.csv, row 3: ") as caught:
        resolve_configuration(settings)

    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("first", "second", "fix"),
    [
        pytest.param(
            MOVED,
            MOVED.replace("arab-states,2006-01-01", "africa,2007-01-01"),
            "let the days of one end before",
            id="contradiction",
        ),
        pytest.param(
            MOVED, MOVED.replace("arab-states", "africa"), "say by known_from", id="same-key"
        ),
        pytest.param(
            MERGED,
            "sector,standards,sector_id,social-dialogue,2008-01-01,,2008-02-01,Merged again",
            "add a row that says what employment is from that day on, with known_from 2008-02-01",
            id="detour",
        ),
    ],
)
def test_statements_that_do_not_go_together_are_refused(
    tmp_path: Path, first: str, second: str, fix: str
) -> None:
    settings = _settings(tmp_path, first, second)

    with pytest.raises(ConfigurationError, match=r"classifications\.csv, row \d: ") as caught:
        resolve_configuration(settings)

    assert fix in str(caught.value)


def test_statements_that_follow_each_other_are_accepted(tmp_path: Path) -> None:
    rows = [
        MOVED,
        MOVED.replace("arab-states", "africa").replace("2006-04-01", "2006-05-01"),
        MERGED,
        "sector,standards,sector_id,social-dialogue,2008-01-01,,2008-02-01,Merged again",
        "sector,employment,sector_id,social-dialogue,2008-01-01,,2008-02-01,Merged again",
        "sector,standards,name,Standards,9999-12-31,9999-12-31,,Renamed on the last of days",
        "donor,petrobras,donor_group,Foundations,,,,Always known",
    ]
    configuration = resolve_configuration(_settings(tmp_path, *rows))

    table = configuration.table("seeds/classifications.csv")
    assert [",".join(values) for values in table.to_numpy().tolist()] == rows


def test_a_configuration_without_statements_has_an_empty_table(tmp_path: Path) -> None:
    configuration = resolve_configuration(Settings(home=tmp_path / "home"))

    assert configuration.table("seeds/classifications.csv").empty


def test_regions_of_an_agency_need_not_say_since_when_they_are_known(tmp_path: Path) -> None:
    settings = _settings(tmp_path, MOVED)
    (tmp_path / "config" / "seeds" / "regions.csv").write_text(
        "region_id,region_name,is_interregional,valid_from,valid_to\npacific,Pacific,no,,\n"
    )

    regions = resolve_configuration(settings).table("seeds/regions.csv").set_index("region_id")

    assert regions.loc["pacific", "known_from"] == ""
