"""Amounts: every notation that offices use, exact or refused.

Not here: what a column decides (test_amount_columns.py), where the amounts stand in a file
(test_layout.py) and what the lake holds (test_load.py). Tables in memory go through the stages of
a file, with real DuckDB.
"""

from decimal import Decimal

import pytest

from tests.extract.typed_table import type_table

AMOUNT = "cast(amount_original as decimal(38, 2))"

CERTAIN = [
    pytest.param("1234", "1234", id="digits"),
    pytest.param("1234.5", "1234.5", id="one-decimal"),
    pytest.param("1234,56", "1234.56", id="decimal-comma"),
    pytest.param("1,234.56", "1234.56", id="english"),
    pytest.param("1.234.567,89", "1234567.89", id="continental"),
    pytest.param("1.234.567", "1234567", id="repeated-points-are-groups"),
    pytest.param("1,234,567", "1234567", id="repeated-commas-are-groups"),
    pytest.param("1 234 567,89", "1234567.89", id="spaces"),
    pytest.param("1\u00a0234\u00a0567,89", "1234567.89", id="no-break-spaces"),
    pytest.param("1\u202f234\u202f567,89", "1234567.89", id="narrow-no-break-spaces"),
    pytest.param("1\u2009234\u2009567.89", "1234567.89", id="thin-spaces"),
    pytest.param("1\u2007234\u2007567.89", "1234567.89", id="figure-spaces"),
    pytest.param("1'234'567.89", "1234567.89", id="swiss-apostrophes"),
    pytest.param("1’234’567.89", "1234567.89", id="typographic-apostrophes"),
    pytest.param("12,34,567.89", "1234567.89", id="indian"),
    pytest.param("12,34,567", "1234567", id="indian-without-decimals"),
    pytest.param("١٬٢٣٤٬٥٦٧٫٨٩", "1234567.89", id="arabic-indic"),
    pytest.param("۱٬۲۳۴٫۵", "1234.5", id="eastern-arabic-indic"),
    pytest.param("१२३४.५", "1234.5", id="devanagari"),
    pytest.param("１２３４．５６", "1234.56", id="full-width"),
    pytest.param("0.125", "0.13", id="zero-before-the-point-is-no-group"),
    pytest.param("0,5", "0.5", id="zero-before-the-comma"),
    pytest.param("1234.567", "1234.57", id="four-digits-before-the-point"),
    pytest.param(".5", "0.5", id="no-digit-before-the-point"),
    pytest.param("(1,234.50)", "-1234.5", id="parentheses"),
    pytest.param("(USD 1,234.50)", "-1234.5", id="parentheses-around-a-currency"),
    pytest.param("-1,234.50", "-1234.5", id="minus"),
    pytest.param("1,234.50-", "-1234.5", id="trailing-minus"),
    pytest.param("−1234.50", "-1234.5", id="typographic-minus"),
    pytest.param("–1234.50", "-1234.5", id="dash-as-minus"),
    pytest.param("- 1 234,50", "-1234.5", id="minus-and-space"),
    pytest.param("+1234.50", "1234.5", id="plus"),
    pytest.param("USD -5", "-5", id="minus-behind-a-code"),
    pytest.param("1.000,-", "1000", id="comma-dash"),
    pytest.param("1'000.-", "1000", id="point-dash"),
    pytest.param("1.000.-", "1000", id="points-and-point-dash"),
    pytest.param("1000,--", "1000", id="comma-two-dashes"),
    pytest.param("5,000/-", "5000", id="rupees-slash-dash"),
    pytest.param("US$ 1,234.50", "1234.5", id="sign-in-front"),
    pytest.param("US$1,234.50", "1234.5", id="sign-in-front-without-space"),
    pytest.param("1234.50 USD", "1234.5", id="code-behind"),
    pytest.param("1234.50USD", "1234.5", id="code-behind-without-space"),
    pytest.param("$ 1,234.50", "1234.5", id="dollar-sign-beside-usd"),
    pytest.param("1.2 million", "1200000", id="million"),
    pytest.param("USD 1.25 million", "1250000", id="million-with-currency"),
    pytest.param("1,5 Mio", "1500000", id="mio"),
    pytest.param("1,5 Mio. USD", "1500000", id="mio-point-code"),
    pytest.param("3.4m", "3400000", id="m"),
    pytest.param("US$ 3.4M", "3400000", id="capital-m"),
    pytest.param("250k", "250000", id="k"),
    pytest.param("1,2 milliard", "1200000000", id="milliard"),
    pytest.param("2 milliards de dollars", "2000000000", id="milliards-de"),
    pytest.param("1,5 millones de dólares", "1500000", id="millones"),
    pytest.param("1,5 milhões", "1500000", id="milhoes"),
    pytest.param("2 mil millones", "2000000000", id="mil-millones"),
    pytest.param("1.5 bn", "1500000000", id="bn"),
    pytest.param("2.5 lakh", "250000", id="lakh"),
    pytest.param("1.5 crore", "15000000", id="crore"),
    pytest.param("1.234 million USD and", None, id="words-behind"),
    pytest.param("1.5E+06", "1500000", id="exponent"),
    pytest.param("1,5e3", "1500", id="exponent-with-comma"),
    pytest.param("25E-2", "0.25", id="negative-exponent"),
    pytest.param("'1234.50", "1234.5", id="apostrophe-of-a-text-cell"),
    pytest.param("1234.5600000000001", "1234.56", id="binary-noise"),
    pytest.param("0.30000000000000004", "0.3", id="binary-noise-below-one"),
    pytest.param("\u200e1234.50\u200f", "1234.5", id="direction-marks"),
    pytest.param("\ufeff1234.50", "1234.5", id="byte-order-mark"),
    pytest.param("  1234.50\t", "1234.5", id="outer-spaces"),
    pytest.param("9999999999999999.99", "9999999999999999.99", id="largest"),
]


@pytest.mark.parametrize(("text", "expected"), CERTAIN)
def test_amount_is_exact_when_its_notation_is_certain(text: str, expected: str | None) -> None:
    typed = type_table({"amount_original": [text]}, AMOUNT)

    assert typed.values == [Decimal(expected) if expected else None], typed.reasons


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("1.234", "amount_ambiguous", id="point-and-three-digits"),
        pytest.param("12,345", "amount_ambiguous", id="comma-and-three-digits"),
        pytest.param("USD 1.234", "amount_ambiguous", id="ambiguous-with-currency"),
        pytest.param("1.234 million", "amount_ambiguous", id="ambiguous-million"),
        pytest.param("12.5%", "amount_percent", id="percent"),
        pytest.param("12,5 ٪", "amount_percent", id="arabic-percent"),
        pytest.param("2 mil", "amount_unit_unclear", id="mil-without-language"),
        pytest.param("1.5 billion", "amount_unit_unclear", id="billion-without-language"),
        pytest.param("about 5", "amount_unreadable", id="words"),
        pytest.param("5 or 6", "amount_unreadable", id="two-numbers"),
        pytest.param("~500", "amount_unreadable", id="tilde"),
        pytest.param("1,234.50*", "amount_unreadable", id="footnote"),
        pytest.param("12,34.5", "amount_unreadable", id="impossible-grouping"),
        pytest.param("1.2.3", "amount_unreadable", id="two-points"),
        pytest.param("1,23,45", "amount_unreadable", id="groups-of-two-only"),
        pytest.param("1,234.567,8", "amount_unreadable", id="signs-in-turn"),
        pytest.param("--5", "amount_unreadable", id="two-minuses"),
        pytest.param("-(5)", "amount_unreadable", id="minus-and-parentheses"),
        pytest.param("(5", "amount_unreadable", id="open-parenthesis"),
        pytest.param("100 CR", "amount_unreadable", id="credit"),
        pytest.param("100 DR", "amount_unreadable", id="debit"),
        pytest.param("US$ 5 EUR", "amount_unreadable", id="two-currencies"),
        pytest.param("0x1F", "amount_unreadable", id="hexadecimal"),
        pytest.param("=SUM(A1:A9)", "amount_unreadable", id="formula"),
        pytest.param("1e99", "amount_unreadable", id="exponent-beyond-all-money"),
        pytest.param("9" * 45, "amount_unreadable", id="45-digits"),
        pytest.param("99999999999999999", "amount_too_large", id="17-digits"),
        pytest.param("#REF!", "spreadsheet_error", id="ref"),
        pytest.param("#DIV/0!", "spreadsheet_error", id="div"),
        pytest.param("#¡VALOR!", "spreadsheet_error", id="valor"),
        pytest.param("#VALEUR!", "spreadsheet_error", id="valeur"),
        pytest.param("#BEZUG!", "spreadsheet_error", id="bezug"),
        pytest.param("Err:502", "spreadsheet_error", id="calc-error"),
        pytest.param("########", "spreadsheet_error", id="column-too-narrow"),
        pytest.param("", "amount_missing", id="empty"),
        pytest.param("n/a", "amount_missing", id="not-available"),
        pytest.param("—", "amount_missing", id="dash"),
        pytest.param("…", "amount_missing", id="ellipsis"),
        pytest.param("néant", "amount_missing", id="neant"),
        pytest.param("s/o", "amount_missing", id="sans-objet"),
        pytest.param("nenhum", "amount_missing", id="nenhum"),
        pytest.param("TBD", "amount_missing", id="to-be-determined"),
        pytest.param("por definir", "amount_missing", id="por-definir"),
    ],
)
def test_amount_waits_in_quarantine_when_it_is_not_certain(text: str, reason: str) -> None:
    typed = type_table({"amount_original": [text]}, "1")

    assert typed.reasons == [[reason]]
