"""What may be said of how members of dimensions are classified (docs/classifications.md).

Each row of `seeds/classifications.csv` is checked by itself, then against the others: no two may
contradict each other, and none may lead to a member that has itself become another one. Whether
the keys exist is `approvals.references`' question.
"""

import re
from collections.abc import Hashable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Annotated, Literal

import pandas as pd
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from approvals.errors import ConfigurationError
from approvals.refused_values import sentences

TABLE = "seeds/classifications.csv"
ATTRIBUTES = {
    "recipient": ("region_id", "name"),
    "region": ("region_id", "name"),
    "sector": ("sector_id", "name"),
    "donor": ("donor_group", "name"),
}
"""What can be said of a member of each dimension."""


def _day(text: str) -> date | None:
    if text and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(f"{text!r} is not a day: write it as YYYY-MM-DD")
    return date.fromisoformat(text) if text else None


Day = Annotated[date | None, BeforeValidator(_day)]
Text = Annotated[str, Field(min_length=1)]


class Classification(BaseModel):
    """One statement: from when to when a member is what, and on which day that was made known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dimension: Literal["recipient", "region", "sector", "donor"]
    member_id: Text
    attribute: str
    value: Text
    valid_from: Day
    valid_to: Day
    known_from: Day
    reason: Text

    @model_validator(mode="after")
    def _possible(self) -> "Classification":
        allowed = ATTRIBUTES[self.dimension]
        if self.attribute not in allowed:
            raise ValueError(f"attribute of a {self.dimension} is one of {', '.join(allowed)}")
        if self.first > self.last:
            raise ValueError("valid_to lies before valid_from: exchange them")
        if self.known > datetime.now(UTC).date():
            raise ValueError(
                f"known_from {self.known} lies ahead: write the day on which it was made known; "
                "what will hold from a later day has that day as its valid_from"
            )
        return self

    @property
    def first(self) -> date:
        """The first day of approval for which it holds."""
        return self.valid_from or date.min

    @property
    def last(self) -> date:
        """The last day of approval for which it holds."""
        return self.valid_to or date.max

    @property
    def bounds(self) -> tuple[date, ...]:
        """The days on which it begins to hold and holds no longer."""
        return (self.first, *((self.last + timedelta(1),) if self.last < date.max else ()))

    @property
    def known(self) -> date:
        """The day on which it was made known."""
        return self.known_from or date.min

    @property
    def member(self) -> tuple[str, str, str]:
        """Of which member what is said."""
        return self.dimension, self.member_id, self.attribute

    @property
    def successor(self) -> tuple[str, str, str]:
        """The region or sector that it names, as a member of which something may be said too."""
        return self.dimension, self.value, self.attribute

    def holds(self, day: date, known: date) -> bool:
        """Return whether it speaks of that day and had been made known."""
        return self.first <= day <= self.last and self.known <= known


def check_classifications(
    own: Mapping[str, tuple[str, pd.DataFrame]], effective: pd.DataFrame
) -> None:
    """Refuse a row of an agency's own file that is impossible by itself or beside the others.

    Args:
        own: path of each own file → the table it belongs to, and its rows.
        effective: the effective table of classifications.

    Raises:
        ConfigurationError: it names file, row and fix.
    """
    for path, (table, rows) in own.items():
        if table != TABLE:
            continue
        said = [_read(path, number, row) for number, row in _numbered(rows)]
        others = [_read(TABLE, number, row) for number, row in _numbered(effective)]
        for number, one in enumerate(said, start=2):
            _refuse_contradiction(f"{path}, row {number}", one, others)
            _refuse_detour(f"{path}, row {number}", one, others)


def _numbered(rows: pd.DataFrame) -> Iterator[tuple[int, dict[Hashable, str]]]:
    return enumerate(rows.to_dict("records"), start=2)


def _read(path: str, number: int, row: dict[Hashable, str]) -> Classification:
    try:
        return Classification.model_validate(row)
    except ValidationError as error:
        raise ConfigurationError(f"{path}, row {number}: {sentences(error)}") from error


def _refuse_contradiction(place: str, one: Classification, others: list[Classification]) -> None:
    """Of two statements that were made known on one day none is the later."""
    for other in others:
        if (
            other != one
            and (other.member, other.known) == (one.member, one.known)
            and max(one.first, other.first) <= min(one.last, other.last)
        ):
            raise ConfigurationError(
                f"{place}: {one.attribute} of {one.member_id} is {one.value!r} and "
                f"{other.value!r} for the same days, made known on the same day: let the days "
                "of one end before the other's begin, or say by known_from which came later"
            )


def _refuse_detour(place: str, one: Classification, others: list[Classification]) -> None:
    """A member must lead straight to what it became."""
    if one.dimension not in ("region", "sector") or one.attribute == "name":
        return
    pairs = [pair for other in others for pair in ((one, other), (other, one))]
    for before, after in pairs:
        if before.successor != after.member:
            continue
        said = [row for row in others if row.member in (before.member, after.member)]
        days = sorted({day for row in said for day in row.bounds})
        for day, known in product(days, sorted({row.known for row in said})):
            last = _last_said(said, before.member, day, known)
            then = _last_said(said, after.member, day, known)
            if (last, then) == (before, after) and after.value != after.member_id:
                raise ConfigurationError(
                    f"{place}: {before.member_id} becomes {before.value}, which becomes "
                    f"{after.value} for {day}: add a row that says what {before.member_id} is "
                    f"from that day on, with known_from {known}"
                )


def _last_said(
    said: list[Classification], member: tuple[str, str, str], day: date, known: date
) -> Classification | None:
    """Return what was last made known of a member for a day."""
    found = [row for row in said if row.member == member and row.holds(day, known)]
    return max(found, key=lambda row: row.known, default=None)
