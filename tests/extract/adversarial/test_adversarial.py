"""Any export a field office can send: read right, or refused with a reason.

One night for each theme of this folder, undeclared but where a case names an office; each case
then judges what became of its file. Not here: files that attack the machine (test_hostile.py), and
values and layouts one by one (tests/extract/).
"""

from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from tests.extract.adversarial import (
    archives,
    currencies,
    damage,
    dates,
    dialects,
    encodings,
    formats,
    header_columns,
    headers,
    iati,
    labels,
    layouts,
    markup,
    mixtures,
    mixtures_in_workbooks,
    number_columns,
    numbers,
    offices,
    sheets,
    structured,
    totals,
    unit_places,
    workbooks,
)
from tests.extract.adversarial.case import Case
from tests.extract.adversarial.night import Outcome, load_night
from tests.extract.adversarial.verdict import complaints

THEMES = (
    archives,
    currencies,
    damage,
    dates,
    dialects,
    encodings,
    formats,
    header_columns,
    headers,
    iati,
    labels,
    layouts,
    markup,
    mixtures,
    mixtures_in_workbooks,
    numbers,
    number_columns,
    offices,
    sheets,
    structured,
    totals,
    unit_places,
    workbooks,
)
CASES = [(theme, case) for theme in THEMES for case in theme.CASES]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Callable[[ModuleType], dict[str, Outcome]]:
    """Return a function that loads the cases of a theme, once, and says what became of each."""

    @cache
    def load(theme: ModuleType) -> dict[str, Outcome]:
        return load_night(theme.CASES, tmp_path_factory.mktemp("night"))

    return load


@pytest.mark.parametrize(("theme", "case"), CASES, ids=[case.case_id for _, case in CASES])
def test_export_is_read_right_or_refused_with_a_reason(
    theme: ModuleType, case: Case, nights: Callable[[ModuleType], dict[str, Outcome]]
) -> None:
    found = complaints(case, nights(theme)[case.case_id])

    assert not found, f"{case.nasty}\n" + "\n".join(found)


def test_night_goes_on_when_its_first_table_is_a_part_of_a_sheet(tmp_path: Path) -> None:
    cases = {case.case_id: case for _, case in CASES}
    night = [cases["dialect-sep-semicolon"], cases["total-by-donor"]]

    outcomes = load_night(night, tmp_path, threads=1)

    found = [line for case in night for line in complaints(case, outcomes[case.case_id])]
    assert not found


def test_every_case_has_an_id_and_bytes_of_its_own() -> None:
    ids = Counter(case.case_id for _, case in CASES)
    contents = Counter(case.bytes() for _, case in CASES)

    assert [name for name, count in ids.items() if count > 1] == []
    assert [content[:80] for content, count in contents.items() if count > 1] == []
