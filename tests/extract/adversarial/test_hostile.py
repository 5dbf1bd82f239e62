"""Exports that attack the machine: refused or read within 60 s and 1.5 GiB; the night goes on.

Not here: cut files (test_adversarial.py), the drop folder itself (links, pipes: test_load.py).
"""

import resource
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.extract.adversarial.case import Case
from tests.extract.adversarial.hostile import CASES, OUTSIDE
from tests.extract.adversarial.night import load_night
from tests.extract.adversarial.verdict import complaints

SECONDS_AT_MOST = 60
KIBIBYTES_AT_MOST = 1536 * 1024


@pytest.mark.parametrize("case", CASES, ids=[case.case_id for case in CASES])
def test_attack_is_refused_or_read_in_time_and_memory(case: Case, tmp_path: Path) -> None:
    built = replace(case, content=case.bytes())
    started = time.monotonic()

    outcome = load_night([built], tmp_path)[case.case_id]

    found = complaints(case, outcome)
    seconds = time.monotonic() - started
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if seconds > SECONDS_AT_MOST:
        found.append(f"took {seconds:.0f} s")
    if children > KIBIBYTES_AT_MOST:
        found.append(f"a child process took {children >> 10} MiB")
    assert not found, f"{case.nasty}\n" + "\n".join(found)


def test_no_attack_wrote_outside_its_folder() -> None:
    assert not Path(OUTSIDE).exists()
