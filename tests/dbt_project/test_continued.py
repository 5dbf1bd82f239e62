"""A build that goes on from an earlier one ends with what a build of everything says.

Offices, treasury and people do what Hypothesis decides (test_history_stateful.py); what they did
comes to the lake in nights, each of which goes on from the night before. A longer run:
`HISTORY_EXAMPLES=300 pytest <this file>`.
"""

from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

import pytest
from hypothesis.stateful import run_state_machine_as_test

from approvals.basis import read_built
from approvals.build import Candidate, build_candidate
from tests.dbt_project.lake_builder import LakeBuilder
from tests.dbt_project.random_lake import Sent, random_files
from tests.dbt_project.released import Released, until
from tests.dbt_project.replay import ASKED, Replay
from tests.dbt_project.test_history_stateful import CHANCE, History
from tests.dbt_project.warehouse import Warehouse, rows

NIGHTS = 4
TABLES = """
    select table_schema || '.' || table_name from information_schema.tables
    where table_schema in ('marts', 'quality') order by 1
"""


class Nights(History):
    """What comes to the lake in nights, beside a warehouse that builds everything at the end."""

    whole: ClassVar[Replay]
    in_nights: ClassVar[Replay]

    def teardown(self) -> None:
        """Compare what went on from night to night with what was made at once."""
        if not self.files:  # a run that ended before its first step
            return
        for night in range(1, NIGHTS + 1):
            files, released = self._arrived(night / NIGHTS)
            if night == 1:
                self.in_nights.load(files, released, self.said)
            else:
                self.in_nights.go_on(files, released)
        self.whole.load(self.files, self.released, self.said)
        for table in ASKED:
            query = f"from marts.{table} order by all"
            assert self.in_nights.rows(query) == self.whole.rows(query), table

    def _arrived(self, part: float) -> tuple[list[Sent], list[Released]]:
        """Return the first part of files and decisions, with the files of what was decided on."""
        steps = sorted(
            step for one in self.released for step in (one.approved_on, one.ended_on) if step
        )
        taken = int(len(steps) * part)
        released = until(steps[taken - 1], self.released) if taken else []
        files = self.files[: max(1, int(len(self.files) * part))]
        decided_on = {id(one.file): one.file for one in released if one.file not in files}
        return [*files, *decided_on.values()], released


R1, R2 = ({"office_reference": name, "amount_original": 100} for name in ("R1", "R2"))
TWINS = Sent("field", date(2007, 1, 5), [R1, R2])
RATES = Sent(
    "treasury", date(2007, 6, 30), [], dataset="rates", rejected=[{"raw_cells": '["EUR", "?"]'}]
)
RATE = Released(
    RATES, 0, {"currency_code": "EUR", "units_per_usd": 2}, date(2007, 2, 1), None, "rates"
)
SCENARIOS: dict[str, tuple[list[Sent], list[Released], list[Sent], list[Released]]] = {
    "an unreadable record between an export and one of a year that lacks it": (
        [
            Sent("hq", date(2007, 1, 5), [R1], coverage="cumulative"),
            Sent("hq", date(2007, 1, 19), [], coverage="cumulative", year=2006),
        ],
        [],
        [Sent("hq", date(2007, 1, 12), [], rejected=[{"raw_cells": '["R1"]'}])],
        [],
    ),
    "an export of a year after a file in which the approval is unreadable": (
        [
            Sent("hq", date(2007, 1, 5), [R1], coverage="cumulative", year=2006),
            Sent("hq", date(2007, 1, 12), [], year=2007, rejected=[{"raw_cells": '["R1"]'}]),
        ],
        [],
        [Sent("hq", date(2007, 1, 19), [], coverage="cumulative", year=2007)],
        [],
    ),
    "the first of two alike is stated otherwise": (
        [TWINS],
        [],
        [Sent("field", date(2007, 1, 12), [R1 | {"amount_original": 200}])],
        [],
    ),
    "the second of two alike is stated otherwise": (
        [TWINS],
        [],
        [Sent("field", date(2007, 1, 12), [R2 | {"amount_original": 200}])],
        [],
    ),
    "the release of a rate ends before the day of its file": (
        [TWINS, RATES],
        [RATE],
        [],
        [replace(RATE, ended_on=date(2007, 3, 1))],
    ),
}
"""What came in a first night, and files and decisions of the second that say it otherwise; too
seldom to be left to chance. Decisions of the second are all that there are."""


@pytest.fixture(scope="module")
def nights(warehouse: Warehouse) -> list[Candidate]:
    """Return builds of a lake of chance to which files come: of two parts, and anew."""
    files = random_files(1)
    half = len(files) // 2
    first = warehouse.build("night-1", lambda lake: _add(lake, files[::-1][:half]))
    _add(LakeBuilder(warehouse.settings.lake), files[::-1][half:])
    going_on = warehouse.settings.model_copy(update={"go_on_from_mb": 0})
    second = build_candidate(going_on, warehouse.configuration, "night-2")
    anew = warehouse.settings.model_copy(update={"full_refresh": True})
    return [first, second, build_candidate(anew, warehouse.configuration, "night-3")]


def _basis_of(candidate: Candidate) -> str | None:
    built = read_built(candidate.folder)
    assert built
    return built.goes_on_from


def _add(lake: LakeBuilder, files: list[Sent]) -> None:
    for file in files:
        file.add_to(lake)


def test_a_build_goes_on_and_ends_with_what_a_build_of_everything_says(
    nights: list[Candidate],
) -> None:
    first, second, anew = nights

    assert _basis_of(second) == first.run_id
    assert _basis_of(anew) is None
    tables = rows(anew.database, TABLES)
    assert tables == rows(second.database, TABLES)
    for table in tables:
        query = f"from {table} order by all"
        assert rows(second.database, query) == rows(anew.database, query), table


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_file_changes_what_it_does_not_hold(
    warehouse: Warehouse, nights: list[Candidate], scenario: str
) -> None:
    _, second, anew = nights
    lake = warehouse.settings.lake
    whole, in_nights = Replay(anew, lake), Replay(anew, lake, second)
    files, released, more_files, all_released = SCENARIOS[scenario]
    in_nights.load(files, released)
    of_first = _asked(in_nights)

    in_nights.go_on([*files, *more_files], all_released)

    whole.load([*files, *more_files], all_released)
    assert _asked(whole) != of_first
    assert _asked(in_nights) == _asked(whole)
    assert all(_asked(whole)[table] for table in ("fct_approval_versions", "lineage_records"))


def _asked(replay: Replay) -> dict[str, list[tuple[Any, ...]]]:
    return {table: replay.rows(f"from marts.{table} order by all") for table in ASKED}


def test_whatever_comes_in_nights_ends_as_what_comes_at_once(
    warehouse: Warehouse, nights: list[Candidate]
) -> None:
    _, second, anew = nights
    lake = warehouse.settings.lake
    Nights.whole, Nights.in_nights = Replay(anew, lake), Replay(anew, lake, second)

    run_state_machine_as_test(Nights, settings=CHANCE)
