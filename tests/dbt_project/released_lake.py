"""One lake with all that two people let out of quarantine, and what it held on a day in between.

Approvals of 2005 stand in a file of which some records wait; those of 2006 wait for rates.
"""

from datetime import date
from typing import Any

from tests.dbt_project.lake_builder import LakeBuilder, Row
from tests.dbt_project.random_lake import Sent
from tests.dbt_project.released import Released, record_all, until


def _approval(**values: Any) -> Row:
    return {"approval_date": date(2005, 3, 15), **values}


FILE = Sent(
    "field",
    date(2006, 6, 8),
    [
        _approval(record_number=2, office_reference="TWICE", amount_original=1000),
        _approval(record_number=4, project_title="Alike", amount_original=10),
        _approval(record_number=6, project_title="Alike", amount_original=20),
    ],
    rejected=[
        {"record_number": 1, "raw_cells": '["?"]'},
        {"record_number": 3, "raw_cells": '["?"]'},
        {"record_number": 5, "raw_cells": '["?"]'},
    ],
)
TWICE, AGAIN, ALIKE = range(3)
"""Places among the rejected records of the file."""
APPROVALS = Sent(
    "field",
    date(2006, 4, 10),
    [
        {"office_reference": "HELD", "amount_original": 100, "currency_code": "EUR"},
        {"office_reference": "MENDED", "amount_original": 100, "currency_code": "CHF"},
    ],
)
RATES = Sent(
    "treasury",
    date(2006, 4, 1),
    [{"currency_code": "CHF", "units_per_usd": 1.25}],
    dataset="rates",
    rejected=[{"raw_cells": '["?"]'}, {"raw_cells": '["?"]'}],
)
AGREEMENTS = Sent(
    "hq", date(2006, 5, 1), [], dataset="agreements", rejected=[{"raw_cells": '["?"]'}]
)
EURO, FRANC = range(2)
"""Places among the rejected records of the rates."""
RELEASED = (
    Released(
        FILE,
        AGAIN,
        _approval(office_reference="AGAIN", amount_original=100),
        date(2007, 2, 1),
        date(2007, 3, 1),
    ),
    Released(FILE, ALIKE, _approval(project_title="Alike", amount_original=15), date(2007, 2, 10)),
    Released(
        FILE, TWICE, _approval(office_reference="TWICE", amount_original=2000), date(2007, 2, 20)
    ),
    Released(
        FILE, AGAIN, _approval(office_reference="AGAIN", amount_original=300), date(2007, 4, 1)
    ),
    Released(
        RATES,
        EURO,
        {"currency_code": "EUR", "units_per_usd": 0.8},
        date(2007, 2, 1),
        date(2007, 3, 1),
        "rates",
    ),
    Released(
        RATES,
        FRANC,
        {"currency_code": "CHF", "units_per_usd": 1.6},
        date(2007, 2, 10),
        date(2007, 3, 10),
        "rates",
    ),
    Released(
        AGREEMENTS,
        0,
        {"agreement_reference": "A1", "start_date": date(2006, 1, 1)},
        date(2007, 2, 5),
        date(2007, 3, 5),
        "agreements",
    ),
    Released(
        RATES,
        EURO,
        {"currency_code": "EUR", "units_per_usd": 0.5},
        date(2007, 4, 1),
        dataset="rates",
    ),
)
THEN, NOW = date(2007, 2, 25), date(2007, 5, 1)


def without_journal(lake: LakeBuilder) -> None:
    """Fill a lake as it was before anything was let out."""
    for file in (FILE, APPROVALS, RATES, AGREEMENTS):
        file.add_to(lake)


def lake_on(lake: LakeBuilder, day: date) -> None:
    """Fill a lake as it was on a day: with the steps that had been taken."""
    without_journal(lake)
    record_all(lake.root, until(day, RELEASED))
