"""Division of money: the macro against Python's decimals, to the hundredth.

Not tested here: which amount is divided by which rate (test_money.py).
"""

import random
from decimal import ROUND_HALF_UP, Decimal

import duckdb
import jinja2
import pytest

from approvals.settings import PROJECT_ROOT

MACROS = PROJECT_ROOT / "dbt_project" / "macros" / "engines" / "money.sql"
EDGES = (
    ("0.00", "1.00000000"),
    ("0.01", "3.00000000"),
    ("0.01", "2.00000000"),
    ("-0.01", "2.00000000"),
    ("0.03", "2.00000000"),
    ("-0.05", "-2.00000000"),
    ("9999999999999999.99", "1.00000000"),
    ("-9999999999999999.99", "9999999999.99999999"),
    ("0.01", "0.00000001"),
    ("1.00", "0.99999999"),
)


def _expression(numerator: str, denominator: str, factor: int) -> str:
    """Return the SQL that dbt would make of the macro on DuckDB."""
    environment = jinja2.Environment(extensions=["jinja2.ext.do"], autoescape=False)  # noqa: S701
    context: dict[str, object] = {}
    module = environment.from_string(MACROS.read_text()).make_module({"approvals": context})
    context["duckdb__smallest_units"] = module.duckdb__smallest_units
    return str(module.duckdb__exact_ratio(numerator, denominator, factor))


def _drawn() -> list[tuple[str, str]]:
    chance = random.Random(7)  # noqa: S311 - test data
    drawn = [
        (
            f"{chance.randrange(-(10 ** chance.randrange(1, 15)), 10**15) / 100:.2f}",
            f"{chance.randrange(1, 10 ** chance.randrange(1, 14)) / 10**8:.8f}",
        )
        for _ in range(3000)
    ]
    return [*EDGES, *(pair for pair in drawn if abs(Decimal(pair[0]) / Decimal(pair[1])) < 10**13)]


@pytest.mark.parametrize("factor", [1, 100])
@pytest.mark.parametrize("kinds", [("decimal(18, 2)", "decimal(18, 8)"), ("decimal(38, 2)",) * 2])
def test_a_ratio_is_exact_and_rounded_half_away_from_zero(
    kinds: tuple[str, str], factor: int
) -> None:
    pairs = [pair for pair in _drawn() if factor == 1 or abs(Decimal(pair[0])) < 10**13]
    if kinds[1].endswith("2)"):
        pairs = [(above, f"{Decimal(below):.2f}") for above, below in pairs if Decimal(below) > 1]
    with duckdb.connect() as connection:
        connection.execute("create table pairs (above varchar, below varchar)")
        connection.executemany("insert into pairs values (?, ?)", pairs)
        found = connection.execute(
            f"with typed as (select cast(above as {kinds[0]}) as a, cast(below as {kinds[1]}) as b"
            f" from pairs) select {_expression('a', 'b', factor)} from typed"
        ).fetchall()

    assert [value for (value,) in found] == [
        (Decimal(above) * factor / Decimal(below)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        for above, below in pairs
    ]


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        ("null::decimal(18, 2)", "2::decimal(18, 8)", None),
        ("1::decimal(18, 2)", "null::decimal(18, 8)", None),
        ("1::decimal(18, 2)", "0::decimal(18, 8)", None),
        ("7::bigint", "3::integer", Decimal("2.33")),
        ("cast(7 as hugeint)", "cast(-3 as hugeint)", Decimal("-2.33")),
    ],
)
def test_nothing_is_divided_by_nothing_and_counts_divide_as_amounts(
    numerator: str, denominator: str, expected: Decimal | None
) -> None:
    sql = f"select {_expression(numerator, denominator, 1)}"
    assert duckdb.sql(sql).fetchone() == (expected,)
