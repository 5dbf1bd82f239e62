"""`python -m benchmarks.polluted`: how well damaged text files are read, kind by kind.

Our own files in the manner of the Pollock benchmark, with its ten measures (0 to 10 for a file) and
weights like its own: simple mean, weighted mean, and F1 of whole rows.
"""

import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from extract.errors import RefusedFileError
from extract.readers import read_table
from tests.extract.readers.more_pollutions import dialect_pollutions, survey_pollutions
from tests.extract.readers.pollutions import (
    Polluted,
    approvals_table,
    file_pollutions,
    row_pollutions,
    shop_table,
)
from tests.extract.readers.scores import measures, row_f1


def main() -> None:
    """Print the scores of each table's files and the kinds that lose points."""
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in (("shop", shop_table()), ("approvals", approvals_table())):
            files = [*file_pollutions(rows), *row_pollutions(rows)]
            _report(name, files, Path(folder) / "polluted.csv")
            more = [*survey_pollutions(rows), *dialect_pollutions(rows)]
            _report(f"{name}, further kinds", more, Path(folder) / "polluted.csv")


def _report(name: str, files: list[Polluted], path: Path) -> None:
    total = weighted = weights = whole = 0.0
    kinds: dict[str, list[float]] = defaultdict(list)
    for polluted in files:
        table = _read(path, polluted)
        score = sum(measures(polluted.rows, table))
        total, weighted = total + score, weighted + score * polluted.weight
        weights += polluted.weight
        whole += row_f1(polluted.rows, table) if polluted.rows else 1.0
        kinds["_".join(part for part in polluted.name.split("_") if not part.isdigit())].append(
            score
        )
    count = len(files)
    _say(
        f"{name}: {count} files, simple {total / count:.4f}, weighted {weighted / weights:.4f}, "
        f"whole-row F1 {whole / count:.4f}"
    )
    for kind, scores in kinds.items():
        lost = [score for score in scores if score < 9.9999]
        if lost:
            mean = sum(scores) / len(scores)
            _say(f"  {kind}: {len(lost)} of {len(scores)} not perfect, mean {mean:.4f}")


def _read(path: Path, polluted: Polluted) -> list[list[str]] | None:
    path.write_bytes(polluted.content)
    try:
        return read_table(path).rows
    except RefusedFileError:
        return None


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
