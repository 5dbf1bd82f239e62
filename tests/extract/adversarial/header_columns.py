"""Columns that claim to be another, stand twice, or lie on their side."""

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
from tests.extract.adversarial.files import HEADER, PLAIN, PLAIN_TOTAL, csv, table

ROWS = table(PLAIN)
READ = loads(usd(PLAIN_TOTAL), 3)


def _case(case_id: str, nasty: str, content: bytes, expected: Expected = READ) -> Case:
    return Case(f"header-{case_id}", nasty, content, expected)


def _with_column(name: str, cells: tuple[object, ...], place: int = 7) -> bytes:
    rows = [
        [*row[:place], cell, *row[place:]] for row, cell in zip(ROWS, (name, *cells), strict=True)
    ]
    return csv(rows)


CASES = [
    _case(
        "beside-disbursed",
        "amount disbursed beside the amount",
        _with_column("Amount disbursed", ("500.00", "500.00", "5.00")),
        READ,
    ),
    _case(
        "before-requested",
        "amount requested before the amount approved",
        csv(
            [
                [*HEADER[:6], "Amount requested", "Amount approved", HEADER[7]],
                *([*row[:6], "999.00", row[6], row[7]] for row in ROWS[1:]),
            ]
        ),
        READ,
    ),
    _case(
        "amount-twice",
        "two columns called Amount, with different values",
        _with_column("Amount", ("1.00", "2.00", "3.00")),
        flagged(usd(PLAIN_TOTAL)),
    ),
    _case(
        "amount-twice-complementary",
        "two columns called Amount, each half filled, one record short of a cell",
        csv([[*HEADER, "Amount"], *([*ROWS[1]], [*ROWS[2][:6], "", "Local", "7.25"])]),
        flagged(usd("1000.50"), usd("1007.75"), usd("7.25")),
    ),
    _case(
        "planned-and-actual-dates",
        "a planned date beside the approval date",
        _with_column("Planned start date", ("2010-01-01",) * 3, 4),
        loads(usd(PLAIN_TOTAL), 3, approval_date=("2006-03-11", "2006-03-12", "2006-03-13")),
    ),
    _case(
        "share-beside",
        "a percentage beside the amount",
        _with_column("Share (%)", ("0.40", "99.57", "0.03"), 6),
        READ,
    ),
    _case(
        "serial-numbers",
        "a first column of serial numbers",
        _with_column("No.", (1, 2, 3), 0),
        READ,
    ),
    _case(
        "digits-as-codes",
        "project codes of digits alone, like amounts",
        csv([[*HEADER], *(["20060301", *row[1:]] for row in ROWS[1:])]),
        loads(usd(PLAIN_TOTAL), 3, project_symbol=("20060301",) * 3),
    ),
    _case(
        "leading-zeros",
        "project codes with zeros in front",
        csv([[*HEADER], *(["000123", *row[1:]] for row in ROWS[1:])]),
        clean(usd(PLAIN_TOTAL), 3, project_symbol=("000123",) * 3),
    ),
    _case(
        "unknown-columns",
        "ten columns that nobody knows, one of them of numbers",
        csv(
            [
                [*row, *(f"X{n}" if place == 0 else n * 1000 for n in range(10))]
                for place, row in enumerate(ROWS)
            ]
        ),
        READ,
    ),
    _case(
        "amounts-by-year",
        "a column for each year and no Amount: a cross table",
        csv(
            [
                ["Project Code", "Donor", "Currency", "2004", "2005", "2006"],
                ["P1", "Norway", "USD", "100", "200", "300"],
                ["P2", "Sweden", "USD", "1", "2", "3"],
            ]
        ),
        refused(),
    ),
    _case(
        "amounts-by-year-with-total",
        "years across and their total beside an approval date",
        csv(
            [
                ["Project Code", "Donor", "Approval Date", "Currency", "2005", "2006", "Amount"],
                ["P1", "Norway", "2006-03-11", "USD", "100", "200", "300"],
                ["P2", "Sweden", "2006-03-12", "USD", "1", "2", "3"],
            ]
        ),
        loads(usd("303.00"), 2),
    ),
    _case(
        "on-its-side",
        "fields down the first column, approvals across",
        csv([list(column) for column in zip(*ROWS, strict=True)]),
        either(usd(PLAIN_TOTAL)),
    ),
    _case(
        "quoted-alone",
        "only the header is quoted",
        csv([HEADER], quote_all=True) + csv(ROWS[1:]),
        READ,
    ),
]
