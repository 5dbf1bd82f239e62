"""Published figures of the small lakes: of the examples, of the page, of every kind thrice."""

import io
import re
from datetime import date

import pandas as pd

from approvals.settings import PROJECT_ROOT

PAPER_DAYS = (date(2006, 4, 10), date(2006, 4, 22), date(2006, 5, 4))
KINDS = {
    "sum": "approvals,2006,total,all,=,1,USD thousand",
    "two_years": "approvals,2006-2007,total,all,=,1,USD",
    "mean": "approvals average,2006-2007,donor,Netherlands,=,1,USD per year",
    "group": "approvals,2006,donor group,Governments,=,1,USD",
    "foundations": "approvals,2006,donor group,Foundations,=,100,USD",
    "region": "approvals share,2006,region,Asia and the Pacific,~=,58,percent",
    "share": "approvals share,2006,sector,Employment,~=,50,percent",
    "local": "locally mobilised share,2006,mobilisation,local,=,11,percent",
    "peak": "locally mobilised share peak,2006-2007,mobilisation,local,=,2006,year",
    "rank": "approvals rank,2006,sector,Social Dialogue,=,1,rank",
    "change": "approvals change,2007 vs 2006,sector,Employment,>,0,percent",
    "every": "approvals change,2007 vs 2006,sector,every sector,>,0,percent",
    "growth": "approvals growth,2007 vs 2006,total,all,>,0,percent",
    "record": "approvals record,2007,total,all,=,true,flag",
    "forecast": "approvals forecast,2007,total,all,<,1,USD thousand",
    "of_donor": "approvals forecast,2006,donor,Netherlands,<,1,USD",
    "voluntary": "total voluntary,2006,donor,Netherlands,=,1,USD",
}
"""Of each, a figure for every paper day: `<kind>-<day>`."""


def registered_figures() -> str:
    """Return `seeds/published_figures.csv` of the small lakes."""
    lines = page_figures().splitlines()
    lines += [f"{kind}-{day},{row},,,{day}" for day in PAPER_DAYS for kind, row in KINDS.items()]
    example = PROJECT_ROOT / "dbt_project" / "seeds" / "published_figures.csv"
    tables = (example, io.StringIO("\n".join(lines)))
    return pd.concat([pd.read_csv(table, dtype=str) for table in tables]).to_csv(index=False)


def page_figures() -> str:
    """Return the register that docs/published-figures.md shows."""
    page = (PROJECT_ROOT / "docs" / "published-figures.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"(?:^    figure_id,.*\n)(?:^    .*\n)+", page, re.MULTILINE)
    return "".join(f"{line.strip()}\n" for line in str(block).splitlines())
