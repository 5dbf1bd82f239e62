"""A warehouse in a temporary folder, with offices of its own, that builds any small lake."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from approvals.build import Candidate, build_candidate
from approvals.configuration import Configuration, resolve_configuration
from approvals.settings import PROJECT_ROOT, Settings
from tests.dbt_project.figures import registered_figures
from tests.dbt_project.lake_builder import LakeBuilder

OFFICES = {
    "hq": {"office_role": "headquarters", "coverage": "cumulative"},
    "field": {"office_role": "field", "coverage": "delta"},
    "repeats": {"office_role": "field", "reference_scope": "repeatable"},
    "reported": {"office_role": "headquarters", "usd_basis": "reported"},
    "treasury": {"office_role": "treasury"},
}
RATE_SETS = """rate_set_id,rate_set_name,period_months,is_chosen,is_synthetic,source
test-rates,Rates of the tests,1,yes,yes,tests
test-budget,Budget rates of the tests,24,no,yes,tests
"""

CLASSIFICATIONS = """\
dimension,member_id,attribute,value,valid_from,valid_to,known_from,reason
recipient,TCD,region_id,arab-states,2006-02-01,,2006-04-12,Put into another region
recipient,TCD,region_id,africa,2006-02-01,2006-02-14,2006-04-27,Taken back for some days
region,arab-states,region_id,asia-and-the-pacific,2007-01-01,,2006-04-25,Merged
region,arab-states,name,Western Asia,2007-01-01,,2006-04-10,Renamed
sector,social-dialogue,sector_id,social-protection,2007-01-01,,2006-04-18,Merged
donor,petrobras,donor_group,Foundations,,,2006-04-20,Has always been one
"""
"""What is said of members that no other test looks at."""
REGIONS = """\
region_id,region_name,is_interregional,valid_from,valid_to,known_from
pacific,Pacific,no,2006-01-01,,2006-04-15
"""
"""A region that was introduced on a day."""


@dataclass(frozen=True, slots=True)
class Warehouse:
    """A home in a temporary folder, with offices of its own and the example seeds."""

    settings: Settings
    configuration: Configuration

    def build(
        self, run_id: str, fill: Callable[[LakeBuilder], object], known_at: date | None = None
    ) -> Candidate:
        """Build a candidate on a lake that holds what `fill` adds and nothing else, and anew."""
        shutil.rmtree(self.settings.lake, ignore_errors=True)
        fill(LakeBuilder(self.settings.lake))
        anew = self.settings.model_copy(update={"full_refresh": True})
        return build_candidate(anew, self.configuration, run_id, known_at)


def new_warehouse(folder: Path) -> Warehouse:
    """Return a warehouse whose home and configuration lie in a folder."""
    config = folder / "config"
    config.mkdir()
    (config / "offices.csv").write_text(_offices_csv())
    (config / "seeds").mkdir()
    (config / "seeds" / "rate_sets.csv").write_text(RATE_SETS)
    (config / "seeds" / "classifications.csv").write_text(CLASSIFICATIONS)
    (config / "seeds" / "regions.csv").write_text(REGIONS)
    (config / "seeds" / "published_figures.csv").write_text(registered_figures())
    settings = Settings(home=folder / "home", config=config)
    return Warehouse(settings, resolve_configuration(settings))


def _offices_csv() -> str:
    header = (PROJECT_ROOT / "extract" / "offices.csv").read_text().splitlines()[0]
    base = {
        "time_zone": "UTC",
        "language": "en",
        "decimal_sign": ".",
        "date_order": "ymd",
        "code_page": "cp1252",
        "cadence": "monthly",
        "coverage": "delta",
        "exported_at_source": "file_name",
        "usd_basis": "rates",
        "reference_scope": "unique",
        "is_synthetic": "yes",
    }
    lines = [header]
    for office_id, own in OFFICES.items():
        named = {"office_id": office_id, "office_name": office_id, "file_pattern": f"{office_id}/*"}
        office = base | named | own
        lines.append(",".join(office.get(column, "") for column in header.split(",")))
    return "\n".join(lines) + "\n"


def rows(database: Path, query: str) -> list[Any]:
    """Return the rows of a query; of a single column, its values."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.sql(query).fetchall()
    return [row[0] if len(row) == 1 else row for row in found]
