"""Files may arrive in any order, one a night: the lake that they leave is the same.

That marts do not depend on when a file was received is tested in tests/dbt_project/.
"""

import hashlib
import json
from pathlib import Path

import pytest

from approvals.configuration import Configuration, resolve_configuration
from approvals.settings import PROJECT_ROOT, Settings
from extract import load_exports

EXAMPLES = PROJECT_ROOT / "examples" / "exports"
FILES = [
    ("bangkok", "bangkok_approvals_2005-01_exported_2005-02-08.csv"),
    ("bangkok", "bangkok_approvals_2005-02_exported_2005-03-08.csv"),
    ("bangkok", "bangkok_approvals_2005-03_exported_2005-04-08.csv"),
    ("lima", "lima_aprobaciones_2000_2001-01-05.csv"),
    ("treasury", "rates_of_exchange_2005_2005-03-30.csv"),
    ("treasury", "rates_of_exchange_2005_2005-06-30.csv"),
]
ORDERS = [[FILES[(place + turn) % 6] for place in (0, 1, 5, 2, 4, 3)] for turn in range(6)]
"""A Williams square: each file comes in each place once, and right after each other file once."""


def _leave(home: Path, order: list[tuple[str, str]]) -> dict[str, str]:
    """Load files one after another; return file of the lake → hash, without times of arrival."""
    settings = Settings(home=home, exports=str(EXAMPLES))
    configuration: Configuration = resolve_configuration(settings)
    for office, name in order:
        report = load_exports(
            settings, configuration, office_id=office, paths=[EXAMPLES / office / name]
        )
        assert report.files[0].status.startswith(("loaded", "quarantined"))
    left = {}
    for path in sorted(settings.lake.rglob("*")):
        if path.is_file():
            name = path.relative_to(settings.lake).as_posix()
            left[name] = hashlib.sha256(_without_arrival(path)).hexdigest()
    return left


def _without_arrival(path: Path) -> bytes:
    if path.suffix != ".json" or not path.stat().st_size:
        return path.read_bytes()
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest.pop("received_at", None)
    return json.dumps(manifest, sort_keys=True).encode()


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return _leave(tmp_path_factory.mktemp("in_order"), FILES)


@pytest.mark.parametrize("order", ORDERS)
def test_lake_is_the_same_for_every_order_of_arrival(
    tmp_path: Path, in_order: dict[str, str], order: list[tuple[str, str]]
) -> None:
    assert len([name for name in in_order if name.startswith("files/")]) == len(FILES)

    assert _leave(tmp_path, order) == in_order
