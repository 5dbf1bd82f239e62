"""Dates: every order and notation, decided for the column, refused where nothing decides.

Not here: the date of the export itself (test_load.py). Tables in memory go through the stages of
a file, with real DuckDB.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extract.typed_table import office, type_table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2006-03-15", date(2006, 3, 15), id="iso"),
        pytest.param("2006/03/15", date(2006, 3, 15), id="year-first-slashes"),
        pytest.param("2006.3.15", date(2006, 3, 15), id="year-first-points"),
        pytest.param("20060315", date(2006, 3, 15), id="compact"),
        pytest.param("15/03/2006", date(2006, 3, 15), id="day-first"),
        pytest.param("03/15/2006", date(2006, 3, 15), id="month-first"),
        pytest.param("15.03.2006", date(2006, 3, 15), id="points"),
        pytest.param("15-03-2006", date(2006, 3, 15), id="dashes"),
        pytest.param("15 03 2006", date(2006, 3, 15), id="spaces"),
        pytest.param("15 / 03 / 2006", date(2006, 3, 15), id="spaced-slashes"),
        pytest.param("15.03.2006.", date(2006, 3, 15), id="point-behind"),
        pytest.param("5/5/2006", date(2006, 5, 5), id="same-both-ways"),
        pytest.param("15/03/2006 00:00", date(2006, 3, 15), id="with-time"),
        pytest.param("3/15/2006 12:00:00 AM", date(2006, 3, 15), id="american-time"),
        pytest.param("2006-03-15T10:30:00Z", date(2006, 3, 15), id="iso-utc"),
        pytest.param("2006-03-15T23:30:00+07:00", date(2006, 3, 15), id="iso-zone"),
        pytest.param("2006-03-15 10:30:00.123", date(2006, 3, 15), id="iso-fraction"),
        pytest.param("15 March 2006", date(2006, 3, 15), id="english"),
        pytest.param("March 15, 2006", date(2006, 3, 15), id="english-month-first"),
        pytest.param("15th of March, 2006", date(2006, 3, 15), id="english-ordinal"),
        pytest.param("Wednesday, 15 March 2006", date(2006, 3, 15), id="day-of-the-week"),
        pytest.param("15-Mar-2006", date(2006, 3, 15), id="abbreviated"),
        pytest.param("2006 Mar 15", date(2006, 3, 15), id="year-first-word"),
        pytest.param("15 MARS 2006", date(2006, 3, 15), id="french-capitals"),
        pytest.param("1er avril 2006", date(2006, 4, 1), id="french-first"),
        pytest.param("le 15 août 2006", date(2006, 8, 15), id="french-article"),
        pytest.param("15 févr. 2006", date(2006, 2, 15), id="french-abbreviated"),
        pytest.param("15 de marzo de 2006", date(2006, 3, 15), id="spanish"),
        pytest.param("15 de marzo del 2006", date(2006, 3, 15), id="spanish-del"),
        pytest.param("15 ene. 2006", date(2006, 1, 15), id="spanish-abbreviated"),
        pytest.param("7 de março de 2006", date(2006, 3, 7), id="portuguese"),
        pytest.param("7/dez/2006", date(2006, 12, 7), id="portuguese-abbreviated"),
        pytest.param("١٥/٠٣/٢٠٠٦", date(2006, 3, 15), id="arabic-indic"),
        pytest.param("15\u00a0mars\u00a02006", date(2006, 3, 15), id="no-break-spaces"),
        pytest.param("'15/03/2006", date(2006, 3, 15), id="apostrophe-of-a-text-cell"),
    ],
)
def test_date_is_read_when_it_is_certain(text: str, expected: date) -> None:
    typed = type_table({"approval_date": [text]}, "approval_date")

    assert typed.values == [expected], typed.reasons
    assert typed.warnings == [None]


@pytest.mark.parametrize(
    ("text", "expected", "warning"),
    [
        pytest.param("15-03-06", date(2006, 3, 15), "date_two_digit_year", id="two-digit-year"),
        pytest.param("15-Mar-99", date(1999, 3, 15), "date_two_digit_year", id="of-the-1900s"),
        pytest.param("99-03-15", date(1999, 3, 15), "date_two_digit_year", id="year-in-front"),
        pytest.param("March 2006", date(2006, 3, 1), "date_month_only", id="month-and-year"),
        pytest.param("mars 2006", date(2006, 3, 1), "date_month_only", id="french-month"),
        pytest.param("03/2006", date(2006, 3, 1), "date_month_only", id="month-number"),
        pytest.param("2006", date(2006, 1, 1), "date_year_only", id="year-alone"),
        pytest.param("2006-03", date(2006, 3, 1), "date_month_only", id="iso-month"),
        pytest.param("38791", date(2006, 3, 15), "date_from_serial", id="serial"),
        pytest.param("38791.75", date(2006, 3, 15), "date_from_serial", id="serial-with-time"),
    ],
)
def test_date_is_loaded_with_a_warning_when_it_needed_a_rule(
    text: str, expected: date, warning: str
) -> None:
    typed = type_table({"approval_date": [text]}, "approval_date")

    assert (typed.values, typed.warnings) == ([expected], [warning])


@pytest.mark.parametrize("is_machine", [True, False], ids=["typed-number", "text"])
def test_serial_counts_from_the_epoch_of_the_workbook(is_machine: bool) -> None:
    typed = type_table(
        {"approval_date": ["37329"]},
        "approval_date",
        machine={"approval_date": [is_machine]},
        epoch=1904,
    )

    assert typed.values == [date(2006, 3, 15)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("05/04/2006", "approval_date_ambiguous", id="day-or-month"),
        pytest.param("05/04/06", "approval_date_ambiguous", id="day-or-month-short"),
        pytest.param("30/02/2006", "approval_date_unreadable", id="30-february"),
        pytest.param("29/02/2006", "approval_date_unreadable", id="no-leap-year"),
        pytest.param("31/04/2006", "approval_date_unreadable", id="31-april"),
        pytest.param("2006-13-01", "approval_date_unreadable", id="month-13"),
        pytest.param("13/13/2006", "approval_date_unreadable", id="month-13-both-ways"),
        pytest.param("Q1 2006", "approval_date_unreadable", id="quarter"),
        pytest.param("spring 2006", "approval_date_unreadable", id="season"),
        pytest.param("15 March or 16 March 2006", "approval_date_unreadable", id="two-dates"),
        pytest.param("15 xyz 2006", "approval_date_unreadable", id="unknown-word"),
        pytest.param("123456", "approval_date_unreadable", id="number-that-is-no-serial"),
        pytest.param("12345", "approval_date_unreadable", id="serial-of-1933"),
        pytest.param("15/03/2549", "approval_date_buddhist_era", id="buddhist-day-first"),
        pytest.param("2549-03-15", "approval_date_buddhist_era", id="buddhist-iso"),
        pytest.param("15 March 2549", "approval_date_buddhist_era", id="buddhist-in-words"),
        pytest.param("15/03/1849", "approval_date_out_of_range", id="too-early"),
        pytest.param("15/03/2206", "approval_date_out_of_range", id="too-late"),
        pytest.param("#VALUE!", "spreadsheet_error", id="error"),
        pytest.param("#####", "spreadsheet_error", id="column-too-narrow"),
        pytest.param("", "approval_date_missing", id="empty"),
        pytest.param("n/a", "approval_date_missing", id="null-token"),
        pytest.param("tbd", "approval_date_missing", id="to-be-determined"),
        pytest.param("0", "approval_date_missing", id="zero"),
        pytest.param("00/00/0000", "approval_date_missing", id="zeros"),
        pytest.param("1900-01-00", "approval_date_missing", id="excel-zero"),
        pytest.param("00/01/1900", "approval_date_missing", id="excel-zero-day-first"),
        pytest.param("1899-12-30", "approval_date_missing", id="excel-zero-read-by-others"),
    ],
)
def test_date_waits_in_quarantine_when_it_is_not_certain(text: str, reason: str) -> None:
    typed = type_table({"approval_date": [text]}, "1")

    assert typed.reasons == [[reason]]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        pytest.param(["05/04/2006", "15/03/2006"], date(2006, 4, 5), id="day-first"),
        pytest.param(["05/04/2006", "03/15/2006"], date(2006, 5, 4), id="month-first"),
        pytest.param(["05/04/06", "03/15/06"], date(2006, 5, 4), id="two-digit-years"),
        pytest.param(["06-04-05", "99-03-15"], date(2006, 4, 5), id="year-in-front"),
    ],
)
def test_ambiguous_date_is_read_as_its_column_proves(column: list[str], expected: date) -> None:
    typed = type_table({"approval_date": column}, "approval_date")

    assert typed.values[0] == expected
    assert typed.conventions.warnings == ()


def test_contradictory_column_reads_proven_dates_and_quarantines_the_others() -> None:
    typed = type_table(
        {"approval_date": ["13/02/2006", "02/13/2006", "05/04/2006"]}, "approval_date"
    )

    assert typed.values == [date(2006, 2, 13), date(2006, 2, 13), None]
    assert typed.reasons == [[], [], ["approval_date_ambiguous"]]
    assert "contradict" in typed.conventions.warnings[0]


@pytest.mark.parametrize(
    ("order", "text", "expected"),
    [
        pytest.param("dmy", "05/04/2006", date(2006, 4, 5), id="day-first"),
        pytest.param("mdy", "05/04/2006", date(2006, 5, 4), id="month-first"),
        pytest.param("ymd", "06-04-05", date(2006, 4, 5), id="year-first"),
    ],
)
def test_ambiguous_column_follows_the_declared_order_with_a_warning(
    order: str, text: str, expected: date
) -> None:
    typed = type_table({"approval_date": [text]}, "approval_date", office(date_order=order))

    assert typed.values == [expected]
    assert "can be read two ways" in typed.conventions.warnings[0]


def test_proof_wins_over_the_declared_order_with_a_warning() -> None:
    typed = type_table(
        {"approval_date": ["03/15/2006", "05/04/2006"]}, "approval_date", office(date_order="dmy")
    )

    assert typed.values == [date(2006, 3, 15), date(2006, 5, 4)]
    assert "the values prove 'mdy'" in typed.conventions.warnings[0]


def test_ambiguous_column_follows_another_date_column_when_nothing_is_declared() -> None:
    typed = type_table(
        {"approval_date": ["05/04/2006"], "start_date": ["04/25/2006"]}, "approval_date, start_date"
    )

    assert typed.rows == [(date(2006, 5, 4), date(2006, 4, 25))]
    assert "as the other dates are" in typed.conventions.warnings[0]


def test_ambiguous_column_follows_the_language_of_the_headers_when_nothing_else_decides() -> None:
    headers = {"approval_date": {"language": "fr"}, "donor_name": {"language": "fr"}}

    typed = type_table({"approval_date": ["05/04/2006"]}, "approval_date", columns=headers)

    assert typed.values == [date(2006, 4, 5)]
    assert "language of the headers" in typed.conventions.warnings[0]


def test_english_headers_do_not_decide_between_day_and_month() -> None:
    headers = {"approval_date": {"language": "en"}}

    typed = type_table({"approval_date": ["05/04/2006"]}, "approval_date", columns=headers)

    assert typed.reasons == [["approval_date_ambiguous"]]


def test_optional_date_that_cannot_be_read_is_left_empty_with_a_warning() -> None:
    typed = type_table({"start_date": ["31/02/2006"]}, "start_date")

    assert (typed.values, typed.reasons) == ([None], [[]])
    assert typed.warnings == ["date_unreadable"]


def test_end_before_start_is_noticed() -> None:
    typed = type_table({"start_date": ["2006-03-15"], "end_date": ["2006-03-14"]}, "1")

    assert typed.warnings == ["end_before_start"]


FORMATS = ["%d/%m/%Y", "%d.%m.%Y", "%m/%d/%Y", "%Y-%m-%d", "%d-%b-%Y", "%d %B %Y", "%Y%m%d"]


@settings(max_examples=40, deadline=None)
@given(
    days=st.lists(st.dates(date(1990, 1, 1), date(2039, 12, 31)), min_size=1, max_size=20),
    written=st.sampled_from(FORMATS),
)
def test_column_written_in_any_format_is_read_back_equal(days: list[date], written: str) -> None:
    proof = date(2006, 3, 15) + timedelta(days=len(days) % 10)
    texts = [day.strftime(written) for day in [*days, proof]]

    typed = type_table({"approval_date": texts}, "approval_date")

    assert typed.values == [*days, proof]
