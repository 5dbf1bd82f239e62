"""Configuration: an agency's folder laid over the example one, and what it must not contain.

Not here: what the tables mean to extraction (tests/extract) and to dbt (tests/dbt_project).
"""

from pathlib import Path

import pytest

from approvals.configuration import resolve_configuration
from approvals.errors import ConfigurationError
from approvals.settings import Settings
from tests.extract.conftest import OFFICE_COLUMNS

ROW = (
    "mission,Mission,field,,Asia/Bangkok,en,.,dmy,cp1252,monthly,delta,mission/*,,"
    "modified_time,rates,unique,local,,,no"
)


def _settings(folder: Path, mode: str = "overlay") -> Settings:
    return Settings.model_validate(
        {"home": folder / "home", "config": folder / "config", "config_mode": mode}
    )


def _write_offices(folder: Path, *rows: str, header: str = OFFICE_COLUMNS) -> None:
    (folder / "config").mkdir(exist_ok=True)
    (folder / "config" / "offices.csv").write_text("\n".join([header, *rows]) + "\n")


def test_configuration_adds_an_agencys_offices_when_it_is_laid_over(tmp_path: Path) -> None:
    _write_offices(tmp_path, ROW)

    configuration = resolve_configuration(_settings(tmp_path))

    ids = [office.office_id for office in configuration.offices]
    assert "mission" in ids
    assert "headquarters" in ids


def test_configuration_holds_only_the_agencys_offices_when_it_replaces(tmp_path: Path) -> None:
    _write_offices(tmp_path, ROW)

    configuration = resolve_configuration(_settings(tmp_path, "replace"))

    assert [office.office_id for office in configuration.offices] == ["mission"]
    assert configuration.table("seeds/donors.csv").empty
    assert "donor_id" in configuration.table("seeds/donors.csv").columns


def test_configuration_replaces_the_row_with_the_same_key(tmp_path: Path) -> None:
    _write_offices(tmp_path, ROW.replace("mission,Mission", "headquarters,Our headquarters"))

    configuration = resolve_configuration(_settings(tmp_path))

    assert configuration.office("headquarters").office_name == "Our headquarters"


def test_configuration_has_the_same_hash_when_nothing_changed(tmp_path: Path) -> None:
    _write_offices(tmp_path, ROW)

    first = resolve_configuration(_settings(tmp_path))
    second = resolve_configuration(_settings(tmp_path))
    _write_offices(tmp_path, ROW.replace("Mission", "Bureau"))
    third = resolve_configuration(_settings(tmp_path))

    assert first == second
    assert third.sha256 != first.sha256
    assert first.folder.is_dir()


def test_configuration_reads_its_own_exports_as_a_second_drop_folder(tmp_path: Path) -> None:
    _write_offices(tmp_path, ROW)
    (tmp_path / "config" / "exports").mkdir()

    configuration = resolve_configuration(_settings(tmp_path))

    assert configuration.drop_folders[1] == str(tmp_path / "config" / "exports")


@pytest.mark.parametrize(
    ("row", "named"),
    [
        pytest.param(ROW.replace("Asia/Bangkok", "Mars/Base"), "Mars/Base", id="time-zone"),
        pytest.param(ROW.replace("cp1252", "cp99"), "cp99", id="code-page"),
        pytest.param(ROW.replace("delta", "weekly"), "coverage", id="coverage"),
        pytest.param(ROW.replace("mission,", "../x,", 1), "office_id", id="office-id"),
        pytest.param(ROW.replace("mission/*,,", "mission/*,((,"), "name_pattern", id="pattern"),
    ],
)
def test_configuration_names_row_and_column_when_an_office_is_impossible(
    tmp_path: Path, row: str, named: str
) -> None:
    _write_offices(tmp_path, row)

    with pytest.raises(ConfigurationError, match=r"config/offices\.csv, row 2 ") as caught:
        resolve_configuration(_settings(tmp_path))

    assert named in str(caught.value)
    assert "Value error" not in str(caught.value)


def test_configuration_lists_missing_and_unknown_columns(tmp_path: Path) -> None:
    _write_offices(tmp_path, header=OFFICE_COLUMNS.replace("cadence", "rhythm"))

    with pytest.raises(ConfigurationError, match=r"missing: \['cadence'\], unknown: \['rhythm'\]"):
        resolve_configuration(_settings(tmp_path))


def test_configuration_refuses_a_file_that_nothing_reads(tmp_path: Path) -> None:
    _write_offices(tmp_path, ROW)
    (tmp_path / "config" / "office.csv").write_text("x\n")

    with pytest.raises(ConfigurationError, match=r"office\.csv is read by nothing"):
        resolve_configuration(_settings(tmp_path))


def test_configuration_refuses_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="not a folder"):
        resolve_configuration(_settings(tmp_path))


@pytest.mark.parametrize("mode", ["overlay", "replace"])
def test_configuration_takes_an_empty_folder_of_column_maps_for_none(
    tmp_path: Path, mode: str
) -> None:
    _write_offices(tmp_path, ROW)
    without = resolve_configuration(_settings(tmp_path, mode))
    (tmp_path / "config" / "column_maps").mkdir()

    configuration = resolve_configuration(_settings(tmp_path, mode))

    assert configuration.sha256 == without.sha256


def test_configuration_refuses_a_column_map_in_a_folder_below(tmp_path: Path) -> None:
    _write_offices(tmp_path, ROW)
    below = tmp_path / "config" / "column_maps" / "asia"
    below.mkdir(parents=True)
    (below / "mission.csv").write_text("dataset,office_id,field,language,alias,priority\n")

    with pytest.raises(ConfigurationError, match=r"mission\.csv is read by nothing"):
        resolve_configuration(_settings(tmp_path))


@pytest.mark.parametrize("mode", ["overlay", "replace"])
@pytest.mark.parametrize(
    ("name", "header", "row"),
    [
        pytest.param(
            "seeds/published_figures.csv",
            "figure_id,measure,period,dimension,member,operator,expected_value,unit",
            "M1,approvals,2006,total,all,=,306,USD",
            id="figures",
        ),
        pytest.param(
            "seeds/targets.csv",
            "target_id,measure,period_start_year,period_end_year,target_pct,source",
            "own-2010-2011,dwcp_contribution,2010,2011,50,EB/12",
            id="targets",
        ),
        pytest.param(
            "published_tables.csv",
            "table_id,measure,year,dimension,member,is_total,amount,unit,source",
            "T,expenditure,1995,region,Africa,no,100,USD,EB/12",
            id="tables",
        ),
    ],
)
def test_what_the_papers_of_an_agency_printed_stands_alone_in_either_mode(
    tmp_path: Path, mode: str, name: str, header: str, row: str
) -> None:
    path = tmp_path / "config" / name
    path.parent.mkdir(parents=True)
    settings = _settings(tmp_path, mode)

    path.write_text(f"{header}\n{row}\n")
    own = resolve_configuration(settings).table(name)
    path.write_text(f"{header}\n")
    none = resolve_configuration(settings).table(name)

    assert list(own.iloc[:, 0]) == [row.split(",", maxsplit=1)[0]]
    assert none.empty


def test_an_overlay_without_figures_keeps_those_of_the_examples(tmp_path: Path) -> None:
    _write_offices(tmp_path, ROW)

    figures = resolve_configuration(_settings(tmp_path)).table("seeds/published_figures.csv")

    assert "H01" in set(figures.figure_id)
