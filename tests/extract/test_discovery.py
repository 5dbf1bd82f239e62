"""Finding exports: object stores, notes beside exports, offices with something new.

Not here: what is read from them. The object store is fsspec's in-memory one: the same interface as
S3 or Azure, without a server.
"""

import fsspec

from extract.discovery import find_exports, offices_with_new_files
from tests.extract.conftest import Warehouse

ROW = "Donor,Approval date,Currency,Amount\nNorway,2006-01-02,USD,5\n"


def test_exports_are_found_and_loaded_from_an_object_store(warehouse: Warehouse) -> None:
    store = fsspec.filesystem("memory")
    with store.open("/drop/lab/a_2006-01-31.csv", "wb") as target:
        target.write(ROW.encode())
    warehouse.settings = warehouse.settings.model_copy(update={"exports": "memory://drop"})

    reports = warehouse.load()

    assert reports["lab/a_2006-01-31.csv"].status == "loaded"


def test_notes_and_unfinished_uploads_are_not_exports(warehouse: Warehouse) -> None:
    rubbish = ("desktop.ini", "Thumbs.db", ".DS_Store", "~$open.xlsx")
    names = ("README.md", "lab/.hidden.csv", "lab/x_2006-01-31.csv.part", *rubbish)
    for name in (*names, *(f"lab/{name}" for name in rubbish)):
        warehouse.drop(name, ROW)
    warehouse.drop("lab/x_2006-01-31.csv", ROW)

    names = [export.name for export in find_exports(warehouse.configuration)]

    assert names == ["lab/x_2006-01-31.csv"]


def test_file_of_no_office_is_reported_and_not_lost(warehouse: Warehouse) -> None:
    warehouse.drop("stray_2006-01-31.csv", ROW)
    warehouse.drop("lab/x_2006-01-31.csv", ROW)

    report = warehouse.load()["stray_2006-01-31.csv"]

    assert (report.status, report.reasons) == ("rejected", {"office_unknown": 1})


def test_offices_with_new_files_are_those_whose_bytes_the_lake_does_not_hold(
    warehouse: Warehouse,
) -> None:
    warehouse.drop("lab/x_2006-01-31.csv", ROW)
    before = offices_with_new_files(warehouse.settings, warehouse.configuration)
    warehouse.load()
    warehouse.drop("labo/y_2006-01-31.csv", ROW.replace("Norway", "Spain"))

    after = offices_with_new_files(warehouse.settings, warehouse.configuration)

    assert (before, after) == (["lab"], ["labo"])
