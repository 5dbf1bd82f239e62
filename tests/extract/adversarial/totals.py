"""Totals, subtotals and carried sums: recognised, never loaded, and held against the rows."""

from typing import Any

from tests.extract.adversarial.case import Case, Expected, flagged, loads, usd
from tests.extract.adversarial.files import HEADER, PLAIN, PLAIN_TOTAL, csv, record, table

ROWS = table(PLAIN)
READ = loads(usd(PLAIN_TOTAL), 3, 0)
DOUBTED = flagged(usd(PLAIN_TOTAL), refusal=False, accepted=3)


def _sum(label: str, amount: str, place: int = 0, **cells: str) -> list[Any]:
    """Return a row of a total; `cells` fills currency or day."""
    row = [""] * len(HEADER)
    row[place], row[6] = label, amount
    row[4], row[5] = cells.get("day", ""), cells.get("currency", "")
    return row


def _case(case_id: str, nasty: str, rows: list[list[Any]], expected: Expected = READ) -> Case:
    return Case(f"total-{case_id}", nasty, csv(rows), expected)


def _ending(case_id: str, label: str, place: int = 0, **cells: str) -> Case:
    return _case(
        case_id, f"a last row {label!r}", [*ROWS, _sum(label, PLAIN_TOTAL, place, **cells)]
    )


CASES = [
    _ending("english", "Total"),
    _ending("grand", "GRAND TOTAL:", 1),
    _ending("french", "Total général", 2),
    _ending("spanish", "Suma total"),
    _ending("portuguese", "Total geral"),
    _ending("with-currency", "Total USD", 0, currency="USD"),
    _ending("with-year", "Total 2006", 0, day="2006", currency="USD"),
    _ending("with-date", "Total", 0, day="2006-03-31", currency="USD"),
    _ending("in-donor-column", "TOTAL", 2, currency="USD"),
    _ending("with-date-in-donor-column", "Total", 2, day="2006-03-31", currency="USD"),
    _ending("long-label", "Total approvals for the quarter (3 projects)"),
    _case(
        "equals-sign",
        "a row = 251078.75",
        [*ROWS, _sum("=", PLAIN_TOTAL)],
        loads(usd(PLAIN_TOTAL), 3),
    ),
    _case("sigma", "a row Σ", [*ROWS, _sum("Σ", PLAIN_TOTAL)], loads(usd(PLAIN_TOTAL), 3)),
    _case(
        "unlabelled",
        "the sum stands alone below the amounts",
        [*ROWS, _sum("", PLAIN_TOTAL)],
        loads(usd(PLAIN_TOTAL), 3),
    ),
    _case(
        "unlabelled-with-currency",
        "the sum with its currency, no label",
        [*ROWS, _sum("", PLAIN_TOTAL, 0, currency="USD")],
        loads(usd(PLAIN_TOTAL), 3),
    ),
    _case(
        "above", "the total stands above the rows", [ROWS[0], _sum("Total", PLAIN_TOTAL), *ROWS[1:]]
    ),
    _case(
        "disagrees",
        "the total is not the sum of the rows",
        [*ROWS, _sum("Total", "999999.00")],
        DOUBTED,
    ),
    _case(
        "disagrees-by-a-cent",
        "the total is a cent off",
        [*ROWS, _sum("Total", "251078.76")],
        DOUBTED,
    ),
    _case(
        "rounded",
        "the total is rounded to the unit",
        [*ROWS, _sum("Total", "251079")],
        loads(usd(PLAIN_TOTAL), 3),
    ),
    _case(
        "of-lost-rows",
        "a row was deleted, its amount still stands in the total",
        [*ROWS[:3], _sum("Total", PLAIN_TOTAL)],
        flagged(usd("251000.50"), accepted=2),
    ),
    _case(
        "by-donor",
        "subtotals by donor and a grand total",
        [
            ROWS[0],
            record(1, "10.00", donor="Norway"),
            record(2, "20.00", donor="Norway"),
            _sum("Subtotal Norway", "30.00"),
            record(3, "5.00", donor="Spain"),
            _sum("Spain Total", "5.00"),
            _sum("Grand Total", "35.00"),
        ],
        loads(usd("35.00"), 3),
    ),
    _case(
        "by-donor-french",
        "sous-totaux",
        [
            ROWS[0],
            record(1, "10.00", donor="Norvège"),
            _sum("Sous-total Norvège", "10.00", 2),
            record(2, "5.00", donor="Espagne"),
            _sum("S/Total Espagne", "5.00", 2),
            _sum("TOTAL", "15.00", 2),
        ],
        loads(usd("15.00"), 2),
    ),
    _case(
        "by-donor-full-rows",
        "subtotals that repeat donor, currency and date of their group",
        [
            ROWS[0],
            record(1, "10.00", donor="Norway"),
            record(2, "20.00", donor="Norway"),
            ["", "Subtotal", "Norway", "", "2006-03-31", "USD", "30.00", ""],
            record(3, "5.00", donor="Spain"),
            ["", "Subtotal", "Spain", "", "2006-03-31", "USD", "5.00", ""],
        ],
        loads(usd("35.00"), 3),
    ),
    _case(
        "by-currency",
        "a total for each currency",
        [
            ROWS[0],
            record(1, "10.00", currency="EUR"),
            record(2, "20.00", currency="USD"),
            _sum("Total EUR", "10.00", 0, currency="EUR"),
            _sum("Total USD", "20.00", 0, currency="USD"),
        ],
        loads({"EUR": "10.00", "USD": "20.00"}, 2),
    ),
    _case(
        "carried-forward",
        "carried forward at the end of a page, brought forward on the next",
        [
            *ROWS[:3],
            _sum("Carried forward", "251000.50"),
            ROWS[0],
            _sum("Brought forward", "251000.50"),
            ROWS[3],
            _sum("Total", PLAIN_TOTAL),
        ],
    ),
    _case(
        "carried-forward-french",
        "à reporter, report",
        [
            *ROWS[:2],
            _sum("À reporter", "1000.50", 1),
            _sum("Report", "1000.50", 1),
            *ROWS[2:],
            _sum("Total", PLAIN_TOTAL, 1),
        ],
    ),
    _case(
        "carried-forward-spanish",
        "suma y sigue",
        [*ROWS[:2], _sum("Suma y sigue", "1000.50", 1), *ROWS[2:]],
    ),
    _case(
        "donor-total-sa",
        "a donor called Total S.A.",
        [ROWS[0], record(1, "10.00", donor="Total S.A."), record(2, "5.00")],
        loads(usd("15.00"), 2, donor_name=("Total S.A.", "Japan")),
    ),
    _case(
        "donor-totalenergies",
        "a donor called TotalEnergies Foundation and a last row that is a total",
        [
            ROWS[0],
            record(1, "10.00", donor="TotalEnergies Foundation"),
            record(2, "5.00"),
            _sum("Total", "15.00", 2),
        ],
        loads(usd("15.00"), 2, donor_name=("TotalEnergies Foundation", "Japan")),
    ),
    _case(
        "title-total-quality",
        "a title that begins with Total",
        [
            ROWS[0],
            record(1, "10.00", title="Total quality in the garment sector"),
            record(2, "5.00", title="Summa of skills"),
        ],
        loads(usd("15.00"), 2),
    ),
    _case(
        "negative",
        "a reduction among the rows, and a total that knows it",
        [ROWS[0], record(1, "100.00"), record(2, "(30.00)"), _sum("Total", "70.00")],
        loads(usd("70.00"), 2),
    ),
    _case(
        "percent-row",
        "a row of shares below the total",
        [*ROWS, _sum("Total", PLAIN_TOTAL), _sum("% of target", "83.69")],
        loads(usd(PLAIN_TOTAL), 3),
    ),
    _case(
        "in-thousands-below",
        "the total row gives thousands, the rows give units",
        [*ROWS, _sum("Total (US$ thousands)", "251.08")],
        loads(usd(PLAIN_TOTAL), 3),
    ),
]
