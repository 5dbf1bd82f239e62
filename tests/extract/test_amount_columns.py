"""Amounts: what a whole column decides of its notations, and what nothing decides.

Not here: single notations (test_amounts.py), where the amounts stand in a file (test_layout.py)
and what the lake holds (test_load.py). Tables in memory go through the stages of
a file, with real DuckDB.
"""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extract.typed_table import office, type_table

AMOUNT = "cast(amount_original as decimal(38, 2))"


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        pytest.param(["1.234", "2.000,50"], ["1234", "2000.50"], id="comma-proven-by-another"),
        pytest.param(["1.234", "2,000.50"], ["1.23", "2000.50"], id="point-proven-by-another"),
        pytest.param(["1,234", "0.5"], ["1234", "0.5"], id="point-proven-by-a-fraction"),
        pytest.param(["1.234", "1.234.567"], ["1234", "1234567"], id="proven-by-repeated-groups"),
        pytest.param(["12,345", "1,00,000"], ["12345", "100000"], id="proven-by-indian-groups"),
        pytest.param(["1.234", "5,5 million"], ["1234", "5500000"], id="proven-by-a-million"),
        pytest.param(["1.234", "12'345.50"], ["1.23", "12345.5"], id="proven-by-apostrophe"),
    ],
)
def test_ambiguous_amount_is_read_as_its_column_proves(
    column: list[str], expected: list[str]
) -> None:
    typed = type_table({"amount_original": column}, AMOUNT)

    assert typed.values == [Decimal(value) for value in expected]
    assert typed.conventions.warnings == ()


def test_contradictory_column_reads_proven_values_and_quarantines_the_others() -> None:
    typed = type_table({"amount_original": ["1.234,50", "1,234.50", "1.234", "99"]}, AMOUNT)

    assert typed.values == [Decimal("1234.50"), Decimal("1234.50"), None, Decimal(99)]
    assert typed.reasons == [[], [], ["amount_ambiguous"], []]
    assert "contradict" in typed.conventions.warnings[0]


@pytest.mark.parametrize(
    ("sign", "expected"),
    [pytest.param(".", "1.23", id="point"), pytest.param(",", "1234", id="comma")],
)
def test_ambiguous_column_follows_the_declared_sign_with_a_warning(
    sign: str, expected: str
) -> None:
    typed = type_table({"amount_original": ["1.234"]}, AMOUNT, office(decimal_sign=sign))

    assert typed.values == [Decimal(expected)]
    assert "can be read two ways" in typed.conventions.warnings[0]


def test_proof_wins_over_the_declared_sign_with_a_warning() -> None:
    typed = type_table({"amount_original": ["1.234,50"]}, AMOUNT, office(decimal_sign="."))

    assert typed.values == [Decimal("1234.50")]
    assert "the values prove ','" in typed.conventions.warnings[0]


def test_ambiguous_column_follows_another_column_when_nothing_is_declared() -> None:
    typed = type_table(
        {"amount_original": ["1.234"], "amount_usd_reported": ["1.500,50"]},
        f"{AMOUNT}, amount_usd_reported",
    )

    assert typed.rows[0] == (Decimal(1234), Decimal("1500.50"))
    assert "as the other columns" in typed.conventions.warnings[0]


def test_each_column_has_its_own_sign() -> None:
    typed = type_table(
        {"amount_original": ["1.234,50"], "exchange_rate_reported": ["1,234.5678"]},
        f"{AMOUNT}, cast(exchange_rate_reported as decimal(18, 4))",
    )

    assert typed.rows == [(Decimal("1234.50"), Decimal("1234.5678"))]


def test_machine_number_is_canonical_whatever_the_texts_beside_it_prove() -> None:
    typed = type_table(
        {"amount_original": ["1.234", "1.234", "2.000,50"]},
        AMOUNT,
        machine={"amount_original": [True, False, False]},
    )

    assert typed.values == [Decimal("1.23"), Decimal(1234), Decimal("2000.50")]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param("1.5 billion", "en", "1500000000", id="english-billion"),
        pytest.param("1,5 billion", "fr", "1500000000000", id="french-billion"),
        pytest.param("250 mil", "es", "250000", id="spanish-mil"),
        pytest.param("250 mil", "pt", "250000", id="portuguese-mil"),
    ],
)
def test_word_that_differs_by_language_is_read_in_the_language_of_the_headers(
    text: str, language: str, expected: str
) -> None:
    typed = type_table(
        {"amount_original": [text]},
        AMOUNT,
        columns={"amount_original": {"language": language}},
    )

    assert typed.values == [Decimal(expected)]
    assert typed.warnings == ["amount_unit_word"]


def test_unit_of_the_header_multiplies_every_number_exactly() -> None:
    typed = type_table(
        {"amount_original": ["1.5", "1,234.567", "2"]},
        AMOUNT,
        machine={"amount_original": [False, False, True]},
        columns={"amount_original": {"multiplier": 1000}},
    )

    assert typed.values == [Decimal(1500), Decimal(1234567), Decimal(2000)]
    assert "multiplied by 1000" in typed.conventions.warnings[0]


def test_unit_in_the_cell_and_in_the_header_is_one_too_many() -> None:
    typed = type_table(
        {"amount_original": ["1.5 million"]},
        AMOUNT,
        columns={"amount_original": {"multiplier": 1000}},
    )

    assert typed.reasons == [["amount_unit_unclear"]]


def test_unreadable_reported_dollars_are_left_empty_with_a_warning() -> None:
    typed = type_table({"amount_usd_reported": ["EUR 5"]}, "amount_usd_reported")

    assert typed.values == [None]
    assert typed.warnings == ["number_unreadable"]


GROUPS = {".": [",", "", " ", "\u00a0", "\u202f", "'", "’"], ",": [".", "", " ", "\u202f", "'"]}

STYLES = st.sampled_from(
    [(point, group, minus) for point in GROUPS for group in GROUPS[point] for minus in "-−"]
)

DIGITS = [
    str.maketrans("", ""),
    str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    str.maketrans("0123456789", "０１２３４５６７８９"),
]


def _written(value: Decimal, point: str, group: str, minus: str) -> str:
    text = f"{abs(value):,.2f}".translate(str.maketrans({",": group, ".": point}))
    return f"{minus}{text}" if value < 0 else text


@settings(max_examples=40, deadline=None)
@given(
    values=st.lists(
        st.decimals(-(10**13), 10**13, places=2, allow_nan=False), min_size=1, max_size=20
    ),
    style=STYLES,
    digits=st.sampled_from(DIGITS),
)
def test_column_written_in_any_style_is_read_back_equal(
    values: list[Decimal], style: tuple[str, str, str], digits: dict[int, int]
) -> None:
    texts = [_written(value, *style).translate(digits) for value in values]

    typed = type_table({"amount_original": texts}, AMOUNT)

    assert typed.values == values


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(
        st.text(alphabet="0123456789.,-() '€$kmE%abn\u00a0", max_size=12), min_size=1, max_size=8
    )
)
def test_any_text_is_either_a_number_or_has_a_reason(texts: list[str]) -> None:
    typed = type_table({"amount_original": texts}, "amount_original")

    assert all(
        (value is None) <= bool(reasons)
        for value, reasons in zip(typed.values, typed.reasons, strict=True)
    )
