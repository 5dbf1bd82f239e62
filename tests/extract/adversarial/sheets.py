"""Workbooks: where rows stand in sheets, and what a person sees of them and what not."""

from collections.abc import Callable
from datetime import date
from typing import Any

import xlsxwriter

from tests.extract.adversarial.case import (
    Case,
    Expected,
    clean,
    either,
    flagged,
    loads,
    refused,
    usd,
)
from tests.extract.adversarial.files import record, table, xlsx

AMOUNTS = (1000.5, 250000, 78.25)
TOTAL = usd("251078.75")
ROWS = table(AMOUNTS)
DATED = [ROWS[0], *([*row[:4], date(2006, 3, 10 + n), *row[5:]] for n, row in enumerate(ROWS[1:]))]
READ = loads(TOTAL, 3)
NAME = "approvals.xlsx"


def _case(case_id: str, nasty: str, build: Callable[[], bytes], expected: Expected = READ) -> Case:
    return Case(f"sheet-{case_id}", nasty, build, expected, NAME)


def _sheet(book: xlsxwriter.Workbook, place: int) -> Any:
    return book.worksheets()[place]


def _other(first: int = 4, amount: float = 999) -> list[list[Any]]:
    """Return a header and one row that belongs nowhere."""
    return [ROWS[0], record(first, amount)]


def _hide_first(book: xlsxwriter.Workbook) -> None:
    _sheet(book, 1).activate()
    _sheet(book, 1).set_first_sheet()
    _sheet(book, 0).hide()


def _hide_very(book: xlsxwriter.Workbook) -> None:
    _sheet(book, 1).very_hidden()


def _filter(book: xlsxwriter.Workbook) -> None:
    _sheet(book, 0).autofilter(0, 0, 3, 7)
    _sheet(book, 0).filter_column(2, "x == Sweden")
    _sheet(book, 0).set_row(2, None, None, {"hidden": True})


def _hide_row(book: xlsxwriter.Workbook) -> None:
    _sheet(book, 0).set_row(3, None, None, {"hidden": True})


def _hide_amount(book: xlsxwriter.Workbook) -> None:
    _sheet(book, 0).set_column(6, 6, 10, None, {"hidden": True})


def _merge_donor(book: xlsxwriter.Workbook) -> None:
    _sheet(book, 0).merge_range(1, 2, 3, 2, "Norway")


def _merge_amount(book: xlsxwriter.Workbook) -> None:
    _sheet(book, 0).merge_range(1, 6, 3, 6, 600)


def _merge_title(book: xlsxwriter.Workbook) -> None:
    _sheet(book, 0).merge_range(0, 0, 0, 7, "Approvals of March 2006")


def _merge_group(book: xlsxwriter.Workbook) -> None:
    _sheet(book, 0).merge_range(0, 5, 0, 6, "Approved")


def _far_format(book: xlsxwriter.Workbook) -> None:
    _sheet(book, 0).write_blank(1048575, 200, None, book.add_format({"bold": True}))


def _many_formats(book: xlsxwriter.Workbook) -> None:
    red = book.add_format({"bg_color": "red"})
    for row in range(4, 5000):
        _sheet(book, 0).write_blank(row, 0, None, red)


def _chart(book: xlsxwriter.Workbook) -> None:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Sheet1!$G$2:$G$4"})
    book.add_chartsheet("Chart").set_chart(chart)


def _rename(*names: str) -> Callable[[xlsxwriter.Workbook], None]:
    def change(book: xlsxwriter.Workbook) -> None:
        for sheet, name in zip(book.worksheets(), names, strict=True):
            sheet.name = name

    return change


def _sum_row(book: xlsxwriter.Workbook) -> None:
    _sheet(book, 0).write(4, 0, "Total")
    _sheet(book, 0).write_formula(4, 6, "=SUM(G2:G4)", None, 251078.75)


def _formulas(book: xlsxwriter.Workbook) -> None:
    for place, amount in enumerate(AMOUNTS, start=1):
        _sheet(book, 0).write_formula(place, 6, f"=500*{place}", None, amount)


MONTHS = [[ROWS[0], record(n, n * 10)] for n in (1, 2, 3)]
DONOR_SUMMARY = [["Donor", "Amount"], ["Sweden", 1000.5], ["Japan", 250000], ["Total", 251078.75]]
SIDE = [[*(row[place] for place in (2, 4, 5, 6)), None] for row in ROWS]

CASES = [
    _case("plain", "nothing", xlsx(DATED), clean(TOTAL, 3, approval_date=(
        "2006-03-10", "2006-03-11", "2006-03-12"))),
    _case("hidden-first", "an old list on a hidden first sheet",
          xlsx(_other(), ROWS, change=_hide_first)),
    _case("very-hidden", "a list on a sheet that only a macro can show",
          xlsx(ROWS, _other(), change=_hide_very)),
    _case("only-hidden", "the only list is on a hidden sheet, a cover sheet before it",
          xlsx([["Cover page"]], ROWS, change=_hide_very), either(TOTAL)),
    _case("filtered-row", "a filter hides a row: the list still holds it",
          xlsx(ROWS, change=_filter), flagged(TOTAL, usd("1078.75"))),
    _case("hidden-row", "a row hidden by hand", xlsx(ROWS, change=_hide_row),
          flagged(TOTAL, usd("251000.50"))),
    _case("hidden-column", "the column of amounts is hidden", xlsx(ROWS, change=_hide_amount),
          either(TOTAL)),
    _case("months", "a sheet for each month", xlsx(*MONTHS), loads(usd("60.00"), 3)),
    _case("months-other-order", "the second sheet has its columns in another order",
          xlsx(MONTHS[0], [list(reversed(row)) for row in MONTHS[1]]), loads(usd("30.00"), 2)),
    _case("months-no-header-again", "the second sheet goes on without a header",
          xlsx(MONTHS[0], [record(2, 20), record(3, 30)]),
          flagged(usd("60.00"), usd("10.00"), refusal=True)),
    _case("notes-first", "a sheet of notes before the list",
          xlsx([["Read me"], ["Version", 3], ["Contact", "hanoi@example.org"]], ROWS)),
    _case("blank-first", "a blank sheet before the list", xlsx([], ROWS)),
    _case("summary-by-donor", "a sheet with sums by donor before the list",
          xlsx(DONOR_SUMMARY, ROWS), loads(TOTAL, 3)),
    _case("copy-of-the-list", "the same list twice, on 'Sheet1' and 'Sheet1 (2)'",
          xlsx(ROWS, ROWS, change=_rename("Approvals", "Approvals (2)")),
          flagged(TOTAL, usd("502157.50"))),
    _case("all-and-by-donor", "all approvals on the first sheet, and again by donor on others",
          xlsx(ROWS, [ROWS[0], ROWS[1]], [ROWS[0], ROWS[2]], [ROWS[0], ROWS[3]],
               change=_rename("All", "Sweden", "Japan", "Spain")),
          flagged(TOTAL, usd("502157.50"))),
    _case("chart", "a sheet that is a chart", xlsx(ROWS, change=_chart)),
    _case("names-that-harm", "names of sheets with quotes and braces",
          xlsx(MONTHS[0], MONTHS[1], change=_rename("'; drop--", "{{ 7*7 }} €%&")),
          loads(usd("30.00"), 2)),
    _case("merged-title", "a merged title", xlsx([[], [], *DATED], change=_merge_title)),
    _case("merged-group", "Approved over Currency and Amount",
          xlsx([[], *ROWS], change=_merge_group)),
    _case("merged-donor", "one donor merged over three rows", xlsx(ROWS, change=_merge_donor),
          loads(TOTAL, 3, donor_name=("Norway",) * 3)),
    _case("merged-amount", "one amount merged over three rows counts once",
          xlsx(table((1, None, None)), change=_merge_amount), flagged(usd("600.00"))),
    _case("merged-amount-over-others", "a merge covers two amounts, which nobody sees",
          xlsx(ROWS, change=_merge_amount), flagged(usd("600.00"), usd("250678.25"))),
    _case("sum-formula", "a total that is a formula", xlsx(ROWS, change=_sum_row)),
    _case("formulas", "amounts that are formulas with their values kept",
          xlsx(ROWS, change=_formulas)),
    _case("far-format", "a format in the last row of the grid", xlsx(ROWS, change=_far_format)),
    _case("many-formats", "five thousand coloured blank rows", xlsx(ROWS, change=_many_formats)),
    _case("offset", "the list begins in column F, row 20",
          xlsx([*[[]] * 19, *([None] * 5 + row for row in ROWS)])),
    _case("side-by-side", "two lists beside each other",
          xlsx([[*left, *right] for left, right in zip(SIDE, [SIDE[0], SIDE[3], [], []],
                                                       strict=True)]),
          loads(usd("251157.00"), 4)),
    _case("stacked", "two lists one below the other",
          xlsx([*ROWS, [], ["Central"], *_other(5, 10)]), loads(usd("251088.75"), 4)),
    _case("empty", "no cell in any sheet", xlsx([], []), refused()),
    _case("header-only", "a header and no row", xlsx([ROWS[0]]), either({})),
    _case("unit-in-merged-title", "the merged title says US$ thousands",
          xlsx([[None], [], ["Project Code", "Donor", "Approval Date", "Amount"],
                ["P1", "Norway", date(2006, 3, 11), 1.5]],
               change=lambda book: _sheet(book, 0).merge_range(
                   0, 0, 0, 3, "All amounts in thousands of US dollars")),
          flagged(usd("1500.00"))),
    _case("cross-table", "years across",
          xlsx([["Donor", 2004, 2005, 2006], ["Norway", 10, 20, 30], ["Spain", 1, 2, 3]]),
          refused()),
    _case("on-its-side", "fields down the first column",
          xlsx([list(column) for column in zip(*ROWS, strict=True)]), either(TOTAL)),
]  # fmt: skip
