"""One release of the exports of six example offices for the whole folder."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from approvals import pipeline
from approvals.settings import PROJECT_ROOT, Settings

EXAMPLE_FIGURES = PROJECT_ROOT / "dbt_project" / "seeds" / "published_figures.csv"
OFFICES = ("treasury", "partnerships", "headquarters", "bangkok", "lima", "addis_ababa")


FIGURES = """\
figure_id,measure,period,dimension,member,operator,expected_value,unit
M1,approvals,2005-2006,total,all,=,1,USD million
M2,approvals average,2003-2006,total,all,=,1,USD
M3,approvals,2003-2006 per year,donor,Netherlands,=,1,USD thousand per year
M4,assessed,2005-2006,total,all,=,1,USD billion
M5,total voluntary,2006,total,all,=,1,USD million
M6,voluntary non-core,2005-2006,donor,Norway,=,1,USD thousand
M7,approvals,2005-2030,total,all,=,1,USD million
M8,approvals share,2005-2006,region,Africa,=,1,percent
M9,approvals rank,2004-2006,donor,Netherlands,=,1,rank
M10,approvals change,2005-2006 vs 2003-2004,donor,Netherlands,=,1,percent
M11,approvals growth,2006 vs 2003,total,all,=,1,percent
M12,approvals change,2005-2006 vs 2002-2004,region,every region,>,1,percent
M13,locally mobilised share,2003-2006,mobilisation,local,=,1,percent
M14,approvals record,2005-2006,total,all,=,true,flag
M15,approvals share,2005-2006,funding source,Regular budget (RBTC),=,1,percent
M16,approvals rank,2005-2006,donor group,governments,=,1,rank
M17,approvals growth,2006 vs 2005,sector,Employment,=,1,percent
M18,assessed,2005-2006,donor,ILO regular budget,=,1,USD thousand
M19,total voluntary,2004-2006 per year,region,Africa,=,1,USD thousand per year
M20,total voluntary,2006,total,eight governments,=,1,USD million
M21,agreement,2006-2009,donor,Netherlands,=,1,USD million
M22,agreement,2007-2008 per year,donor,Sweden,=,1,SEK million per year
M23,RBSA,2006,donor,Norway,=,1,USD million
M24,approvals,2005-2006 per year,region,Africa,=,1,USD thousand per year
M25,approvals,2006,region,Africa,=,1,USD thousand
M26,approvals growth,2006 vs 2005,region,Africa,=,1,percent
"""
"""Sums and means over years, and what is made of them, beside the figures of the examples; M7 ends
after all data."""
CLASSIFICATIONS = """\
dimension,member_id,attribute,value,valid_from,valid_to,known_from,reason
recipient,IDN,region_id,africa,2008-01-01,,,Counted elsewhere of late
sector,social-dialogue,sector_id,social-protection,2008-01-01,,,Merged
donor,netherlands,donor_group,Foundations,2008-01-01,,,Drawn otherwise
"""
"""What holds since the last approval: every figure of then is what it was, that of today is not."""


def _read(table: Path | io.StringIO) -> pd.DataFrame:
    return pd.read_csv(table, dtype=str, keep_default_na=False)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("trace")
    for office in OFFICES:
        shutil.copytree(PROJECT_ROOT / "examples" / "exports" / office, folder / "exports" / office)
    (folder / "config" / "seeds").mkdir(parents=True)
    figures = folder / "config" / "seeds" / "published_figures.csv"
    pd.concat([_read(EXAMPLE_FIGURES), _read(io.StringIO(FIGURES))]).to_csv(figures, index=False)
    (folder / "config" / "seeds" / "classifications.csv").write_text(CLASSIFICATIONS)
    settings = Settings(
        home=folder / "home", exports=str(folder / "exports"), config=folder / "config"
    )
    assert pipeline.run(settings).release_id
    return settings


@pytest.fixture(scope="session")
def database(settings: Settings) -> Path:
    return settings.releases / "current" / "approvals.duckdb"


@pytest.fixture
def altered(settings: Settings, database: Path) -> Callable[[str], str]:
    """Return what copies the release, changes the copy by a statement and returns its id."""

    def alter(statement: str) -> str:
        release_id = "altered"
        folder = settings.releases / release_id
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        copy = folder / "approvals.duckdb"
        copy.write_bytes(database.read_bytes())
        with duckdb.connect(str(copy)) as connection:
            connection.execute(statement)
        manifest = json.loads((database.parent / "manifest.json").read_text())
        (folder / "manifest.json").write_text(json.dumps({**manifest, "release_id": release_id}))
        return release_id

    return alter
