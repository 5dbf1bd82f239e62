"""Ten measures of how near read rows come to the expected ones, as the Pollock benchmark has them.

Success, and precision, recall and F1 of header cells, of whole rows and of all cells; a file's
score is their sum. Cells are compared as text, which is stricter than the benchmark.
"""

from collections import Counter
from collections.abc import Hashable, Sequence

Rows = Sequence[Sequence[str]]


def measures(expected: Rows, read: Rows | None) -> list[float]:
    """Return the ten measures; None stands for a file that could not be read."""
    if read is None:
        return [0.0] * 10
    if not expected:
        return [1.0] * 10
    header = _overlap(expected[0], read[0] if read else [])
    records = _overlap([tuple(row) for row in expected[1:]], [tuple(row) for row in read[1:]])
    cells = _overlap(
        [cell for row in expected for cell in row], [cell for row in read for cell in row]
    )
    return [1.0, *header, *records, *cells]


def row_f1(expected: Rows, read: Rows | None) -> float:
    """Return the F1 of whole rows, the header's too."""
    if read is None:
        return 0.0
    return _overlap([tuple(row) for row in expected], [tuple(row) for row in read])[2]


def _overlap(expected: Sequence[Hashable], read: Sequence[Hashable]) -> tuple[float, float, float]:
    if not expected:
        return 1.0, 1.0, 1.0
    shared = sum((Counter(expected) & Counter(read)).values())
    if not shared:
        return 0.0, 0.0, 0.0
    precision, recall = shared / len(expected), shared / len(read)
    return precision, recall, 2 * precision * recall / (precision + recall)
