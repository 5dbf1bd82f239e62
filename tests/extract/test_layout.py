"""Layouts: where the tables of a file stand, and what their headers say of the numbers.

Not here: single values (test_values.py) and how formats are read (readers/). Every case goes
through a real file and the lake, but for words of headers, which are asked directly.
"""

from collections.abc import Callable

import pytest
import xlsxwriter

from approvals.configuration import Configuration, resolve_configuration
from approvals.settings import Settings
from extract import FileReport
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
        pytest.param("Importe en miles de dólares", "amount_original", 1000, "USD", id="spanish"),
        pytest.param("Valor (R$ mil)", "amount_original", 1000, "BRL", id="portuguese"),
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
        pytest.param("", id="empty"),
        pytest.param("12345", id="number"),
    ],
)
def test_header_is_not_guessed(maps: ColumnMaps, header: str) -> None:
    (column,) = maps.columns("approvals", [[header]])

    assert column.field is None
