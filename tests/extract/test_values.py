"""Values: what a cell's text becomes, by the column as a whole and the office's locale.

Not here: which file is read how (test_load.py), and the hundreds of notations that belong to the
reader's own corpus. Every case goes through a real file, DuckDB and the lake.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from extract import FileReport
from tests.extract.conftest import Warehouse

HEADER = "Project symbol;Donor;Approval date;Currency;Amount\n"


def _file(amount: str = "100", day: str = "2006-03-15", currency: str = "USD") -> str:
    return f"{HEADER}RAS/06/01/NET;Netherlands;{day};{currency};{amount}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("1,234,567.89", "1234567.89", id="english-grouping"),
        pytest.param("1.234.567,89", "1234567.89", id="continental-grouping"),
        pytest.param("1 234 567,89", "1234567.89", id="spaces"),
        pytest.param("1\u00a0234\u202f567,89", "1234567.89", id="no-break-spaces"),
        pytest.param("1'234'567.89", "1234567.89", id="swiss-apostrophes"),
        pytest.param("US$ 1234.50", "1234.50", id="currency-sign-in-front"),
        pytest.param("1234.50 USD", "1234.50", id="currency-code-behind"),
        pytest.param("(250.25)", "-250.25", id="parentheses"),
        pytest.param("250.25-", "-250.25", id="trailing-minus"),
        pytest.param("\u2212250.25", "-250.25", id="typographic-minus"),
        pytest.param("1.5E+06", "1500000.00", id="exponent"),
        pytest.param("1234.5600000001", "1234.56", id="binary-noise"),
        pytest.param("0.125", "0.13", id="half-cent-rounds-up"),
    ],
)
def test_amount_is_read_exactly_when_the_notation_decides_it(
    load_one: Callable[..., FileReport], warehouse: Warehouse, text: str, expected: str
) -> None:
    report = load_one(_file(amount=text))

    assert report.rows_accepted == 1, report.messages
    assert warehouse.rows("amount_original") == [(Decimal(expected),)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("about 5", "amount_unreadable", id="words"),
        pytest.param("12,34.5", "amount_unreadable", id="impossible-grouping"),
        pytest.param("1.2.3", "amount_unreadable", id="two-points"),
        pytest.param("#REF!", "spreadsheet_error", id="spreadsheet-error"),
        pytest.param("", "amount_missing", id="empty"),
        pytest.param("n/a", "amount_missing", id="null-token"),
        pytest.param("99999999999999999", "amount_too_large", id="unit-slip"),
    ],
)
def test_amount_is_quarantined_when_it_cannot_be_read_for_certain(
    load_one: Callable[..., FileReport], warehouse: Warehouse, text: str, code: str
) -> None:
    report = load_one(_file(amount=text))

    assert (report.status, report.reasons) == ("quarantined_rows", {code: 1})
    assert warehouse.rows("reason_code, record_number", "rejects") == [(code, 2)]
    assert "lab/export_2006-03-31.csv, row 2, column Amount" in report.messages[-1]


@pytest.mark.parametrize(
    "donor", ["n/a", " n/a", "N/A ", "\u00a0n/a\u00a0", "\u200bn/a", "\t-", "\u00a0\u200b"]
)
def test_word_for_nothing_is_nothing_whatever_surrounds_it(
    load_one: Callable[..., FileReport], donor: str
) -> None:
    rows = f"A;{donor};2006-01-02;USD;100\nB;Norway;2006-01-03;USD;5\n"

    assert load_one(HEADER + rows).reasons == {"donor_missing": 1}


def test_ambiguous_amount_follows_the_office_and_warns(warehouse: Warehouse) -> None:
    warehouse.drop("lab/a_2006-03-31.csv", _file(amount="1.234"))
    warehouse.drop("labo/a_2006-03-31.csv", _file(amount="1.234").replace("RAS", "RAF"))

    reports = warehouse.load()

    amounts = dict(warehouse.rows("office_id, amount_original"))
    assert amounts == {"lab": Decimal("1.23"), "labo": Decimal("1234.00")}
    assert all("can be read two ways" in report.messages[0] for report in reports.values())


def test_decimal_sign_is_decided_for_the_column_when_one_value_proves_it(
    load_one: Callable[..., FileReport], warehouse: Warehouse
) -> None:
    rows = "A;Norway;2006-01-02;USD;1.234\nB;Norway;2006-01-03;USD;2.000,50\n"

    report = load_one(HEADER + rows)

    assert warehouse.rows("amount_original") == [(Decimal("1234.00"),), (Decimal("2000.50"),)]
    assert "the values prove ','" in report.messages[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2006-03-15", date(2006, 3, 15), id="iso"),
        pytest.param("15/03/2006", date(2006, 3, 15), id="day-first"),
        pytest.param("03/15/2006", date(2006, 3, 15), id="month-first-proven"),
        pytest.param("05.04.2006", date(2006, 4, 5), id="ambiguous-by-office"),
        pytest.param("15 March 2006", date(2006, 3, 15), id="english-month"),
        pytest.param("15 mars 2006", date(2006, 3, 15), id="french-month"),
        pytest.param("1er août 2006", date(2006, 8, 1), id="french-first-of-month"),
        pytest.param("15 de diciembre de 2006", date(2006, 12, 15), id="spanish-month"),
        pytest.param("7 de março de 2006", date(2006, 3, 7), id="portuguese-month"),
        pytest.param("Mar 15, 2006", date(2006, 3, 15), id="month-in-front"),
        pytest.param("20060315", date(2006, 3, 15), id="compact"),
        pytest.param("2006-03-15 00:00:00", date(2006, 3, 15), id="with-time"),
        pytest.param("15-03-06", date(2006, 3, 15), id="two-digit-year"),
    ],
)
def test_date_is_read_in_every_notation_that_offices_use(
    load_one: Callable[..., FileReport], warehouse: Warehouse, text: str, expected: date
) -> None:
    report = load_one(_file(day=text))

    assert report.rows_accepted == 1, report.messages
    assert warehouse.rows("approval_date") == [(expected,)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("31/02/2006", "approval_date_unreadable", id="no-such-day"),
        pytest.param("spring 2006", "approval_date_unreadable", id="words"),
        pytest.param("", "approval_date_missing", id="empty"),
        pytest.param("2549-03-15", "approval_date_buddhist_era", id="buddhist-era"),
    ],
)
def test_date_is_quarantined_when_it_is_impossible(
    load_one: Callable[..., FileReport], text: str, code: str
) -> None:
    assert load_one(_file(day=text)).reasons == {code: 1}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("USD", "USD", id="iso"),
        pytest.param("usd", "USD", id="lower-case"),
        pytest.param("US$", "USD", id="sign"),
        pytest.param("€", "EUR", id="euro-sign"),
    ],
)
def test_currency_is_an_iso_code_whatever_the_sign(
    load_one: Callable[..., FileReport], warehouse: Warehouse, text: str, code: str
) -> None:
    load_one(_file(currency=text))

    assert warehouse.rows("currency_code") == [(code,)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("XQZ", "currency_unknown", id="no-such-code"),
        pytest.param("", "currency_missing", id="empty"),
    ],
)
def test_currency_is_never_guessed(
    load_one: Callable[..., FileReport], text: str, reason: str
) -> None:
    assert load_one(_file(currency=text)).reasons == {reason: 1}


def test_quoted_braces_and_sql_in_cells_stay_text(
    load_one: Callable[..., FileReport], warehouse: Warehouse
) -> None:
    hostile = "{{ run_query('drop') }}'), (1); drop table typed; --"

    load_one(f'Donor|"{hostile}"|Approval date|Currency|Amount\n"{hostile}"|x|2006-01-02|USD|1\n')

    assert warehouse.rows("donor_name") == [(hostile,)]
    assert hostile in str(warehouse.rows("unmapped_cells")[0][0])


def test_dates_are_read_when_a_total_row_leaves_its_date_empty(
    load_one: Callable[..., FileReport],
) -> None:
    rows = _file("100", "15/01/2006") + ";Total;;;100\n"

    report = load_one(rows)

    assert (report.rows_accepted, report.rows_dropped) == (1, 1), report.messages
