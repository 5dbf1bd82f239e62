"""What the cells of each column usually look like: the evidence for mending a ragged record."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from extract.readers.cell_shapes import is_typed, shape

ENOUGH_ROWS = 8
TYPED_SHARE = 0.9
FEW_VALUES = 12
SHAPES_KEPT = 300
MOST_TOKENS = 1000
LONGEST_TYPED = 60
UNLIKELY, UNUSUAL = 0.0005, 0.05
"""How often a cell is counted that a typed column, or one of few words, has never had."""
MISFIT = math.log(0.02)
"""A typed column's cell that is less likely than this does not belong there."""


@dataclass(frozen=True, slots=True)
class _Column:
    rows: int
    shapes: Counter[str]
    loose: Counter[str]
    new_shapes: int
    """How many shapes were seen once: as many as are still to come, about."""
    starts: Counter[str]
    ends: Counter[str]
    values: Counter[str] | None
    """Only of a column with few distinct values."""
    is_typed: bool
    longest: int

    def most_tokens(self, delimiter: str) -> int:
        """Return how many delimited tokens a cell can hold: typed cells as many as seen."""
        if self.values is not None:
            return max(value.count(delimiter) for value in self.values) + 1
        if self.is_typed:
            return max(pattern.count(delimiter) for pattern in self.shapes) + 1
        return MOST_TOKENS

    def fit(self, cell: str) -> float:
        """Return the logarithm of how likely a cell is in this column."""
        if self.values is not None:
            known, alike = self.values[cell], self.shapes[_shape(cell)]
            unseen = UNLIKELY if self.is_typed else UNUSUAL
            return math.log((0.75 * known + 0.25 * alike + unseen) / (self.rows + 1))
        if self.is_typed:
            exact = self.shapes[_shape(cell)]
            unseen = self.new_shapes * self.loose[_loose(cell)] / self.rows + UNLIKELY
            return math.log((exact or unseen) / (self.rows + 1))
        return (
            _share(self.starts, _kind(cell[:1]), self.rows)
            + _share(self.ends, _kind(cell[-1:]), self.rows)
            + (-3.0 if len(cell) > 3 * self.longest + 10 else 0.0)
            + (-3.0 if is_typed(cell) else 0.0)
            - 1.5 * _seams(cell)
        )


class ColumnProfile:
    """The columns of the regular records of one file."""

    def __init__(self, records: Sequence[Sequence[str]], width: int) -> None:
        """Learn from records of the usual width (others are passed over)."""
        self._regular = [record for record in records if len(record) == width]
        self.width = width

    @cached_property
    def columns(self) -> list[_Column]:
        """What each column looks like, learnt when it is first asked: most files have no need."""
        return [_learn(column) for column in zip(*self._regular, strict=True)]

    @property
    def is_evidence(self) -> bool:
        """Whether enough was seen to mend a record by it."""
        return len(self._regular) >= ENOUGH_ROWS and any(
            column.is_typed or column.values for column in self.columns
        )

    def fits(self, cells: Sequence[str], shift: int = 0) -> list[float]:
        """Return how well each cell fits the column at its position plus a shift."""
        return [
            self.columns[position + shift].fit(cell)
            for position, cell in enumerate(cells)
            if 0 <= position + shift < self.width
        ]

    def total(self, cells: Sequence[str]) -> float:
        """Return how well a whole record of the usual width fits."""
        return sum(self.fits(cells))

    def accepts(self, cells: Sequence[str]) -> bool:
        """Tell whether every cell of a typed column looks like that column."""
        return len(cells) == len(self.columns) and all(
            column.fit(cell) >= MISFIT or column.fit(cell) >= column.fit("") - 0.5 > MISFIT
            for column, cell in zip(self.columns, cells, strict=True)
            if column.is_typed
        )


def _learn(cells: Sequence[str]) -> _Column:
    filled = [cell for cell in cells if cell.strip()]
    values = Counter(cells)
    typed = bool(filled) and sum(map(is_typed, filled)) >= TYPED_SHARE * len(filled)
    shapes = Counter(map(_shape, cells))
    usual, often = shapes.most_common(1)[0]
    same = "9" in usual and often >= TYPED_SHARE * len(cells)
    few = len(values) <= FEW_VALUES and len(values) * 4 <= len(cells)
    return _Column(
        rows=len(cells),
        loose=Counter(map(_loose, cells)),
        shapes=Counter(dict(shapes.most_common(SHAPES_KEPT))),
        new_shapes=sum(count == 1 for count in shapes.values()),
        starts=Counter(_kind(cell[:1]) for cell in cells),
        ends=Counter(_kind(cell[-1:]) for cell in cells),
        values=values if few else None,
        is_typed=typed or same,
        longest=max(map(len, cells), default=0),
    )


def _shape(cell: str) -> str:
    return shape(cell) if len(cell) <= LONGEST_TYPED else "long"


def _loose(cell: str) -> str:
    """Return the shape with runs of digits and of letters as one sign."""
    return re.sub(r"(.)\1+", r"\1", _shape(cell))


def _kind(character: str) -> str:
    if not character or character.isspace():
        return character and " "
    if character.isdigit():
        return "9"
    if character.isalpha():
        return "a" if character.islower() else "A"
    return character


def _share(counts: Counter[str], kind: str, rows: int) -> float:
    return math.log((counts[kind] + 0.1) / (rows + 1))


def _seams(cell: str) -> int:
    """Count the places where two texts seem glued: a small letter or full stop, then a capital."""
    return sum(
        1
        for before, after in pairwise(cell)
        if after.isupper() and (before.islower() or before in ".!?)")
    )
