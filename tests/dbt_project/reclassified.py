"""What is said by chance of how members are classified, as far as a configuration may say it."""

from datetime import date
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from approvals.classifications import TABLE, check_classifications
from approvals.errors import ConfigurationError
from tests.dbt_project.lake_builder import Row

COLUMNS = (
    *("dimension", "member_id", "attribute", "value", "valid_from", "valid_to", "known_from"),
    "reason",
)
ASIA, AFRICA, ARAB = "asia-and-the-pacific", "africa", "arab-states"
VALUES = {
    ("recipient", "IND", "region_id"): (AFRICA, ARAB, ASIA),
    ("recipient", "TCD", "region_id"): (ARAB, AFRICA),
    ("region", AFRICA, "region_id"): (ARAB, AFRICA),
    ("region", ASIA, "region_id"): ("europe-and-central-asia", ASIA),
    ("sector", "employment", "sector_id"): ("social-protection", "employment"),
    ("sector", "social-dialogue", "sector_id"): ("social-protection", "social-dialogue"),
    ("donor", "netherlands", "donor_group"): ("Foundations", "Governments"),
    ("donor", "petrobras", "donor_group"): ("Foundations", "Private sector and foundations"),
}
"""Member → what may be said of it; the last is what it is where nothing is said."""
SPANS = (
    (None, None),
    (date(2005, 12, 10), None),
    (date(2005, 12, 11), date(2006, 3, 10)),
    (None, date(2006, 3, 9)),
    (date(2006, 1, 1), date(2007, 1, 31)),
    (date(2007, 2, 1), None),
)
"""First and last day: on, beside and between those of approval, and such as may be today."""


@st.composite
def statements(draw: st.DrawFn, days: st.SearchStrategy[date]) -> Row:
    """Return one row of the classifications, made known on one of the days or always known."""
    member = draw(st.sampled_from(sorted(VALUES)))
    drawn: tuple[Any, ...] = (
        *(*member, draw(st.sampled_from(VALUES[member])), *draw(st.sampled_from(SPANS))),
        *(draw(st.one_of(days, st.none())), "by chance"),
    )
    return dict(zip(COLUMNS, drawn, strict=True))


def may_be_said(said: list[Row]) -> bool:
    """Return whether a configuration with these rows would be accepted."""
    texts = [{name: str(value or "") for name, value in row.items()} for row in said]
    table = pd.DataFrame(texts, columns=COLUMNS)
    try:
        check_classifications({TABLE: (TABLE, table)}, table)
    except ConfigurationError:
        return False
    return not table.duplicated().any()
