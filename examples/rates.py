"""Synthetic monthly rates of exchange: near the yearly averages of the time, and marked as such."""

from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from examples.dice import Dice
from examples.names import read_rows

CENT = Decimal("0.01")
FIRST_YEAR, LAST_YEAR = 2000, 2007
RATE_SET = "synthetic"
BUDGET_RATE_SET = "synthetic-budget"
BUDGET_CURRENCIES = ("CHF", "EUR", "GBP", "JPY", "NOK", "SEK")
"""The budget fixes no rate for the others, so that what a set lacks can be seen."""
SEED = 2007


@cache
def monthly_rates() -> dict[tuple[str, int, int], Decimal]:
    """Return units per US$ by currency, year and month; US$ itself is not in it.

    Between the middles of two years a rate moves in a straight line, with up to 1 % of noise.
    """
    dice = Dice(SEED)
    found = {}
    for row in read_rows("rates.csv"):
        step = Decimal(1).scaleb(-int(row["decimals"]))
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            for month in range(1, 13):
                line = _on_the_line(row, year, month)
                noisy = line * (10000 + dice.between(-100, 100)) / 10000
                found[row["currency_code"], year, month] = noisy.quantize(step, ROUND_HALF_UP)
    return found


def _on_the_line(row: dict[str, str], year: int, month: int) -> Decimal:
    before, after = (year - 1, year) if month <= 6 else (year, year + 1)
    before, after = max(before, FIRST_YEAR), min(after, LAST_YEAR)
    passed = month + 6 if month <= 6 else month - 6
    start, end = Decimal(row[str(before)]), Decimal(row[str(after)])
    return start + (end - start) * passed / 12


def budget_rates() -> dict[tuple[str, int], Decimal]:
    """Return units per US$ by currency and first year of a biennium.

    It is the rate of the December before, as a budget takes it, or of the first month known.
    """
    rates = monthly_rates()
    return {
        (currency, year): rates.get((currency, year - 1, 12), rates[currency, year, 1])
        for currency in BUDGET_CURRENCIES
        for year in range(FIRST_YEAR, LAST_YEAR + 1, 2)
    }


def to_usd(amount: Decimal, currency_code: str, year: int, month: int) -> Decimal:
    """Return US$ to the cent, rounded half up, at the rate of the month."""
    if currency_code == "USD":
        return amount
    rate = monthly_rates()[currency_code, year, month]
    return (amount / rate).quantize(CENT, ROUND_HALF_UP)


def from_usd(amount_usd: Decimal, currency_code: str, year: int, month: int) -> Decimal:
    """Return about as much in another currency, in whole units or in whole thousands."""
    if currency_code == "USD":
        return amount_usd.quantize(Decimal(1), ROUND_HALF_UP)
    unit = Decimal(1000) if currency_code in {"IDR", "JPY", "XOF"} else Decimal(1)
    rate = monthly_rates()[currency_code, year, month]
    return ((amount_usd * rate) / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit
