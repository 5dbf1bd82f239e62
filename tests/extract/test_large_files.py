"""Large files: written by several threads, and still the same bytes each time.

Not here: how long it takes and how much memory; that is `benchmarks/extract.py`.
"""

import hashlib
import json
from pathlib import Path

import pytest

from extract import cells, connection
from extract.profile import LARGE
from tests.extract.conftest import Warehouse

ROWS = 130_000
"""More than one group of rows of a Parquet file."""


HEADERS = ["Project symbol", "Donor", "Approval date", "Currency", "Amount"]


def _export(suffix: str) -> str:
    """Return an export of `ROWS` rows, one in a thousand of which has an unknown currency."""
    rows = [
        [f"P{n}", "Norway", f"{n % 27 + 1:02d}/03/2006", "USD" if n % 1000 else "kr", _amount(n)]
        for n in range(ROWS)
    ]
    if suffix == "json":
        return json.dumps([dict(zip(HEADERS, row, strict=True)) for row in rows])
    return "\n".join(map(";".join, [HEADERS, *rows]))


def _amount(number: int) -> str:
    return f"1.{number % 900 + 100},50"


def _hashes(folder: Path, suffix: str, threads: int) -> dict[str, str]:
    """Return the hash of each Parquet file that a load with these threads writes."""
    warehouse = Warehouse(folder)
    warehouse.settings = warehouse.settings.model_copy(update={"threads": threads})
    name = f"lab/large_2006-03-31.{suffix}"
    warehouse.drop(name, _export(suffix))
    report = warehouse.load()[name]
    assert (report.rows_accepted, report.rows_rejected) == (ROWS - 130, 130), report.messages
    files = (warehouse.settings.lake).rglob("office=lab/*.parquet")
    return {
        path.parent.parent.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_parquet_is_the_same_for_any_number_of_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    for module in (connection, cells):
        monkeypatch.setattr(module, "LARGE_FILE", 1)

    found = [_hashes(tmp_path / str(threads), suffix, threads) for threads in (1, 4)]

    assert set(found[0]) == {"approvals", "rejects"}
    assert found[0] == found[1]


def test_sums_of_a_large_file_are_those_of_its_rows(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "home [of tests]")
    lines = [
        f"P{n};Norway;05/03/2006;{'USD' if n % 3 else 'EUR'};{n % 100}.50" for n in range(LARGE + 5)
    ]
    lines += ["Q1;Norway;05/03/2006;kr;7.25", "Q2;Norway;05/03/2006;EUR;-1.00"]
    text = "Project symbol;Donor;Approval date;Currency;Amount\n" + "\n".join(lines) + "\n"
    warehouse.drop("lab/sums_2006-03-31.csv", text)

    report = warehouse.load()["lab/sums_2006-03-31.csv"]

    cents = {"USD": 0, "EUR": -100}
    for n in range(LARGE + 5):
        cents["USD" if n % 3 else "EUR"] += n % 100 * 100 + 50
    assert report.totals == {code: f"{sum_ / 100:.2f}" for code, sum_ in cents.items()}
    assert (report.rows_accepted, report.rows_rejected) == (LARGE + 6, 1)
    assert report.status == "quarantined_rows"
    (manifest,) = (warehouse.settings.lake / "files").glob("*.json")
    assert json.loads(manifest.read_text())["rejected_totals"] == [
        {"currency_code": "?", "rows": 1, "amount_original": "7.25"}
    ]
