"""Units and currencies that are said where no reader looks, in words that few readers know.

The header may name two currencies, a remark may say thousands, a line in the middle euros.
"""

from datetime import date
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
from tests.extract.adversarial.files import HEADER, PLAIN, PLAIN_TOTAL, csv, record, table, xlsx

ROWS = table(PLAIN)
ONE, TWO = record(1, "10.00"), record(2, "20.00")
WITHOUT_CURRENCY = [place for place, name in enumerate(HEADER) if name != "Currency"]
THOUSANDS = "251078750.00"


def _case(case_id: str, nasty: str, rows: list[list[Any]], expected: Expected) -> Case:
    return Case(f"place-{case_id}", nasty, csv(rows, delimiter=";"), expected)


def _headed(amount: str, *rows: list[Any]) -> list[list[Any]]:
    """Return rows without a currency column below a header that names the amount so."""
    header = [amount if name == "Amount" else name for name in HEADER]
    return [[row[place] for place in WITHOUT_CURRENCY] for row in (header, *rows)]


def _renamed(amount: str) -> list[list[Any]]:
    """Return a row with its currency below a header that names the amount so."""
    return [[amount if name == "Amount" else name for name in HEADER], ONE]


def _beside(header: str, *cells: str) -> list[list[Any]]:
    """Return two rows and another column behind them."""
    return [[*HEADER, header], *([*row, cell] for row, cell in zip((ONE, TWO), cells, strict=True))]


def _twice(name: str, *cells: str) -> list[list[Any]]:
    return _beside(name, *cells)


DATED = [
    list(HEADER),
    *(
        record(n, amount, day=date(2006, 3, 10 + n))
        for n, amount in enumerate((1000.5, 250000, 78.25), start=1)
    ),
]


def _named(book: Any) -> None:
    book.worksheets()[0].name = "US$ thousands"


def _merged(book: Any) -> None:
    book.worksheets()[0].merge_range(0, 5, 0, 6, "Amount (000 USD)")


GROUPED = [
    [*[None] * 5, "Amount (000 USD)", None, None],
    [*HEADER[:5], "Proposed", "Approved", HEADER[7]],
    *([*row[:5], row[6] + 5, row[6], row[7]] for row in DATED[1:]),
]

CASES = [
    _case("possessive", "AMOUNT (000’s USD): the s is no sol of Peru",
          _headed("AMOUNT (000’s USD)", ONE), either(usd("10000.00"))),
    _case("possessive-us", "Amount (US$ 000's)", _headed("Amount (US$ 000's)", ONE),
          either(usd("10000.00"))),
    _case("two-currencies", "Amount (EUR / USD) states neither",
          _headed("Amount (EUR / USD)", ONE), refused()),
    _case("per-cent", "Amount (%) beside a column of currencies is no amount",
          _renamed("Amount (%)"), refused()),
    _case("per-cent-bare", "Amount % is no amount", _renamed("Amount %"), refused()),
    _case("letter-too-many", "Amount (T USD) is no misspelt Amount USD",
          _headed("Amount (T USD)", ONE), either(usd("10000.00"))),
    _case("header-indonesian", "Amount (ribu USD)", _headed("Amount (ribu USD)", ONE),
          either(usd("10000.00"))),
    _case("header-russian", "Amount, тыс. USD", _headed("Amount, тыс. USD", ONE),
          either(usd("10000.00"))),
    _case("header-ths", "Amount USD ths.", _headed("Amount USD ths.", ONE),
          either(usd("10000.00"))),
    _case("line-russian", "в тыс. долл. США above the table", [["в тыс. долл. США"], [], *ROWS],
          flagged(usd(THOUSANDS), usd(PLAIN_TOTAL))),
    _case("line-indonesian", "thousands in Indonesian below the table",
          [*ROWS, [], ["Jumlah dalam ribuan dolar AS"]],
          flagged(usd(THOUSANDS), usd(PLAIN_TOTAL))),
    _case("cell-below-header", "thousands stands alone in the cell below Amount",
          [ROWS[0], ["", "", "", "", "", "", "thousands", ""], *ROWS[1:]],
          loads(usd(THOUSANDS), 3)),
    _case("remark-thousands", "the remark of one row says Amount in thousands",
          _beside("Remarks", "Amount in thousands", ""), flagged(usd("30.00"), usd("10020.00"))),
    _case("remark-milliers", "the remark of each row says en milliers",
          _beside("Remarques", "en milliers", "en milliers"),
          flagged(usd("30.00"), usd("30000.00"))),
    _case("remark-euros", "a remark says that the amount is in euros, the currency is USD",
          _beside("Remarks", "", "amount in EUR"), flagged(usd("30.00"), usd("10.00"))),
    _case("remark-same-currency", "a remark says the currency that the row has",
          _beside("Remarks", "", "Amount in USD"), clean(usd("30.00"), 2)),
    _case("title-thousands", "the title of one row says in brackets that it is in thousands",
          [list(HEADER), record(1, "10.00", title="Jobs (amount in thousand US$)"), TWO],
          flagged(usd("30.00"), usd("10020.00"))),
    _case("unmapped-thousands", "a column that nobody knows says in thousands",
          _beside("Comments on amount", "in thousands", "in thousands"),
          flagged(usd("30.00"), usd("30000.00"))),
    _case("innocent-thousands", "a project trains thousands of workers",
          [*ROWS, record(4, "5.00", title="Training for thousands of workers")],
          clean(usd("251083.75"), 4)),
    _case("innocent-million", "a project is called One million jobs",
          [*ROWS, record(4, "5.00", title="One million jobs (phase II)")],
          clean(usd("251083.75"), 4)),
    _case("unit-column-and-n-a", "the column Unit says thousand, and n/a with spaces",
          _beside("Unit", "thousand", " n/a "), either(usd("10020.00"), refusal=False)),
    _case("unit-column-and-note", "the column Unit says thousand, and see note",
          _beside("Unit", "thousand", "see note"), flagged(usd("10000.00"))),
    _case("scale-column", "the column Scale says 1000 and 1",
          _beside("Scale", "1000", "1"), flagged(usd("30.00"), usd("10020.00"), {})),
    _case("multiplier-column", "the column Multiplier says 1,000",
          _beside("Multiplier", "1,000", "1,000"), flagged(usd("30000.00"), {})),
    _case("unit-column-of-an-office", "the column Unit names the unit that is responsible",
          _beside("Unit", "EMP/ENT", "EMP/SKILLS"), clean(usd("30.00"), 2)),
    _case("euros-in-the-middle", "Amount (US$), then the line All amounts below in EUR",
          [*_headed("Amount (US$)", ONE), ["All amounts below in EUR"], *_headed("", TWO)[1:]],
          refused("units_compete")),
    _case("euros-against-the-column", "below a line in EUR the column still says USD",
          [list(HEADER), ONE, ["The following amounts are in EUR:"], TWO],
          flagged(usd("30.00"), usd("10.00"))),
    _case("thousands-in-the-middle", "a line in the middle: figures below are in thousands",
          [list(HEADER), ONE, ["Figures below are in thousands"], TWO], refused("units_compete")),
    _case("currency-twice", "two columns called Currency that contradict each other",
          _twice("Currency", "EUR", "USD"), flagged(usd("30.00"), usd("20.00"))),
    _case("currency-twice-gap", "the second Currency fills the gaps of the first",
          [[*HEADER, "Currency"], [*ONE, "EUR"], [*record(2, "20.00", currency=""), "EUR"]],
          flagged({"USD": "10.00", "EUR": "20.00"}, usd("10.00"))),
    _case("date-twice", "two columns called Approval Date with other days",
          _twice("Approval Date", "2005-01-01", "2005-01-02"), flagged(usd("30.00"))),
    _case("donor-twice", "two columns called Donor with other donors",
          _twice("Donor", "Denmark", "Chile"), flagged(usd("30.00"))),
    _case("thousand-by-hand", "1.000 typed among amounts with two decimals",
          [list(HEADER), record(1, "20.00"), record(2, "1.000")],
          flagged(usd("21.00"), usd("20.00"))),
    _case("thousand-by-hand-comma", "1,000 typed among amounts with a decimal comma",
          [list(HEADER), record(1, "20,00"), record(2, "1,000")],
          flagged(usd("21.00"), usd("20.00"))),
    _case("underscore", "1_000 is a number to programmers, and 100_200 a range to others",
          [list(HEADER), record(1, "20.00"), record(2, "100_200")], loads(usd("20.00"), 1, 1)),
    Case("place-sheet-name", "the sheet is called US$ thousands",
         xlsx(DATED, change=_named), flagged(usd(THOUSANDS), usd(PLAIN_TOTAL)), "approvals.xlsx"),
    Case("place-merged-group", "Amount (000 USD) is merged above Proposed and Approved",
         xlsx(GROUPED, change=_merged), either(usd(THOUSANDS)), "approvals.xlsx"),
]  # fmt: skip
