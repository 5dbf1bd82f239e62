"""Real files that nobody here wrote: their sums, added up without our reader.

Found through `REAL_SAMPLES`; skipped without it. IATI: readers/test_iati.py. FTS through the marts:
tests/approvals/test_night.py.
"""

import os
from pathlib import Path

import duckdb
import pytest

from approvals.configuration import resolve_configuration
from approvals.settings import Settings
from extract import load_exports

CEB = "ceb/revenue_sub_agency.csv"


@pytest.fixture(scope="module")
def samples() -> Path:
    """Return the folder of the real files."""
    folder = os.environ.get("REAL_SAMPLES")
    if not folder:
        pytest.skip("REAL_SAMPLES names no folder")
    return Path(folder)


def test_revenue_of_united_nations_bodies_keeps_its_repeats_and_its_yearly_totals(
    samples: Path, tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path)

    report = load_exports(
        settings, resolve_configuration(settings), paths=[samples / CEB], office_id="un_ceb"
    ).files[0]

    stated = "read_csv($file, all_varchar = true, header = true)"
    expected = duckdb.execute(
        f"select calendar_year::int, count(*), sum(cast(replace(trim(amount), ',', '') as "
        f"decimal(38, 2))) from {stated} where trim(amount) not in ('-', '') "
        "group by all order by all",
        {"file": str(samples / CEB)},
    ).fetchall()
    loaded = duckdb.execute(
        "select year(approval_date), count(*), sum(amount_original)::decimal(38, 2) from "
        f"'{settings.lake}/approvals/*/{report.file_sha256}.parquet' group by all order by all"
    ).fetchall()
    assert loaded == expected
    assert (report.rows_read, report.reasons) == (35854, {"amount_missing": 136})


@pytest.mark.parametrize(
    "name", ["fts/fts_incoming_funding_global.csv", "fts/fts_incoming_funding_pse.csv"]
)
def test_flows_are_read_whole(samples: Path, tmp_path: Path, name: str) -> None:
    settings = Settings(home=tmp_path)

    report = load_exports(
        settings, resolve_configuration(settings), paths=[samples / name], office_id="ocha_fts"
    ).files[0]

    (rows,) = duckdb.execute(
        "select count(*) from read_csv($file, all_varchar = true, header = true)",
        {"file": str(samples / name)},
    ).fetchone() or (0,)
    assert (report.rows_accepted, report.rows_rejected) == (rows - report.rows_dropped, 0)
