"""In which currency and unit amounts are: said by row, by header, by title, by cell, or nowhere."""

from typing import Any

from tests.extract.adversarial.case import Case, Expected, either, flagged, loads, refused, usd
from tests.extract.adversarial.files import HEADER, csv, record, table


def _rows(*pairs: tuple[str, str]) -> bytes:
    """Return an export with these pairs of currency and amount."""
    rows = [record(n, amount, currency=code) for n, (code, amount) in enumerate(pairs, start=1)]
    return csv([list(HEADER), *rows], delimiter=";")


def _without_currency(
    header: str, amounts: tuple[str, ...], before: str = "", after: str = ""
) -> bytes:
    """Return an export without a column of currencies, with lines before and after it."""
    rows: list[list[Any]] = [["Project Code", "Donor", "Approval Date", header]]
    rows += [[f"P{n}", "Norway", f"2006-03-1{n}", text] for n, text in enumerate(amounts)]
    return before.encode() + csv(rows, delimiter=";") + after.encode()


def _case(case_id: str, nasty: str, content: bytes, expected: Expected) -> Case:
    return Case(f"currency-{case_id}", nasty, content, expected)


def _word(case_id: str, word: str, code: str) -> Case:
    return _case(
        case_id, f"currency written {word!r}", _rows((word, "10.50")), loads({code: "10.50"}, 1)
    )


def _unit(case_id: str, header: str, amount: str, total: dict[str, str]) -> Case:
    content = _without_currency(header, (amount, amount))
    return Case(f"unit-{case_id}", f"header {header!r}", content, loads(total, 2))


TWO = ("1,500.25", "2.00")
THOUSANDS = {"USD": "1502250.00"}

CASES = [
    _case(
        "by-row",
        "two currencies in one column of amounts",
        _rows(("USD", "10.00"), ("EUR", "20.00"), ("USD", "0.50")),
        loads({"USD": "10.50", "EUR": "20.00"}, 3),
    ),
    _word("us-dollar-sign", "US$", "USD"),
    _word("dollar-u-s", "U$S", "USD"),
    _word("lower-case", " usd ", "USD"),
    _word("english-name", "US Dollar", "USD"),
    _word("french-name", "Dollars des États-Unis", "USD"),
    _word("spanish-name", "Dólares de los Estados Unidos", "USD"),
    _word("euro-sign", "€", "EUR"),
    _word("euros", "Euros", "EUR"),
    _word("pound-sign", "£", "GBP"),
    _word("swiss-francs", "Swiss francs", "CHF"),
    _word("reais", "R$", "BRL"),
    _word("old-marks", "DEM", "DEM"),
    _case(
        "unknown",
        "XQZ is no currency",
        _rows(("XQZ", "10.00"), ("USD", "1.00")),
        loads(usd("1.00"), 1, 1),
    ),
    _case(
        "kroner-of-three-countries",
        "kr: Danish, Norwegian or Swedish",
        _rows(("kr", "10.00"), ("USD", "1.00")),
        flagged(usd("1.00"), refusal=False),
    ),
    _case(
        "francs-of-many-countries",
        "francs: Swiss, CFA, Rwandan",
        _rows(("francs", "10.00"), ("USD", "1.00")),
        flagged(usd("1.00"), refusal=False),
    ),
    _case(
        "cfa",
        "FCFA: of the west or of the centre",
        _rows(("FCFA", "1000000"), ("USD", "1.00")),
        either(usd("1.00"), {"USD": "1.00", "XOF": "1000000.00"}, refusal=False),
    ),
    _case(
        "bare-dollar",
        "$ may be of any country",
        _rows(("$", "10.00"), ("EUR", "1.00")),
        flagged({"EUR": "1.00"}, {"EUR": "1.00", "USD": "10.00"}, refusal=False),
    ),
    _case(
        "missing-in-a-row",
        "one row has no currency",
        _rows(("USD", "10.00"), ("", "5.00"), ("USD", "1.00")),
        loads(usd("11.00"), 2, 1),
    ),
    _case(
        "ditto-marks",
        'the currency below is written ", as a person would',
        _rows(("EUR", "10.00"), ("''", "5.00"), ("idem", "1.00")),
        flagged({"EUR": "10.00"}, {"EUR": "16.00"}, refusal=False),
    ),
    _case(
        "nowhere",
        "nothing says which currency",
        _without_currency("Amount", ("10.00", "20.00")),
        refused(),
    ),
    _case(
        "in-each-cell",
        "the cell itself says it, and each another",
        _without_currency("Amount", ("EUR 10.00", "USD 20.00")),
        either({"EUR": "10.00", "USD": "20.00"}),
    ),
    _case(
        "header-against-column",
        "header says US$, the column says EUR in one row",
        csv(
            [
                ["Project Code", "Donor", "Approval Date", "Currency", "Amount (US$)"],
                ["P1", "Norway", "2006-03-11", "USD", "10.00"],
                ["P2", "Norway", "2006-03-12", "EUR", "20.00"],
            ]
        ),
        either(usd("10.00"), usd("30.00")),
    ),
    _case(
        "amount-and-its-us-dollars",
        "the amount in euros and again in US$: one approval, not two",
        csv(
            [
                ["Project Code", "Donor", "Approval Date", "Amount EUR", "Amount US$"],
                ["P1", "Norway", "2006-03-11", "10.00", "12.00"],
                ["P2", "Norway", "2006-03-12", "20.00", "24.00"],
            ]
        ),
        either(usd("36.00"), {"EUR": "30.00"}),
    ),
    _case(
        "column-for-each-currency",
        "amounts in two columns by currency, one of them filled",
        csv(
            [
                ["Project Code", "Donor", "Approval Date", "Amount EUR", "Amount GBP"],
                ["P1", "Norway", "2006-03-11", "10.00", ""],
                ["P2", "Norway", "2006-03-12", "", "24.00"],
            ]
        ),
        either({"EUR": "10.00", "GBP": "24.00"}),
    ),
    _case(
        "said-in-title",
        "only the title says: all amounts in Euro",
        _without_currency("Amount", ("10.00", "20.50"), before="All amounts in Euro\n\n"),
        loads({"EUR": "30.50"}, 2),
    ),
    _unit("us-thousands", "Amount (US$ thousands)", "1,500.25", usd("3000500.00")),
    _unit("us-000", "Amount (US$ '000)", "12.5", usd("25000.00")),
    _unit(
        "thousands-of-euros-french", "Montant (en milliers d'euros)", "12,5", {"EUR": "25000.00"}
    ),
    _unit("millions-spanish", "Importe (millones de US$)", "1,25", usd("2500000.00")),
    _unit("thousands-portuguese", "Valor (R$ mil)", "12,50", {"BRL": "25000.00"}),
    _unit("millions", "Amount, USD millions", "0.25", usd("500000.00")),
    _unit("k-euro", "Amount (kEUR)", "12.5", {"EUR": "25000.00"}),
    _unit("in-french", "Montant (en EUR)", "1 250,00", {"EUR": "2500.00"}),
    Case(
        "unit-in-title",
        "only the title says thousands",
        _without_currency("Amount", TWO, before="Approvals 2006 (in thousands of US dollars)\n\n"),
        flagged(THOUSANDS),
    ),
    Case(
        "unit-in-title-spanish",
        "only the title says miles",
        _without_currency(
            "Importe", ("1500,25", "2,00"), before="(Importes en miles de dólares de los EE.UU.)\n"
        ),
        flagged(THOUSANDS),
    ),
    Case(
        "unit-below-header",
        "a second line of the header says (US$ thousands)",
        csv(
            [
                ["Project Code", "Donor", "Approval Date", "Amount"],
                ["", "", "(dd/mm/yyyy)", "(US$ thousands)"],
                ["P1", "Norway", "13/03/2006", "1,500.25"],
                ["P2", "Norway", "14/03/2006", "2.00"],
            ]
        ),
        either(THOUSANDS),
    ),
    Case(
        "unit-in-footer",
        "only the note below the table says thousands",
        _without_currency("Amount (US$)", TWO, after="\nNote: amounts in thousands of US$\n"),
        flagged(THOUSANDS),
    ),
    Case(
        "unit-twice",
        "title and header both say thousands: once is meant",
        _without_currency("Amount (US$ '000)", TWO, before="In thousands of US dollars\n\n"),
        either(THOUSANDS),
    ),
    Case(
        "unit-and-words-of-million",
        "header says thousands, a cell says 1.2 million: which?",
        _without_currency("Amount (US$ thousands)", ("1,500.25", "1.2 million")),
        flagged(usd("1500250.00"), usd("2700250.00")),
    ),
    Case(
        "unit-in-a-sheet-column",
        "a column of units beside the amounts: thousand, million",
        csv(
            [
                [*HEADER, "Unit"],
                [*record(1, "12.50"), "thousand"],
                [*record(2, "1.25"), "million"],
            ]
        ),
        flagged(usd("1262500.00")),
    ),
    Case(
        "unit-title-tells-of-something-else",
        "a title speaks of 2 million workers: no unit",
        b"Decent work for 2 million workers\n\n" + csv(table(("10.00", "20.00"))),
        loads(usd("30.00"), 2),
    ),
]
