"""What a trace says: a step for each figure and cell of a report, a sum below those that add up."""

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Level:
    """One level below a sum: what it adds up to, and whether that is what stands above it."""

    name: str
    rows: int
    value: str
    """US$, or a count."""
    agrees: bool
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """What was left out of a sum for one reason."""

    reason: str
    rows: int
    amount_usd: str | None
    items: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Sum:
    """The approvals that a cell adds up, and what was left out of it."""

    cells: list[dict[str, Any]]
    """Dimension, member and year that are added up."""
    levels: list[Level]
    item_count: int
    items: list[dict[str, Any]]
    """The approvals with their record and cells, the largest first; cut to what was asked for."""
    excluded: list[Group]


@dataclass(frozen=True, slots=True)
class Values:
    """An operand that is a whole set of rows, such as all members of a year."""

    rows: str
    column_name: str
    values: list[tuple[str, str | None]]
    """What tells each row from the others, and its value."""


@dataclass(frozen=True, slots=True)
class Step:
    """One value, how it is made, and what it is made of."""

    table_name: str
    row_id: str
    key: dict[str, str | None]
    """What tells the row from the others, for people."""
    column_name: str
    value: str | None
    operation: str
    formula: str
    recomputed: str | None
    agrees: bool
    operands: list["Step"] = field(default_factory=list)
    values: list[Values] = field(default_factory=list)
    sum: Sum | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """A whole trace, with the release that it was walked in."""

    release_id: str
    created_at: str
    content_sha256: str
    root: Step

    @property
    def agrees(self) -> bool:
        """Whether every level agrees with the one above it."""
        return _agrees(self.root)

    def as_json(self) -> dict[str, Any]:
        """Return the trace as one JSON object (docs/trace.md lists the keys)."""
        return {**_plain(self), "agrees": self.agrees}


def _plain(value: Any) -> Any:  # noqa: ANN401 - any part of a trace
    """Return the dataclasses in a value as dictionaries; what they hold is not copied."""
    if is_dataclass(value):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, list) and value and is_dataclass(value[0]):
        return [_plain(part) for part in value]
    return value


def _agrees(step: Step) -> bool:
    levels = step.sum.levels if step.sum else []
    return (
        step.agrees
        and all(level.agrees for level in levels)
        and all(_agrees(operand) for operand in step.operands)
    )
