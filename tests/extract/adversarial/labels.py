"""Rows that sum others, carry a sum on or are a part of one; donors that are none.

Each such row is complete: it has an amount, a currency and a date, and looks like an approval.
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
    usd,
)
from tests.extract.adversarial.files import HEADER, PLAIN, PLAIN_TOTAL, csv, record, table, xlsx

ROWS = table(PLAIN)
ONE, TWO = record(1, "10.00"), record(2, "20.00")
WITH_FIVE = "251083.75"
DAY = "2006-03-31"


def _case(case_id: str, nasty: str, rows: list[list[Any]], expected: Expected) -> Case:
    delimiter = "\t" if any('"' in str(cell) for row in rows for cell in row) else ";"
    return Case(f"label-{case_id}", nasty, csv(rows, delimiter=delimiter), expected)


def _row(code: str, title: str, donor: str, amount: str, recipient: str = "") -> list[str]:
    return [code, title, donor, recipient, DAY, "USD", amount, ""]


def _below(*rows: list[Any]) -> list[list[Any]]:
    """Return two approvals of 30.00 in all and these rows below them."""
    return [list(HEADER), ONE, TWO, *rows]


def _by_donor(*, sums_first: bool) -> list[list[str]]:
    """Return two donors' approvals of 42.00 in all, each donor with a row that is its sum."""
    found = [list(HEADER)]
    for donor, total, amounts in (("Norway", "30.00", "12"), ("Sweden", "12.00", "57")):
        rows = [
            _row(f"RAS/06/{donor[:1]}{n}/X", f"Jobs {donor} {n}", donor, amount, "Viet Nam")
            for n, amount in enumerate(
                ("10.00", "20.00") if amounts == "12" else ("5.00", "7.00"), start=1
            )
        ]
        sums = [_row("", "", donor, total)]
        found += sums + rows if sums_first else rows + sums
    return found


def _book(*sheets: list[list[Any]]) -> Any:
    return xlsx(*sheets)


DATED = [
    list(HEADER),
    *(
        record(n, amount, day=date(2006, 3, 10 + n))
        for n, amount in enumerate((1000.5, 250000, 78.25), start=1)
    ),
]
PIVOT = [
    ["Donor", "Approval Date", "Currency", "Amount"],
    *([row[2], row[4], row[5], row[6]] for row in DATED[1:]),
]

CASES = [
    *(
        _case(f"total-titled-{name}", f"the title of a complete last row is {word!r}",
              _below(_row("", word, "Various", "30.00")), loads(usd("30.00"), 2))
        for name, word in (
            ("previous", "Previous total"), ("running", "Running total"), ("net", "Net total"),
            ("hyphen", "Grand-Total:"), ("count", "TOTAL (3)"), ("currency", "Total, USD"),
            ("spaced", "T O T A L"), ("year", "TOTAL 2006"), ("indonesian", "Jumlah"),
            ("thai", "รวม"), ("russian", "Всего"), ("turkish", "Toplam"),
            ("vietnamese", "Tổng cộng"),
            ("accented", "Sous-total :"),
        )
    ),
    *(
        _case(f"total-donor-{name}", f"the donor of a row without a name is {word!r}",
              _below(_row("", "", word, "30.00")), loads(usd("30.00"), 2))
        for name, word in (
            ("running", "Running total"), ("count", "TOTAL (3)"), ("spaced", "T O T A L"),
            ("carried", "À reporter"), ("brought", "Brought forward"),
            ("general", "Total général :"),
            ("indonesian", "Jumlah"), ("thai", "รวม"),
        )
    ),
    *(
        _case(f"doubt-titled-{name}", f"the title of a row without a code is {word!r}",
              _below(_row("", word, "Various", "30.00")), flagged(usd("30.00"), usd("60.00")))
        for name, word in (
            ("solde", "Solde reporté"), ("reporter", "À reporter"), ("saldo", "Saldo anterior"),
            ("solde-day", "Solde au 31/12/2005"), ("balance", "Balance b/f"), ("bf", "B/F"),
            ("opening", "Opening balance"), ("transporte", "Transporte"), ("cumulative",
            "Cumulative to date"), ("tot", "Tot."), ("above", "Sum of above"), ("summe", "Summe"),
            ("norway", "Total Norway"),
        )
    ),
    *(
        _case(f"doubt-donor-{name}", f"the donor of a row without a name is {word!r}",
              _below(_row("", "", word, "30.00")), flagged(usd("30.00"), usd("60.00")))
        for name, word in (("solde", "Solde reporté"), ("balance", "Balance b/f"),
                           ("total-donors", "Total donors"))
    ),
    *(
        _case(f"part-{name}", f"a row below is {word!r} of the one above",
              [list(HEADER), record(1, "100.00"), _row("", word, "Norway", "30.00", "Viet Nam")],
              flagged(usd("100.00"), usd("130.00")))
        for name, word in (("english", "of which: gender"), ("french", "dont : formation"),
                           ("spanish", "de los cuales: formación"), ("german", "davon lokal"),
                           ("thereof", "Thereof local"))
    ),
    _case("part-in-the-code", "the code of a row is 'of which'",
          [list(HEADER), record(1, "100.00"), _row("of which", "gender", "Norway", "30.00")],
          flagged(usd("100.00"), usd("130.00"))),
    _case("carried-in-the-middle", "a complete row carries the sum on to the next page",
          _below(_row("", "Carried forward", "Various", "30.00"), record(3, "30.00")),
          flagged(usd("60.00"), usd("90.00"))),
    _case("sum-of-all-countries", "a row of all countries is the sum of two others",
          _below(_row("", "", "Various", "30.00", "All countries")),
          flagged(usd("30.00"), usd("60.00"))),
    _case("donor-sums-first", "a row with each donor's sum, no word for it, above its rows",
          _by_donor(sums_first=True), flagged(usd("42.00"), usd("84.00"))),
    _case("donor-sums-last", "a row with each donor's sum, no word for it, below its rows",
          _by_donor(sums_first=False), flagged(usd("42.00"), usd("84.00"))),
    _case("one-row-unnamed", "one row names neither code nor title where all others do",
          [*ROWS, _row("", "", "Norway", "5.00")], flagged(usd(WITH_FIVE), usd(PLAIN_TOTAL))),
    _case("all-without-code", "no row has a code yet, each has its title",
          [ROWS[0], *(["", *row[1:]] for row in ROWS[1:])], clean(usd(PLAIN_TOTAL), 3)),
    _case("no-columns-for-names", "an export without columns for code and title",
          [["Donor", "Approval Date", "Currency", "Amount"],
           *([row[2], row[4], row[5], row[6]] for row in ROWS[1:])],
          either(usd(PLAIN_TOTAL), refusal=False)),
    *(
        _case(f"innocent-{name}", f"a project with a code is called {title!r}",
              [*ROWS, record(4, "5.00", title=title)], clean(usd(WITH_FIVE), 4))
        for name, title in (
            ("quality", "Total Quality Management"), ("report", "Report on child labour"),
            ("including", "Including women in trade unions"),
            ("balance", "Balance of work and care"),
        )
    ),
    _case("innocent-donor", "a company called Total gives to a project",
          [*ROWS, record(4, "5.00", donor="Total Energies")], clean(usd(WITH_FIVE), 4)),
    *(
        _case(f"no-donor-{name}", f"the donor is {donor!r}",
              [*ROWS, record(4, "5.00", donor=donor)], loads(usd(PLAIN_TOTAL), 3, 1))
        for name, donor in (
            ("padded", " n/a "), ("nbsp", "\u00a0N/A\u00a0"), ("zero-width", "\u200bn/a"),
            ("brackets", "(none)"), ("backslash", "N\\A"), ("spread", "n / a"), ("question", "?"),
            ("tbd", "TBD "), ("neant", "néant "), ("french", "non disponible"), ("crosses", "XXX"),
            ("russian", "нет"), ("indonesian", "tidak ada"), ("quote", '"'), ("quotes", "''"),
            ("idem", "Idem."), ("ditto", "ditto"), ("do", "do."), ("japanese", "〃"),
            ("above", "same as above"), ("dashed", '-"-'), ("guillemet", "«"), ("mismo", "mismo"),
        )
    ),
    _case("currency-idem", "the currency is idem: no default holds, the row waits",
          [*ROWS, record(4, "5.00", currency="idem")], loads(usd(PLAIN_TOTAL), 3, 1)),
    Case("label-pivot-with-dates", "a second sheet sums by donor, with dates and the headers",
         _book(DATED, PIVOT), flagged(usd(PLAIN_TOTAL), usd("502157.50")), "approvals.xlsx"),
    Case("label-fewer-columns-again", "the same rows on a second sheet, without their last column",
         _book(DATED, [row[:7] for row in DATED]),
         flagged(usd(PLAIN_TOTAL), usd("502157.50")), "approvals.xlsx"),
]  # fmt: skip
