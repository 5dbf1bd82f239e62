"""Reads damaged copies of every file of tests/data through the reader that its bytes choose.

A copy is read, or refused with a reason; anything else is a finding, and so are more than
`SECONDS_LIMIT` for one file or a growth of this process past `MEMORY_LIMIT`.
"""

import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from extract.errors import RefusedFileError
from extract.readers import RawTable, read_table, reader_for
from tests.fuzz.mutations import mutated

DATA = Path(__file__).parents[1] / "data"
SECONDS_LIMIT = 60.0
MEMORY_LIMIT = 3 << 29
"""1.5 GiB."""


@dataclass(slots=True)
class Findings:
    """What a fuzz run saw."""

    runs: int = 0
    read: int = 0
    refused: int = 0
    slowest_seconds: float = 0.0
    slowest: str = ""
    problems: list[str] = field(default_factory=list)


def corpus() -> list[Path]:
    """Return every data file, whatever its format."""
    return sorted(p for p in DATA.rglob("*") if p.is_file() and p.name != "README.csv")


def fuzz(seconds: float, seed: int, folder: Path) -> Findings:
    """Damage and read files for some seconds; keep what was found as files in a folder."""
    random, findings = Random(seed), Findings()  # noqa: S311 - damage, no secret
    end = time.monotonic() + seconds
    for path in _endless(corpus(), random):
        if time.monotonic() > end:
            return findings
        target = folder / "damaged"
        target.write_bytes(mutated(path.read_bytes(), random))
        problem = _try(target, path.name, findings)
        if problem:
            kept = target.replace(folder / f"finding-{len(findings.problems)}-{path.name}")
            findings.problems.append(f"{path.name}: {problem} ({kept})")
    return findings


def _endless(paths: list[Path], random: Random) -> Iterator[Path]:
    while paths:
        yield random.choice(paths)


def _try(target: Path, name: str, findings: Findings) -> str | None:
    """Read one file; return what is wrong with how it went."""
    started = time.monotonic()
    findings.runs += 1
    try:
        tables = reader_for(target).read(target, None)
        read_table(target)
        findings.read += 1
    except RefusedFileError:
        findings.refused += 1
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
        return f"{type(error).__name__}: {error}"
    else:
        if not all(isinstance(table, RawTable) for table in tables):
            return "no RawTable"
    seconds = time.monotonic() - started
    if seconds > findings.slowest_seconds:
        findings.slowest_seconds, findings.slowest = seconds, name
    if seconds > SECONDS_LIMIT:
        return f"{seconds:.0f} seconds"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    return f"{peak >> 20} MiB" if peak > MEMORY_LIMIT else None
