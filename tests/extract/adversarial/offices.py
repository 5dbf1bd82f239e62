"""What an office declares decides where the values prove nothing, and never against proof."""

from tests.extract.adversarial.case import Case, Expected, flagged, loads, usd
from tests.extract.adversarial.files import HEADER, csv, record, table

NAME = "approvals_2006-04-30.csv"


def _case(case_id: str, office: str, nasty: str, content: bytes, expected: Expected) -> Case:
    return Case(f"office-{case_id}", nasty, content, expected, NAME, office)


def _dated(*days: str) -> bytes:
    rows = [record(n, f"{n}0.00", day=day) for n, day in enumerate(days, start=1)]
    return csv([list(HEADER), *rows], delimiter=";", quote_all=True)


CASES = [
    _case(
        "declares-comma",
        "french",
        "1.234 at an office that writes a decimal comma",
        csv(table(("1.234", "2.500")), delimiter=";", end="\r\n"),
        loads(usd("3734.00"), 2, status="flagged"),
    ),
    _case(
        "declares-point",
        "english",
        "1,234 at an office that writes a decimal point",
        csv(table(("1,234", "2,500")), delimiter=";", end="\r\n"),
        loads(usd("3734.00"), 2),
    ),
    _case(
        "point-three-decimals",
        "english",
        "1.234 at an office that writes a decimal point: a trifle, or thousands after all",
        csv(table(("1.234", "2.501")), delimiter=";", end="\r\n"),
        flagged(usd("3.73"), usd("3.74"), refusal=True),
    ),
    _case(
        "proof-beats-declaration",
        "english",
        "1.234,50 is no decimal point, whatever is declared",
        csv(table(("1.234,50", "2.345")), delimiter=";"),
        flagged(usd("3579.50"), usd("1234.50")),
    ),
    _case(
        "declares-day-first",
        "english",
        "01/02/2006 at an office that writes the day first",
        _dated("01/02/2006", "03/04/2006"),
        loads(usd("30.00"), 2, approval_date=("2006-02-01", "2006-04-03")),
    ),
    _case(
        "declares-month-first",
        "american",
        "01/02/2006 at an office that writes the month first",
        _dated("01/02/2006", "03/04/2006").replace(b"Decent", b"Good"),
        loads(usd("30.00"), 2, approval_date=("2006-01-02", "2006-03-04")),
    ),
    _case(
        "month-first-against-proof",
        "american",
        "13/02/2006 is no month first, so 03/04/2006 is in doubt",
        _dated("13/02/2006", "03/04/2006"),
        flagged(usd("30.00"), usd("10.00")),
    ),
    _case(
        "default-currency",
        "american",
        "no column of currencies; the office declares US$",
        csv([["Donor", "Approval Date", "Amount"], ["Norway", "03/15/2006", "1,000.50"]]),
        loads(usd("1000.50"), 1),
    ),
    _case(
        "header-beats-default-currency",
        "american",
        "the office declares US$, the header says EUR",
        csv([["Donor", "Approval Date", "Amount (EUR)"], ["Norway", "03/15/2006", "1,000.50"]]),
        loads({"EUR": "1000.50"}, 1),
    ),
    _case(
        "code-page",
        "warsaw",
        "three letters of cp1250, too few to detect; the office declares them",
        csv(
            [["Donor", "Approval Date", "Amount"], ["Łódź", "15.03.2006", "1 000,50"]],
            "cp1250",
            delimiter=";",
        ),
        loads({"PLN": "1000.50"}, 1, donor_name=("Łódź",)),
    ),
    _case(
        "code-page-but-utf8",
        "warsaw",
        "the office declares cp1250 and sends UTF-8",
        csv(
            [["Donor", "Approval Date", "Amount"], ["Łódź", "16.03.2006", "2000,50"]], delimiter=";"
        ),
        loads({"PLN": "2000.50"}, 1, donor_name=("Łódź",)),
    ),
]
