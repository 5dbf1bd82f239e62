"""A few seconds of fuzzing; a longer run is `python -m tests.fuzz --seconds 60`."""

from pathlib import Path

from tests.fuzz.target import fuzz


def test_damaged_copies_of_the_corpus_are_read_or_refused(tmp_path: Path) -> None:
    findings = fuzz(seconds=4.0, seed=2006, folder=tmp_path)

    assert findings.problems == []
    assert findings.read
    assert findings.refused
