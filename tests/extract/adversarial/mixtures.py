"""Text exports in which two faults meet: units, tables, totals and dates that contradict.

Each looks ordinary to the office that sent it, and has one reading that gives a wrong total.
"""

from typing import Any

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
from tests.extract.adversarial.files import HEADER, PLAIN, PLAIN_TOTAL, csv, lines, record, table

ROWS = table(PLAIN)
READ = loads(usd(PLAIN_TOTAL), 3)
WITHOUT_CURRENCY = [place for place, name in enumerate(HEADER) if name != "Currency"]


def _case(
    case_id: str, nasty: str, content: bytes | list[list[Any]], expected: Expected = READ
) -> Case:
    raw = content if isinstance(content, bytes) else csv(content, delimiter=";")
    return Case(f"mixture-{case_id}", nasty, raw, expected)


def _headed(amount: str, *rows: list[Any]) -> list[list[Any]]:
    """Return rows without a currency column below a header that names the amount so."""
    header = [amount if name == "Amount" else name for name in HEADER]
    return [[row[place] for place in WITHOUT_CURRENCY] for row in (header, *rows)]


def _row(first: str, donor: str, amount: str, day: str = "", currency: str = "") -> list[Any]:
    return [first, "", donor, "", day, currency, amount, ""]


def _titled(lines_above: list[str], rows: list[list[Any]]) -> list[list[Any]]:
    return [*([line] for line in lines_above), [], *rows]


ONE, TWO = record(1, "10.00"), record(2, "20.00")
SWAPPED = [HEADER[place] for place in (6, 5, 4, 3, 2, 1, 0, 7)]
CONTRARY = [record(n, str(n * 10))[::-1] for n in (4, 5)]

CASES = [
    _case("tables-of-two-units", "US$ above, US$ thousands below, each said in its header",
          [*_headed("Amount (US$)", ONE), [], *_headed("Amount (US$ thousands)", TWO)],
          loads(usd("20010.00"), 2)),
    _case("tables-of-two-currencies", "euros above, yen below, each said in its header",
          [*_headed("Amount (EUR)", ONE), [], *_headed("Amount (JPY)", TWO)],
          loads({"EUR": "10.00", "JPY": "20.00"}, 2)),
    _case("tables-of-two-unit-lines", "one header twice, each below a line with another unit",
          [["Table 1: in thousands of US dollars"], *_headed("Amount", ONE), [],
           ["Table 2: in millions of euros"], *_headed("Amount", TWO)],
          flagged({"USD": "10000.00", "EUR": "20000000.00"})),
    _case("unit-line-before-the-second-table", "All figures in thousands, said between two tables",
          [*ROWS, [], ["All figures in thousands of US dollars"], list(HEADER), TWO],
          refused("units_compete")),
    _case("two-lines-of-one-unit", "one line says US dollars, the next says thousands",
          _titled(["All amounts in US dollars", "Figures in thousands"], _headed("Amount", ONE)),
          loads(usd("10000.00"), 1)),
    _case("lines-that-contradict", "one line says thousands, the next says millions",
          _titled(["Figures in thousands", "Figures in millions"], ROWS),
          refused("units_compete")),
    _case("line-against-header", "the line says euros, the header US$",
          _titled(["All amounts in euros"], _headed("Amount (US$)", ONE)),
          flagged(usd("10.00"))),
    _case("line-against-column", "the line says thousands of euros, the column of currencies US$",
          _titled(["All figures in thousands of euros"], [list(HEADER), ONE]),
          flagged(usd("10.00"), usd("10000.00"))),
    _case("thousand-in-one-cell", "250 thousand in one cell, plain amounts in the others",
          [list(HEADER), record(1, "10.00"), record(2, "250 thousand"), record(3, "20.00")],
          either(usd("250030.00"), usd("30.00"), refusal=False)),
    _case("unless-stated-otherwise", "in thousands of US dollars unless otherwise stated",
          _titled(["In thousands of US dollars unless otherwise stated"], ROWS),
          flagged(usd(PLAIN_TOTAL), usd("251078750.00"))),
    _case("thousands-and-doubtful-groups", "1,250 below a header that says US$ thousands",
          csv(_headed("Amount (US$ thousands)", record(1, "1,250"), record(2, "3,500")),
              delimiter="\t"),
          flagged(usd("4750000.00"), usd("4750.00"))),
    _case("header-in-another-order-below", "two exports one behind the other, columns reversed",
          [list(HEADER), ONE, list(HEADER)[::-1], *CONTRARY], loads(usd("100.00"), 3)),
    _case("delimiter-changes", "a second export behind the first, with semicolons",
          (lines([list(HEADER), ONE, TWO, record(3, "30.00")])
           + lines([list(HEADER), record(4, "40.00")], delimiter=";")).encode(),
          flagged(usd("60.00"), usd("100.00"))),
    _case("pages", "header, page number and form feed on each page",
          b"Page 1 of 2\n" + csv([list(HEADER), ONE]) + b"\x0cPage 2 of 2\n"
          + csv([list(HEADER), TWO]), loads(usd("30.00"), 2)),
    _case("pages-with-carried-sums", "each page ends in its sum and begins with the one before",
          [list(HEADER), ONE, _row("Page total", "", "10.00"), list(HEADER),
           _row("Brought forward", "", "10.00"), TWO, _row("Page total", "", "20.00"),
           _row("Cumulative total", "", "30.00")], loads(usd("30.00"), 2)),
    _case("sum-called-all-donors", "the last row is complete, is called All donors, and is the sum",
          [*ROWS, ["ALL", "All projects", "All donors", "All countries", "2006-12-31", "USD",
                   PLAIN_TOTAL, "Local"]],
          flagged(usd(PLAIN_TOTAL), usd("502157.50"))),
    _case("sum-of-a-complete-row", "the last row is complete and is the sum, without a word",
          [*ROWS, ["RAS/06/00/X", "Viet Nam", "Various", "Viet Nam", "2006-12-31", "USD",
                   PLAIN_TOTAL, "Local"]],
          flagged(usd(PLAIN_TOTAL), usd("502157.50"))),
    _case("sum-in-the-middle", "subtotals by country, complete rows, in the middle",
          [list(HEADER), ONE, TWO,
           ["Total Viet Nam", "", "All", "Viet Nam", "2006-03-31", "USD", "30.00", ""],
           record(3, "5.00")], loads(usd("35.00"), 3)),
    *(
        _case(f"sum-in-{language}", f"the last row is called {word!r}",
              [*ROWS, _row(word, "", PLAIN_TOTAL, "2006-12-31", "USD")],
              loads(usd(PLAIN_TOTAL), 3))
        for language, word in (
            ("russian", "Итого"), ("arabic", "المجموع"), ("chinese", "合计"), ("dutch", "Totaal"),
            ("french-ensemble", "Ensemble"), ("french-amount", "Montant total"),
            ("spanish-amount", "Importe total"), ("portuguese-partial", "Total parcial"),
            ("spanish-general", "TOTAL GENERAL US$"),
        )
    ),
    _case("count-row", "a last row counts the projects in the column of amounts",
          [*ROWS, _row("Number of projects", "", "3")], loads(usd(PLAIN_TOTAL), 3)),
    _case("average-row", "a last row gives the average, with its currency",
          [*ROWS, _row("Average", "", "83692.92", "", "USD")], loads(usd(PLAIN_TOTAL), 3)),
    _case("cumulative-column-first", "a cumulative amount stands before the amount",
          [["Cumulative amount", *HEADER], ["10.00", *ONE], ["30.00", *TWO]],
          loads(usd("30.00"), 2)),
    _case("original-and-revised", "amount approved (original) and amount approved (revised)",
          [[*HEADER[:6], "Amount approved (original)", "Amount approved (revised)"],
           [*ONE[:6], "10.00", "12.00"], [*TWO[:6], "20.00", "25.00"]],
          flagged(usd("30.00"), usd("37.00"))),
    _case("percent-called-amount", "Amount (%) before Amount (US$)",
          [["Amount (%)", *_headed("Amount (US$)")[0]],
           ["33.3", *_headed("", ONE)[1]], ["66.7", *_headed("", TWO)[1]]],
          either(usd("30.00"))),
    _case("percent-alone", "Amount (% of total) is the only amount",
          _headed("Amount (% of total)", ONE, TWO), refused()),
    _case("local-currency-beside", "amount in local currency, that currency, and US$",
          [[*HEADER[:5], "Local currency", "Amount in local currency", "Amount in US$"],
           [*ONE[:5], "KES", "700.00", "10.00"], [*TWO[:5], "TZS", "24000.00", "20.00"]],
          either({"KES": "700.00", "TZS": "24000.00"}, usd("30.00"))),
    _case("buddhist-two-digits", "15/03/49 in Bangkok is 2006, and nowhere 2049",
          table(("10.00", "20.00"), day="15/03/49"), flagged(usd("30.00"))),
    _case("japanese-era", "平成18年3月15日 is 2006-03-15",
          table(("10.00",), day="平成18年3月15日"), flagged(usd("10.00"))),
    _case("serials-of-two-epochs", "37329 is 2006 by the 1904 epoch and 2002 by the other",
          [list(HEADER), record(1, "10.00", day="37329"), record(2, "20.00", day="15/03/2006")],
          flagged(usd("20.00"), usd("30.00"))),
    _case("day-first-and-iso", "13/02/2006 beside 2006-02-03: ISO proves nothing for 03/02/2006",
          [list(HEADER), record(1, "10.00", day="13/02/2006"),
           record(2, "20.00", day="2006-02-03"), record(3, "30.00", day="03/02/2006")],
          loads(usd("60.00"), 3, approval_date=("2006-02-13", "2006-02-03", "2006-02-03"))),
    _case("comma-proven-by-cents", "5,5 and 1,234: the comma is decimal, so 1,234 has three",
          csv(table(("5,5", "1,234", "700")), delimiter=";"),
          flagged(usd("705.50"), usd("706.73"), usd("1939.50"))),
    _case("groups-and-a-short-decimal", "1.234.567 and 1.5 in one column",
          table(("1.234.567", "1.5")), flagged(usd("1234567.00"), usd("1234568.50"), usd("1.50"))),
    _case("angle-brackets", "a negative in angle brackets, as accountants write it",
          table(("<1,234.50>", "5.00")), flagged(usd("5.00"), usd("-1229.50"), refusal=False)),
    _case("formula-text", "a total that is the text of a formula",
          [*ROWS, _row("", "", "=SUM(G2:G4)")], loads(usd(PLAIN_TOTAL), 3)),
    _case("cancelled-in-amount", "the word cancelled in the cell of an amount",
          table(("10.00", "cancelled")), flagged(usd("10.00"), refusal=False)),
    _case("all-apostrophes", "every amount with the apostrophe that Excel hides",
          table(("'1000.50", "'250000.00", "'78.25")),
          either(usd(PLAIN_TOTAL), refusal=True)),
    _case("utf16-carons", "UTF-16 without a mark, full of letters whose byte is a line end",
          csv(table(PLAIN, title="Češka čebela"), "utf-16-le"),
          clean(usd(PLAIN_TOTAL), 3, project_title=("Češka čebela",) * 3)),
    _case("markup-in-the-first-cell", "the first cell of each row is a link",
          csv([[f'<a href="/p/{n}">{row[0]}</a>' if n else row[0], *row[1:]]
               for n, row in enumerate(ROWS)])),
    _case("header-of-markup", "the first header is bold by markup",
          csv([["<b>Project Code</b>", *HEADER[1:]], *ROWS[1:]])),
]  # fmt: skip
