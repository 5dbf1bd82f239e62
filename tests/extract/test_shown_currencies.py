"""Currencies that only number formats show: taken where nothing else is stated, else compared.

Not here: how each format of workbook is read (readers/test_number_formats.py).
"""

from collections.abc import Callable
from io import BytesIO

import pytest
import xlsxwriter

from extract import FileReport
from tests.extract.conftest import Warehouse

HEADER = ["Project code", "Title", "Donor", "Approval date", "Amount", "Currency"]


def workbook(number_format: str, currency: str | None, header: str = "Amount") -> bytes:
    """Return a workbook of one row; without a currency (None) it has no such column."""
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        names = [header if name == "Amount" else name for name in HEADER]
        sheet.write_row(0, 0, names if currency is not None else names[:5])
        sheet.write_row(1, 0, ["P1", "Wells", "Norway", "2006-03-15"])
        sheet.write_number(1, 4, 1000.5, book.add_format({"num_format": number_format}))
        if currency:
            sheet.write_string(1, 5, currency)
    return content.getvalue()


LOADED = [
    pytest.param("[$€-407] #,##0.00", None, "EUR", "currency_from_format", id="no-column"),
    pytest.param('"US$"#,##0', None, "USD", "currency_from_format", id="quoted"),
    pytest.param("[$USD] 0.00", "", "USD", "currency_from_format", id="empty-cell"),
    pytest.param("[$€-407] 0.00", "EUR", "EUR", None, id="both-agree"),
    pytest.param("$#,##0.00", "USD", "USD", None, id="shared-sign-agrees"),
    pytest.param("[$€-407] 0.00", "USD", "USD", "currency_format_differs", id="column-wins"),
    pytest.param("$#,##0.00", "EUR", "EUR", "currency_format_differs", id="shared-sign-differs"),
    pytest.param("[$AUD] 0", "$", "AUD", "currency_from_format", id="settles-a-shared-sign"),
    pytest.param('0 "each"', "USD", "USD", None, id="words-are-no-currency"),
]


@pytest.mark.parametrize(("number_format", "stated", "currency", "warning"), LOADED)
def test_currency_of_the_format_is_taken_or_compared(
    warehouse: Warehouse,
    load_one: Callable[..., FileReport],
    number_format: str,
    stated: str | None,
    currency: str,
    warning: str | None,
) -> None:
    report = load_one(workbook(number_format, stated), "lab/export_2006-03-31.xlsx")

    assert report.totals == {currency: "1000.50"}
    assert warehouse.rows("warning_codes") == [(warning,)]


@pytest.mark.parametrize(
    ("number_format", "stated", "reason"),
    [
        pytest.param("$#,##0.00", None, "currency_ambiguous", id="shared-sign"),
        pytest.param('0 "each"', None, "currency_missing", id="words-are-no-currency"),
        pytest.param("[$€-407] 0.00", "XQZ", "currency_unknown", id="unknown-word-beside-it"),
        pytest.param("[$€-407] 0.00", "$", "currency_contradicts", id="not-what-the-sign-means"),
    ],
)
def test_format_never_makes_a_doubtful_currency_certain(
    load_one: Callable[..., FileReport], number_format: str, stated: str | None, reason: str
) -> None:
    report = load_one(workbook(number_format, stated), "lab/export_2006-03-31.xlsx")

    assert (report.reasons, report.totals) == ({reason: 1}, {})


def test_header_wins_over_the_format_with_a_warning(
    warehouse: Warehouse, load_one: Callable[..., FileReport]
) -> None:
    content = workbook("[$€-407] 0.00", None, "Amount (US$)")

    assert load_one(content, "lab/export_2006-03-31.xlsx").totals == {"USD": "1000.50"}
    assert warehouse.rows("warning_codes") == [("currency_format_differs",)]


def test_two_tables_beside_each_other_keep_their_formats(
    warehouse: Warehouse, load_one: Callable[..., FileReport]
) -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for first, code in ((0, "[$€-407] 0"), (6, "[$CHF] 0")):
            sheet.write_row(0, first, HEADER[:5])
            sheet.write_row(1, first, ["P1", "Wells", "Norway", "2006-03-15"])
            sheet.write_number(1, first + 4, 5, book.add_format({"num_format": code}))
    load_one(content.getvalue(), "lab/export_2006-03-31.xlsx")

    assert warehouse.rows("currency_code") == [("EUR",), ("CHF",)]
