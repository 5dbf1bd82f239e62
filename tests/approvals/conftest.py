"""One release of all example exports, for the tests that only read it."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from approvals.settings import PROJECT_ROOT, Settings
from tests.approvals.night import EXAMPLES, run_night

EXAMPLE_FIGURES = PROJECT_ROOT / "dbt_project" / "seeds" / "published_figures.csv"
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
M27,assessed,2006,funding source,Regular budget (RBTC),=,1,USD million
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


@dataclass(frozen=True, slots=True)
class Published:
    """A finished night of `approvals run`."""

    settings: Settings
    said: dict[str, Any]
    """What the command said of it."""


@pytest.fixture(scope="session")
def examples_published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Publish the examples, with figures beside those that the paper prints.

    A night of all offices is half a minute: the files that ask for it run in one process
    (tests/conftest.py) and leave it as it is.
    """
    folder = tmp_path_factory.mktemp("examples")
    home, config = folder / "home", folder / "config"
    (config / "seeds").mkdir(parents=True)
    figures = pd.concat([_read(EXAMPLE_FIGURES), _read(io.StringIO(FIGURES))])
    figures.to_csv(config / "seeds" / "published_figures.csv", index=False)
    (config / "seeds" / "classifications.csv").write_text(CLASSIFICATIONS)
    said = run_night(home, EXAMPLES, config=config)
    return Published(Settings(home=home, exports=str(EXAMPLES), config=config), said)
