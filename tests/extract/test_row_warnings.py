"""What a report and a lake say of rows that are loaded with a doubt, or held back for one.

Not here: which row gets which code (test_values.py, test_days.py).
"""

import json
from collections.abc import Callable
from io import BytesIO

import pytest
import xlsxwriter

from extract import FileReport
from tests.extract.conftest import Warehouse

HEADER = "Project code,Title,Donor,Approval date,Currency,Amount\n"


def test_report_says_why_it_was_loaded_with_warnings(load_one: Callable[..., FileReport]) -> None:
    report = load_one(
        HEADER + "P1,Wells,Norway,2006,USD,100\nP2,Roads,Norway,2006,USD,-5\n"
        "P3,Roads,Norway,2006-02-03,USD,7\n"
    )

    assert report.status == "loaded_with_warnings"
    assert report.messages == [
        "1 row: amount_not_positive: the amount is zero or negative",
        "2 rows: date_year_only: only a year is stated: its first day is taken",
    ]


def test_total_of_each_sheet_names_its_sheet(
    warehouse: Warehouse, load_one: Callable[..., FileReport]
) -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        for name, total in (("North", 5), ("South", 6)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Donor", "Approval date", "Currency", "Amount"])
            sheet.write_row(1, 0, [f"Norway {name}", "2006-03-15", "USD", 5])
            sheet.write_row(2, 0, ["Total", "", "", total])
    report = load_one(content.getvalue(), "lab/export_2006-03-31.xlsx")

    manifest = json.loads(next((warehouse.settings.lake / "files").iterdir()).read_text())
    assert [
        (total["sheet_name"], total["record_number"], total["agrees"])
        for total in manifest["control_totals"]
    ] == [("North", 3, True), ("South", 3, False)]
    assert (
        "export_2006-03-31.xlsx, sheet South, row 3: the file states a total of 6.00"
        in (report.messages[0])
    )


def test_amount_of_misplaced_cells_is_in_no_total(
    warehouse: Warehouse, load_one: Callable[..., FileReport]
) -> None:
    report = load_one(
        HEADER + "P1,Wells,Norway,2006-03-15,USD,100\nP2,Roads,Norway,2006-03-16,USD,200\n"
        "P3,Roads,Norway,2006-03-16,USD,1,000\n"
    )

    manifest = json.loads(next((warehouse.settings.lake / "files").iterdir()).read_text())
    assert report.reasons == {"cells_misplaced": 1}
    assert manifest["rejected_totals"] == []
    assert warehouse.rows("amount_original, raw_text, raw_cells", "rejects") == [
        (None, "1", '["P3","Roads","Norway","2006-03-16","USD","1","000"]')
    ]


STATUSES = HEADER.replace("\n", ",Status\n")


@pytest.mark.parametrize(
    ("day", "status", "is_warned"),
    [
        pytest.param("2006-04-01", "approved", True, id="after-the-export"),
        pytest.param("2006-03-31", "approved", False, id="on-its-day"),
        pytest.param("2006-04-01", "forecast", False, id="forecast"),
    ],
)
def test_approval_after_the_export_was_made_is_warned_about(
    warehouse: Warehouse,
    load_one: Callable[..., FileReport],
    day: str,
    status: str,
    is_warned: bool,
) -> None:
    report = load_one(STATUSES + f"P1,Wells,Norway,{day},USD,100,{status}\n")

    warning = (
        "lab/export_2006-03-31.csv: the latest approval date is 2006-04-01, after the export was "
        "made (2006-03-31): correct the date, or give the row the status forecast"
    )
    assert report.messages == ([warning] if is_warned else [])
    assert len(warehouse.rows("1")) == 1
