"""Columns of amounts: what the column as a whole proves, and where it proves nothing or too much.

Most of these would be a silent wrong total if each cell were read for itself.
"""

from tests.extract.adversarial.case import Case, Expected, either, flagged, loads, usd
from tests.extract.adversarial.numbers import rows_of


def _case(case_id: str, nasty: str, amounts: tuple[str, ...], expected: Expected) -> Case:
    return Case(f"column-{case_id}", nasty, rows_of(*amounts), expected)


CASES = [
    _case(
        "comma-proven",
        "1.234 is a thousand because 2.000,50 stands below",
        ("1.234", "2.000,50"),
        loads(usd("3234.50"), 2),
    ),
    _case(
        "comma-proven-late",
        "the one value that proves the decimal comma is the last of 400",
        (*["1.250"] * 399, "10,75"),
        loads(usd("498760.75"), 400),
    ),
    _case(
        "point-proven",
        "1,234 is a thousand because 999.95 stands below",
        ("1,234", "999.95"),
        loads(usd("2233.95"), 2),
    ),
    _case(
        "groups-proven",
        "1.234.567 proves the point to be a group sign",
        ("2.345", "1.234.567"),
        loads(usd("1236912.00"), 2),
    ),
    _case(
        "comma-groups-proven",
        "1,234,567 proves the comma to be a group sign",
        ("2,345", "1,234,567"),
        loads(usd("1236912.00"), 2),
    ),
    _case(
        "ambiguous-points",
        "1.000, 2.500, 12.750: thousands or three decimals",
        ("1.000", "2.500", "12.750", "300.000"),
        flagged(usd("316250.00"), usd("316.25")),
    ),
    _case(
        "ambiguous-commas",
        "1,000, 2,500, 12,750: nothing proves the sign",
        ("1,000", "2,500", "12,750", "400,000"),
        flagged(usd("416250.00"), usd("416.25")),
    ),
    _case(
        "ambiguous-beside-plain",
        "plain whole numbers prove nothing for 1.250",
        ("300", "45000", "1.250"),
        flagged(usd("46550.00"), usd("45301.25"), usd("45300.00")),
    ),
    _case(
        "contradiction",
        "1.234,50 and 1,234.50: each proves itself, the column proves both",
        ("1.234,50", "1,234.50"),
        flagged(usd("2469.00"), usd("1234.50")),
    ),
    _case(
        "contradiction-and-ambiguous",
        "both conventions proven, so 5.678 may be anything",
        ("1.234,50", "1,234.50", "5.678"),
        flagged(usd("2469.00"), usd("1234.50")),
    ),
    _case(
        "one-stray-convention",
        "five English amounts and one continental",
        ("1,000.50", "2,000.50", "3,000.50", "4,000.50", "5,000.50", "6.000,50"),
        flagged(usd("21003.00"), usd("15002.50")),
    ),
    _case(
        "one-decimal-among-thousands",
        "12.5 would make 1.234 a trifle with three decimals",
        ("1.234", "2.345", "3.456", "12.5"),
        flagged(usd("19.54"), usd("19.53"), usd("12.50"), usd("7047.50"), usd("7035.00")),
    ),
    _case(
        "cents-and-three-digits",
        "10.50 proves the point; 1.234 then has three decimals, which no money has",
        ("10.50", "20.75", "1.234"),
        flagged(usd("31.25"), usd("32.48")),
    ),
    _case(
        "integers-and-comma-decimals",
        "1500 and 1500,75",
        ("1500", "1500,75", "2"),
        loads(usd("3002.75"), 3),
    ),
    _case(
        "spaces-and-points",
        "1 234.50 beside 1 234",
        ("1 234.50", "1 234", "12 345 678"),
        loads(usd("12348146.50"), 3),
    ),
    _case(
        "negative-in-three-ways",
        "(100.00), 50.00- and -25.00 beside 1,000.00",
        ("1,000.00", "(100.00)", "50.00-", "-25.00"),
        loads(usd("825.00"), 4),
    ),
    _case(
        "digits-of-two-scripts",
        "Arabic-Indic digits beside European ones",
        ("1000.50", "٢٠٠٠٫٥٠"),
        either(usd("3001.00"), usd("1000.50")),
    ),
    _case(
        "half-in-millions",
        "1.2 million beside 1,200,000",
        ("1.2 million", "1,200,000"),
        loads(usd("2400000.00"), 2),
    ),
    _case(
        "currency-codes-disagree",
        "the cell says EUR, the currency column USD",
        ("EUR 100.00", "200.00"),
        flagged(usd("200.00"), {"EUR": "100.00", "USD": "200.00"}),
    ),
    _case(
        "repeats-count",
        "the same amounts again and again are approvals of their own",
        ("100.00",) * 5,
        loads(usd("500.00"), 5),
    ),
    _case(
        "indian-and-western",
        "1,00,000.00 beside 100,000.00: the same amount twice",
        ("1,00,000.00", "100,000.00"),
        loads(usd("200000.00"), 2),
    ),
    _case(
        "cents-everywhere-but-one",
        "a missing decimal sign makes 123450 of 1234.50: nobody can know",
        ("1000.50", "2000.50", "123450"),
        loads(usd("126451.00"), 3),
    ),
    _case(
        "thousandfold",
        "one amount a thousand times the others is read as it stands",
        ("100.00", "110.00", "120.00", "100000000.00"),
        loads(usd("100000330.00"), 4),
    ),
]
