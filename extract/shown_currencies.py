"""Currencies that only the number formats of a workbook's cells show: `[$€-407] #,##0.00`.

A format is weaker than what a cell or a header states: it counts where nothing else is stated, and
where it shows another currency the row is warned about. Files without formats pay nothing.
"""

import duckdb

from extract.mapping import AMOUNTS
from extract.readings import AMOUNT, USD_FIELD, Readings, of_formats
from extract.values.currencies import Currencies

SHOWN = f"{AMOUNT}_shown"
USD_SHOWN = f"{USD_FIELD}_shown"


def shown_fields(columns: frozenset[str]) -> list[str]:
    """Return those columns of the relation `fields` that hold what formats show."""
    return [f"{name}_shown" for name in AMOUNTS if f"{name}_shown" in columns]


def shown_readings(
    connection: duckdb.DuckDBPyConnection, columns: frozenset[str], currencies: Currencies
) -> list[Readings]:
    """Return what the formats' texts mean, for each amount that has some."""
    texts = {
        name: [
            row[0]
            for row in connection.execute(
                f"select distinct {name} from fields where {name} is not null order by all"
            ).fetchall()
        ]
        for name in shown_fields(columns)
    }
    return of_formats(texts, currencies)


def differs(columns: frozenset[str], stated: str) -> str:
    """Return SQL for: a format shows another currency than the amount has; `false` without any.

    Args:
        columns: the columns of the relation `fields`.
        stated: SQL for the currency of the row.
    """
    tests = [
        f"coalesce(read_{name}.value <> {code}, "
        f"not list_contains(read_{name}.candidates, {code}), false)"
        for name, code in ((SHOWN, stated), (USD_SHOWN, "'USD'"))
        if name in columns
    ]
    return " or ".join(tests) or "false"
