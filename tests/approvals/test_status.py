"""What `status` counts: files that count, and those that wait for a repair; which offices exist.

Not here: whether a build is due (test_night.py).
"""

from pathlib import Path

import pytest

from approvals.errors import ConfigurationError
from approvals.reading import check_office, warehouse_status
from tests.extract.conftest import Warehouse

NAME = "labo/export_2006-03-31.csv"
CONTENT = "Payer;Approval date;Currency;Amount\nNorvège;03/02/2006;EUR;5,00\n"
MAP = "dataset,office_id,field,language,alias,priority\n"


def test_a_refused_file_is_counted_once_and_no_more_when_it_loads(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    warehouse.drop(NAME, CONTENT)
    maps = warehouse.config / "column_maps"
    maps.mkdir()
    seen = []

    for line in (
        "",
        "approvals,labo,remarks,fr,Payé,1\n",
        "approvals,labo,donor_name,fr,Payer,1\n",
    ):
        (maps / "labo.csv").write_text(MAP + line, encoding="utf-8")
        warehouse.load()
        status = warehouse_status(warehouse.settings)
        seen.append((status["files_loaded"], status["files_refused"]))

    assert seen == [(0, 1), (0, 1), (1, 0)]


def test_an_office_that_nobody_knows_is_refused_with_those_there_are(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)

    for known in (None, "lab", "labo"):
        check_office(warehouse.settings, known)

    with pytest.raises(ConfigurationError, match=r"use one of .*, lab, labo, "):
        check_office(warehouse.settings, "lobo")
