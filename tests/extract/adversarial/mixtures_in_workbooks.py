"""Workbooks that show a person another amount, list or total than their cells say."""

from collections.abc import Callable
from datetime import date
from typing import Any

import xlsxwriter

from tests.extract.adversarial.case import Case, Expected, either, flagged, loads, refused, usd
from tests.extract.adversarial.files import HEADER, record, xlsx

AMOUNTS = (1000.5, 250000, 78.25)
TOTAL = usd("251078.75")
DATED = [
    list(HEADER),
    *(record(n, amount, day=date(2006, 3, 10 + n)) for n, amount in enumerate(AMOUNTS, start=1)),
]
NO_CURRENCY = [[cell for place, cell in enumerate(row) if place != 5] for row in DATED]
Change = Callable[[xlsxwriter.Workbook], None]


def _case(case_id: str, nasty: str, build: Callable[[], bytes], expected: Expected) -> Case:
    return Case(f"mixed-book-{case_id}", nasty, build, expected, "approvals.xlsx")


def _shown(place: int, *formats: str) -> Change:
    """Return a change that writes the amounts again with a number format each."""

    def change(book: xlsxwriter.Workbook) -> None:
        sheet = book.worksheets()[0]
        for row, (amount, text) in enumerate(zip(AMOUNTS, formats, strict=True), start=1):
            sheet.write_number(row, place, amount, book.add_format({"num_format": text}))

    return change


def _named(*names: str, active: int = 0) -> Change:
    def change(book: xlsxwriter.Workbook) -> None:
        for sheet, name in zip(book.worksheets(), names, strict=True):
            sheet.name = name
        book.worksheets()[active].activate()

    return change


def _merged_pair(book: xlsxwriter.Workbook) -> None:
    book.worksheets()[0].merge_range(2, 5, 2, 6, 250000)


def _header(amount: str, rows: list[list[Any]]) -> list[list[Any]]:
    return [[amount if cell == "Amount" else cell for cell in rows[0]], *rows[1:]]


def _beside(left: list[list[Any]], right: list[list[Any]]) -> list[list[Any]]:
    return [[*one, None, *two] for one, two in zip(left, right, strict=True)]


SUM = ["ALL", "All projects", "All donors", "All", date(2006, 12, 31), "USD", 251078.75, "Local"]
CASES = [
    _case("million-in-the-format", "the format writes million behind 78.25",
          xlsx(DATED, change=_shown(6, "0.00", "0.00", '0.00" million"')),
          flagged(usd("78501000.50"), usd("251000.50"))),
    _case("thousand-in-the-format", "the format writes (000) behind each amount",
          xlsx(DATED, change=_shown(6, *['#,##0.00" (000)"'] * 3)),
          flagged(usd("251078750.00"), {})),
    _case("format-against-column", "the format shows €, the column of currencies says US$",
          xlsx(DATED, change=_shown(6, *['[$€-407] #,##0.00'] * 3)), flagged(TOTAL, {})),
    _case("a-currency-for-each-format", "the formats show $, € and £; no column of currencies",
          xlsx(NO_CURRENCY, change=_shown(5, '[$USD] 0.00', '[$€-407] 0.00', '[$£-809]0.00')),
          flagged({"USD": "1000.50", "EUR": "250000.00", "GBP": "78.25"},
                  {"EUR": "250000.00", "GBP": "78.25"}, refusal=True)),
    _case("top-projects-first", "a sheet with the largest two of the list before the list",
          xlsx([DATED[0], DATED[2], DATED[1]], DATED, change=_named("Top projects", "All")),
          flagged(TOTAL, usd("502079.25"))),
    _case("sheets-of-two-currencies", "2005 in euros, 2006 in US$, said in a line above each",
          xlsx([["All amounts in EUR"], [], *NO_CURRENCY[:2]],
               [["All amounts in US dollars"], [], *NO_CURRENCY[:1], *NO_CURRENCY[2:]],
               change=_named("2005", "2006")),
          loads({"EUR": "1000.50", "USD": "250078.25"}, 3)),
    _case("sheets-of-two-units", "one sheet in units, the other in thousands, said in the headers",
          xlsx(_header("Amount (US$)", NO_CURRENCY[:2]),
               _header("Amount (US$ thousands)", [NO_CURRENCY[0], NO_CURRENCY[3]])),
          loads(usd("79250.50"), 2)),
    _case("side-by-side-units", "two lists beside each other, in US$ and in thousands",
          xlsx(_beside(_header("Amount (US$)", NO_CURRENCY[:2]),
                       _header("Amount (US$ thousands)", [NO_CURRENCY[0], NO_CURRENCY[3]]))),
          loads(usd("79250.50"), 2)),
    _case("currency-merged-with-amount", "a merge over currency and amount",
          xlsx(DATED, change=_merged_pair), flagged(usd("1078.75"))),
    _case("sum-row-complete", "a complete last row is the sum, called All donors",
          xlsx([*DATED, SUM]), flagged(TOTAL, usd("502157.50"))),
    _case("sum-row-first-complete", "a complete first row is the sum of those below",
          xlsx([DATED[0], SUM, *DATED[1:]]), flagged(TOTAL, usd("502157.50"))),
    _case("pivot-after-the-list", "a sheet that sums the list by donor and has a grand total",
          xlsx(DATED, [["Row Labels", "Sum of Amount"], ["Sweden", 1000.5], ["Japan", 250000],
                       ["Grand Total", 251000.5]]), either(TOTAL)),
    _case("amounts-as-dates", "amounts that someone has formatted as dates",
          xlsx(DATED, change=_shown(6, "yyyy-mm-dd", "yyyy-mm-dd", "0.00")),
          flagged(usd("78.25"), TOTAL)),
    _case("text-percent", "the column Amount holds shares shown in percent",
          xlsx(DATED, change=_shown(6, "0 %", "0 %", "0 %")), flagged(TOTAL, {})),
    _case("two-amount-headers", "approved in US$ over local currency and US$, by merged groups",
          xlsx([[*[None] * 5, "Approved", None, None], [*HEADER[:5], "KES", "US$", HEADER[7]],
                *([*row[:5], row[6] * 70, row[6], row[7]] for row in DATED[1:])]),
          either(TOTAL, {"KES": "17575512.50"})),
    _case("notes-instead-of-amounts", "the amounts stand in comments, the cells say see note",
          xlsx([DATED[0], *([*row[:6], "see note", row[7]] for row in DATED[1:])]), refused()),
]  # fmt: skip
