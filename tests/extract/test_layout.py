"""Layouts: where the tables of a file stand, and what their headers say of the numbers.

Not here: single values (test_values.py) and how formats are read (readers/). Every case goes
through a real file and the lake, but for words of headers, which are asked directly.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from approvals.configuration import Configuration, resolve_configuration
from approvals.settings import Settings
from extract import FileReport, load_exports
from extract.mapping import ColumnMaps
from tests.extract.conftest import Warehouse


@pytest.fixture(scope="module")
def maps(tmp_path_factory: pytest.TempPathFactory) -> ColumnMaps:
    """Return the default aliases."""
    folder = tmp_path_factory.mktemp("maps")
    configuration: Configuration = resolve_configuration(Settings(home=folder))
    return ColumnMaps(
        configuration.table("column_maps.csv"), configuration.table("value_maps.csv"), "lab"
    )


@pytest.mark.parametrize(
    ("header", "field", "multiplier", "currency"),
    [
        pytest.param("Amount", "amount_original", 1, None, id="plain"),
        pytest.param("AMOUNT  APPROVED:", "amount_original", 1, None, id="case-and-punctuation"),
        pytest.param("Amount (US$ thousands)", "amount_original", 1000, "USD", id="us-thousands"),
        pytest.param("Amount (US$'000)", "amount_original", 1000, "USD", id="us-000"),
        pytest.param("Amount in EUR million", "amount_original", 10**6, "EUR", id="eur-million"),
        pytest.param("Amount, USD m", "amount_original", 10**6, "USD", id="weak-m-by-currency"),
        pytest.param("Montant (en milliers d'EUR)", "amount_original", 1000, "EUR", id="french"),
        pytest.param(
            "Importe en miles de dólares", "amount_original", 1000, None, id="any-dollars"
        ),
        pytest.param("Importe en miles de euros", "amount_original", 1000, "EUR", id="spanish"),
        pytest.param("Amount in kr million", "amount_original", 10**6, None, id="any-crowns"),
        pytest.param("Valor (R$ mil)", "amount_original", 1000, "BRL", id="portuguese"),
        pytest.param("Amount ($)", "amount_original", 1, None, id="any-dollar-sign"),
        pytest.param("Amount (CHF)", "amount_original", 1, "CHF", id="currency-alone"),
        pytest.param("Date of the approval", "approval_date", 1, None, id="other-words-between"),
        pytest.param("Donors", "donor_name", 1, None, id="plural"),
        pytest.param("Aproval date", "approval_date", 1, None, id="typing-error"),
        pytest.param("Fecha de aprovación", "approval_date", 1, None, id="typing-error-spanish"),
        pytest.param("Funding Channel (Central or Local)", "negotiation", 1, None, id="channel"),
    ],
)
def test_header_is_understood_with_its_unit(
    maps: ColumnMaps, header: str, field: str, multiplier: int, currency: str | None
) -> None:
    (column,) = maps.columns("approvals", [[header]])

    assert (column.field, column.multiplier, column.currency_code) == (field, multiplier, currency)


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("M&E budget note", id="letter-m-is-no-million"),
        pytest.param("Amount disbursed to partners", id="other-amount"),
        pytest.param("All try top cup", id="words-that-are-codes-in-capitals"),
        pytest.param("", id="empty"),
        pytest.param("12345", id="number"),
    ],
)
def test_header_is_not_guessed(maps: ColumnMaps, header: str) -> None:
    (column,) = maps.columns("approvals", [[header]])

    assert column.field is None


HEADER = "Project code,Title,Donor,Approval date,Currency,Amount\n"
ROW = "RAS/06/0{0}/NET,Jobs {0},Netherlands,2006-03-1{0},USD,{0}00.50\n"


def _rows(*numbers: int) -> str:
    return "".join(ROW.format(number) for number in numbers)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Approvals of March\n\nOffice: Bangkok\n" + HEADER + _rows(1, 2), id="title"),
        pytest.param(
            "Project,,Funding,Approval,,\nCode,Title,Donor,date,Currency,Amount\n" + _rows(1, 2),
            id="two-header-rows",
        ),
        pytest.param(
            "Title of report,,,,,\nProject,Project,,Date of,,\ncode,title,Donor,approval,"
            "Currency,Amount\n" + _rows(1, 2),
            id="title-and-two-header-rows",
        ),
        pytest.param(HEADER + _rows(1) + HEADER.upper() + _rows(2), id="repeated-header"),
        pytest.param(
            HEADER + _rows(1) + ",,,,,\nDonor,Approval date,Currency,Amount,Title\n"
            "Netherlands,2006-03-12,USD,200.50,Jobs 2\n",
            id="another-table-below",
        ),
        pytest.param(HEADER + ",,,,,\n" + _rows(1) + ",,,,,\n\n" + _rows(2), id="blank-rows"),
        pytest.param(
            "Donor,Approval date,Currency,Amount,,Donor,Approval date,Currency,Amount\n"
            "Netherlands,2006-03-11,USD,100.50,,Netherlands,2006-03-12,USD,200.50\n",
            id="side-by-side",
        ),
        pytest.param(
            ",Amount,,Donor,Extra column,Currency,,Approval date\n"
            ",100.50,,Netherlands,x,USD,,2006-03-11\n,200.50,,Netherlands,y,USD,,2006-03-12\n",
            id="any-order-with-padding",
        ),
    ],
)
def test_every_row_is_loaded_whatever_the_layout(
    load_one: Callable[..., FileReport], warehouse: Warehouse, text: str
) -> None:
    report = load_one(text)

    assert report.rows_rejected == 0, report.messages
    assert report.totals == {"USD": "301.00"}
    assert len(warehouse.rows("donor_name")) == 2


def test_table_inside_another_is_a_table_of_its_own_in_the_manifest(
    load_one: Callable[..., FileReport], warehouse: Warehouse
) -> None:
    report = load_one(
        HEADER + _rows(1) + "Donor,Approval date,Amount (EUR),Title\nNorway,2006-03-12,7,J\n"
    )

    manifest = warehouse.settings.lake / "files" / f"{report.file_sha256}.json"
    tables = json.loads(manifest.read_text())["tables"]
    assert [(table["header_row"], table["rows_accepted"]) for table in tables] == [(1, 1), (3, 1)]
    assert [
        (column["header"], column["field"], column["currency_code"])
        for column in tables[1]["columns"][:4]
    ] == [
        ("Donor", "donor_name", None),
        ("Approval date", "approval_date", None),
        ("Amount (EUR)", "amount_original", "EUR"),
        ("Title", "project_title", None),
    ]


def test_file_is_refused_when_each_currency_has_a_column_of_amounts(
    load_one: Callable[..., FileReport],
) -> None:
    report = load_one("Donor,Approval date,Amount EUR,Amount GBP\nNorway,2006-03-12,7,\n")

    assert report.reasons == {"currencies_compete": 1}
    assert "'Amount EUR', 'Amount GBP'" in report.messages[0]


def test_every_sheet_with_a_table_is_loaded_also_without_a_header_of_its_own(
    warehouse: Warehouse,
) -> None:
    with xlsxwriter.Workbook(str(warehouse.exports / "lab/book_2006-03-31.xlsx")) as book:
        header = ["Donor", "Approval date", "Currency", "Amount"]
        for name, first, amount in (("Q1", header, 10), ("Q2", header, 20), ("Q3", None, 30)):
            sheet = book.add_worksheet(name)
            rows = [["Norway", "2006-03-12", "USD", amount], ["Sweden", "2006-03-13", "USD", 5]]
            for number, row in enumerate([first, *rows] if first else rows):
                sheet.write_row(number, 0, row)
        book.add_worksheet("Notes").write(0, 0, "Read me")
        budget = book.add_worksheet("Budget")
        budget.write_row(0, 0, ["Line", 5])
        budget.write_row(1, 0, ["Line", 6])

    report = warehouse.load()["lab/book_2006-03-31.xlsx"]

    assert report.totals == {"USD": "75.00"}
    assert warehouse.rows("distinct sheet_name") == [("Q1",), ("Q2",), ("Q3",)]
    assert any("'Q3' has no header" in message for message in report.messages)
    assert any("'Budget' has numbers" in message for message in report.messages)
    assert not any("Notes" in message for message in report.messages)


def test_file_is_refused_whole_when_more_than_a_fifth_of_fifty_rows_is_unreadable(
    load_one: Callable[..., FileReport], warehouse: Warehouse
) -> None:
    good = "X,Jobs,Netherlands,2006-03-11,USD,1\n" * 39
    bad = "X,Jobs,Netherlands,2006-03-11,USD,lots\n" * 11

    report = load_one(HEADER + good + bad)

    assert report.reasons == {"too_many_rejects": 1}
    assert "11 of 50 rows" in report.messages[0]
    assert warehouse.rows("donor_name") == []


def test_file_is_loaded_when_fewer_rows_than_the_limit_are_unreadable(
    load_one: Callable[..., FileReport],
) -> None:
    good = "X,Jobs,Netherlands,2006-03-11,USD,1\n" * 40
    bad = "X,Jobs,Netherlands,2006-03-11,USD,lots\n" * 10

    report = load_one(HEADER + good + bad)

    assert (report.status, report.rows_rejected) == ("quarantined_rows", 10)


@pytest.mark.parametrize("office_id", [None, "nairobi"])
def test_file_of_no_declared_office_is_read_by_the_default_aliases(
    warehouse: Warehouse, tmp_path: Path, office_id: str | None
) -> None:
    path = tmp_path / "approvals.csv"
    path.write_text(HEADER + _rows(1))

    report = load_exports(
        warehouse.settings, warehouse.configuration, paths=[path], office_id=office_id
    ).files[0]

    assert (report.status, report.totals) == ("loaded", {"USD": "100.50"})
    assert report.office_id == (office_id or "undeclared")


def test_near_miss_in_the_header_of_an_inner_table_is_reported(
    load_one: Callable[..., FileReport],
) -> None:
    report = load_one(
        HEADER + _rows(1) + "Donor,Aproval date,Amount (EUR),Title\nNorway,2006-03-12,7,J\n"
    )

    assert report.status == "loaded_with_warnings"
    assert any("'Aproval date' was read as 'Approval date'" in line for line in report.messages)


def test_row_of_data_is_no_header_even_if_its_words_are_aliases(
    load_one: Callable[..., FileReport],
) -> None:
    report = load_one(
        "id,measure,period,dimension,member,value,unit\n"
        + "".join(f"H{n},approvals,2006,donor,Netherlands,{n}0,USD million\n" for n in range(3, 7))
    )

    assert (report.status, report.reasons) == ("rejected", {"header_not_found": 1})
    assert "'id', 'measure', 'period'" in report.messages[0]
