"""What the terminal shows for results that are odd: none at all, nothing known.

Not here: whole commands (test_night.py).
"""

from dataclasses import asdict, dataclass
from typing import Any

import pytest

from approvals.cli import show


def test_figures_say_in_a_line_that_there_are_none(capsys: pytest.CaptureFixture[str]) -> None:
    show.figures([], "then", "no approval")

    said = capsys.readouterr().out
    assert said.startswith("there are no published figures")
    assert said.count("\n") == 1


@dataclass
class _Release:
    known_at: str | None
    is_current: bool

    def summary(self) -> dict[str, Any]:
        return asdict(self)


def test_releases_are_listed_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    show.releases([_Release(None, True), _Release("2007-10-15", False)], as_json=False)

    first, second = capsys.readouterr().out.splitlines()[1:]
    assert (first.split(), second.split()) == (["yes"], ["2007-10-15", "no"])


@pytest.mark.parametrize(("number", "said"), [(0, "0 files"), (1, "1 file"), (2, "2 files")])
def test_one_is_counted_as_one(number: int, said: str) -> None:
    assert show.counted(number, "file") == said


def test_result_is_worded_for_people_and_kept_for_machines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    values = {"current_release": None, "build_due": True, "files_loaded": 0}

    show.result(values, as_json=False)
    for_people = capsys.readouterr().out
    show.result(values, as_json=True)

    assert [line.split(maxsplit=1)[1] for line in for_people.splitlines()] == [
        "none yet",
        "yes",
        "0",
    ]
    assert '"current_release": null' in capsys.readouterr().out
