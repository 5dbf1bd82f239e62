"""Currencies: codes, names and signs; in their column, in the amount's cell, in the header.

Not here: rates and conversion, which are dbt's. Tables in memory go through the stages of a file.
"""

import pytest

from tests.extract.typed_table import office, type_table


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("USD", "USD", id="iso"),
        pytest.param("usd", "USD", id="lower-case"),
        pytest.param(" USD\u00a0", "USD", id="outer-spaces"),
        pytest.param("US$", "USD", id="us-dollar-sign"),
        pytest.param("US $", "USD", id="us-dollar-sign-spaced"),
        pytest.param("U.S.$", "USD", id="us-dollar-sign-with-points"),
        pytest.param("US dollars", "USD", id="english-plural"),
        pytest.param("dollar des États-Unis", "USD", id="french"),
        pytest.param("dólares estadounidenses", "USD", id="spanish"),
        pytest.param("dólares americanos", "USD", id="portuguese"),
        pytest.param("€", "EUR", id="euro-sign"),
        pytest.param("euros", "EUR", id="euros"),
        pytest.param("CHF", "CHF", id="franc-code"),
        pytest.param("francs suisses", "CHF", id="french-franc-name"),
        pytest.param("SFr.", "CHF", id="sfr"),
        pytest.param("R$", "BRL", id="real-sign"),
        pytest.param("reais brasileiros", "BRL", id="portuguese-real-name"),
        pytest.param("CA$", "CAD", id="canadian-sign"),
        pytest.param("A$", "AUD", id="australian-sign"),
        pytest.param("FCFA", "XOF", id="west-african-franc"),
        pytest.param("₹", "INR", id="rupee-sign"),
        pytest.param("£", "GBP", id="pound-sign"),
        pytest.param("Norwegian kroner", "NOK", id="plural-of-cldr"),
        pytest.param("yen", "JPY", id="yen"),
        pytest.param("ＵＳＤ", "USD", id="full-width"),
    ],
)
def test_currency_is_known_by_code_name_and_sign(text: str, code: str) -> None:
    typed = type_table({"currency_code": [text]}, "currency_code")

    assert (typed.values, typed.reasons) == ([code], [[]])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("$", "currency_ambiguous", id="dollar-sign"),
        pytest.param("dollars", "currency_ambiguous", id="dollars"),
        pytest.param("kr", "currency_ambiguous", id="crowns"),
        pytest.param("¥", "currency_ambiguous", id="yen-or-yuan"),
        pytest.param("Rs.", "currency_ambiguous", id="rupees"),
        pytest.param("pesos", "currency_ambiguous", id="pesos"),
        pytest.param("francs", "currency_ambiguous", id="francs"),
        pytest.param("XQZ", "currency_unknown", id="no-such-code"),
        pytest.param("money", "currency_unknown", id="word"),
        pytest.param("#N/A", "spreadsheet_error", id="error"),
        pytest.param("", "currency_missing", id="empty"),
        pytest.param("n/a", "currency_missing", id="null-token"),
        pytest.param("unknown", "currency_missing", id="word-for-nothing"),
    ],
)
def test_currency_is_never_guessed(text: str, reason: str) -> None:
    typed = type_table({"currency_code": [text]}, "1")

    assert reason in typed.reasons[0]
    assert len(typed.reasons[0]) == 1


@pytest.mark.parametrize(
    ("text", "changes", "code"),
    [
        pytest.param("$", {"default_currency": "AUD"}, "AUD", id="dollar-of-the-office"),
        pytest.param("kr", {"default_currency": "SEK"}, "SEK", id="crown-of-the-office"),
        pytest.param("Rs", {"time_zone": "Asia/Kolkata"}, "INR", id="rupee-of-the-country"),
        pytest.param("Rs", {"time_zone": "Asia/Kathmandu"}, "NPR", id="rupee-of-another"),
        pytest.param("¥", {"time_zone": "Asia/Tokyo"}, "JPY", id="yen-of-the-country"),
        pytest.param("pesos", {"time_zone": "America/Bogota"}, "COP", id="peso-of-the-country"),
    ],
)
def test_shared_sign_is_settled_by_the_office(
    text: str, changes: dict[str, object], code: str
) -> None:
    typed = type_table({"currency_code": [text]}, "currency_code", office(**changes))

    assert typed.values == [code]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"time_zone": "Australia/Sydney"}, id="dollar-of-the-country"),
        pytest.param({"default_currency": "EUR"}, id="office-without-dollars"),
    ],
)
def test_bare_dollar_sign_waits_unless_the_office_declares_a_dollar(
    changes: dict[str, object],
) -> None:
    typed = type_table({"currency_code": ["$"]}, "1", office(**changes))

    assert typed.reasons == [["currency_ambiguous"]]


@pytest.mark.parametrize(
    ("amount", "currency", "header", "expected"),
    [
        pytest.param("EUR 1.000,00", None, None, "EUR", id="in-the-cell"),
        pytest.param("5.00", None, "EUR", "EUR", id="in-the-header"),
        pytest.param("€ 5.00", None, "EUR", "EUR", id="in-cell-and-header"),
        pytest.param("€ 5.00", "EUR", "EUR", "EUR", id="everywhere"),
        pytest.param("$ 5.00", "AUD", None, "AUD", id="shared-sign-in-the-cell"),
        pytest.param("US$ 5.00", "$", None, "USD", id="shared-sign-in-the-column"),
        pytest.param("5.00", "$", "USD", "USD", id="shared-sign-and-header"),
    ],
)
def test_currency_is_taken_from_where_it_is_stated(
    amount: str, currency: str | None, header: str | None, expected: str
) -> None:
    typed = type_table(
        {"amount_original": [amount], "currency_code": [currency]},
        "currency_code",
        columns={"amount_original": {"currency_code": header}},
    )

    assert (typed.values, typed.reasons) == ([expected], [[]])


@pytest.mark.parametrize(
    ("amount", "currency", "header"),
    [
        pytest.param("€ 5.00", "USD", None, id="cell-and-column"),
        pytest.param("5.00", "USD", "EUR", id="column-and-header"),
        pytest.param("€ 5.00", None, "USD", id="cell-and-header"),
        pytest.param("$ 5.00", "EUR", None, id="shared-sign-and-column"),
    ],
)
def test_contradicting_currencies_wait_in_quarantine(
    amount: str, currency: str | None, header: str | None
) -> None:
    typed = type_table(
        {"amount_original": [amount], "currency_code": [currency]},
        "1",
        columns={"amount_original": {"currency_code": header}},
    )

    assert typed.reasons == [["currency_contradicts"]]


def test_shared_sign_in_the_cell_alone_waits_in_quarantine() -> None:
    typed = type_table({"amount_original": ["$ 5.00"], "currency_code": [None]}, "1")

    assert typed.reasons == [["currency_ambiguous"]]


def test_default_of_the_office_holds_only_where_nothing_is_stated() -> None:
    typed = type_table(
        {"amount_original": ["5.00", "€ 5.00", "5.00"], "currency_code": [None, None, "XQZ"]},
        "currency_code",
        office(default_currency="CHF"),
    )

    assert typed.values == ["CHF", "EUR", None]
    assert typed.reasons == [[], [], ["currency_unknown"]]
