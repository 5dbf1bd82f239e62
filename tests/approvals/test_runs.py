"""Run ids: what may reach a path and dbt's variables. Not here: who draws them."""

from datetime import UTC, datetime

import pytest

from approvals.errors import ConfigurationError
from approvals.runs import checked_run_id, new_run_id


def test_new_run_ids_sort_by_time_and_are_accepted() -> None:
    early = new_run_id(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    late = new_run_id(datetime(2026, 1, 2, 3, 4, 6, tzinfo=UTC))

    assert early < late
    assert checked_run_id(late) == late


@pytest.mark.parametrize("run_id", ["", "../x", "A", "{{ 1 }}", "a b", "x" * 65, "a\n"], ids=repr)
def test_run_id_is_refused_when_it_could_hide_a_path_or_code(run_id: str) -> None:
    with pytest.raises(ConfigurationError):
        checked_run_id(run_id)
