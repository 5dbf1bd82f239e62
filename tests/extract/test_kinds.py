"""Records that are no rows: totals, notes, blanks; and totals as a check of what was read.

Not here: headers and where tables begin (test_layout.py).
"""

import json
from collections.abc import Callable

import pytest

from extract import FileReport
from tests.extract.conftest import Warehouse

HEADER = "Project code,Title,Donor,Approval date,Currency,Amount\n"
ROWS = (
    "RAS/06/01/NET,Jobs 1,Netherlands,2006-03-11,USD,100\n"
    "RAS/06/02/NET,Jobs 2,Netherlands,2006-03-12,USD,200\n"
)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        pytest.param("Total,,,,,300", "total", id="total"),
        pytest.param("TOTAL GÉNÉRAL,,,,,300", "total", id="french"),
        pytest.param("Suma y sigue,,,,USD,300", "total", id="carried-forward"),
        pytest.param(",,Netherlands Total,,,300", "total", id="excel-subtotal-behind"),
        pytest.param(",,Total Netherlands,,,300", "total", id="subtotal-in-front"),
        pytest.param("Subtotal,,Netherlands,,,300", "total", id="subtotal-beside-its-donor"),
        pytest.param(",,,,,300", "total", id="amount-without-a-word"),
        pytest.param("TOTAL,,All donors,2006-12-31,USD,300", "total", id="complete-but-called-so"),
        pytest.param(",,,,,", "blank", id="blank"),
        pytest.param("Source: register of 31 March,,,,,", "note", id="note"),
        pytest.param(",Prepared by,,,Ann,", "note", id="footer-of-two-cells"),
        pytest.param(HEADER.strip(), "repeated_header", id="header-again"),
    ],
)
def test_record_is_counted_and_not_loaded_when_it_is_no_row(
    load_one: Callable[..., FileReport], warehouse: Warehouse, line: str, kind: str
) -> None:
    report = load_one(f"{HEADER}{ROWS}{line}\n")

    manifest = json.loads(
        (warehouse.settings.lake / "files" / f"{report.file_sha256}.json").read_text()
    )
    assert manifest["dropped"] == [{"reason": kind, "rows": 1}], report.messages
    assert (report.status, report.totals) == ("loaded", {"USD": "300.00"})


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("X,Jobs,Total,2006-03-13,USD,400", id="donor-called-total"),
        pytest.param("X,Jobs,Total S.A.,2006-03-13,USD,400", id="oil-company"),
        pytest.param("X,Total Quality Management,Norway,2006-03-13,USD,400", id="title"),
    ],
)
def test_row_is_data_when_only_a_name_says_total(
    load_one: Callable[..., FileReport], line: str
) -> None:
    report = load_one(f"{HEADER}{ROWS}{line}\n")

    assert (report.rows_accepted, report.totals) == (3, {"USD": "700.00"})


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("X,Total Quality Management,Norway,,USD,400", id="title-without-a-date"),
        pytest.param("X,Jobs,,2006-03-13,USD,400", id="no-donor"),
        pytest.param("X,Jobs,,,,", id="only-a-name"),
    ],
)
def test_row_waits_in_quarantine_when_it_lacks_something(
    load_one: Callable[..., FileReport], line: str
) -> None:
    report = load_one(f"{HEADER}{ROWS}{line}\n")

    assert (report.rows_rejected, report.rows_dropped) == (1, 0)


def test_subtotals_and_the_grand_total_are_checked_each_for_its_own_rows(
    load_one: Callable[..., FileReport],
) -> None:
    other = "RAF/06/01/NOR,Jobs 3,Norway,2006-03-13,USD,50\n"

    report = load_one(
        f"{HEADER}{ROWS},,Netherlands Total,,,300\n{other},,Norway Total,,,50\n"
        "Grand total,,,,,350\n"
    )

    assert (report.status, report.rows_dropped) == ("loaded", 3), report.messages


def test_total_that_the_rows_do_not_add_up_to_is_named(
    load_one: Callable[..., FileReport],
) -> None:
    report = load_one(f"{HEADER}{ROWS}Total,,,,,301\n")

    assert report.status == "loaded_with_warnings"
    assert "row 4: the file states a total of 301.00" in report.messages[0]
