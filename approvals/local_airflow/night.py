"""One night in one process: the real scheduler runs the three Dags through their assets, once.

Imported after `prepare_home`: it imports Airflow.
"""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

from airflow.jobs.job import Job, run_job
from airflow.jobs.scheduler_job_runner import SchedulerJobRunner

from approvals.local_airflow import metadata
from approvals.local_airflow.executor import InProcessExecutor
from approvals.local_airflow.home import AirflowHome
from approvals.local_airflow.outcome import NightFailedError, describe, failure

Tell = Callable[[str], None]


class _Watch:
    """Looks at the night on each heartbeat of the executor; tells what ended, stops at the end."""

    def __init__(self, newest_before: int, seconds: float, tell: Tell) -> None:
        self._newest_before = newest_before
        self._deadline = time.monotonic() + seconds
        self._tell = tell
        self._told: set[tuple[str, str, str, int]] = set()
        self.runner: SchedulerJobRunner | None = None

    def __call__(self) -> None:
        """Tell about the tasks that have ended, and let the scheduler's loop be its last one."""
        for outcome in metadata.task_outcomes(self._newest_before):
            identity = (outcome.name, outcome.run_id, outcome.state, outcome.try_number)
            if outcome.has_ended and identity not in self._told:
                self._told.add(identity)
                self._tell(describe(outcome))
        is_late = time.monotonic() > self._deadline
        if self.runner and (is_late or metadata.is_night_over(self._newest_before)):
            self.runner.num_runs = 1


def run_night(home: AirflowHome, seconds: float, tell: Tell) -> None:
    """Run the three Dags once and wait for them.

    Args:
        home: A prepared home that no other scheduler uses.
        seconds: How long the night may take, retries included.
        tell: Receives one line for each task that ended.

    Raises:
        DagImportError: a Dag file cannot be imported.
        NightFailedError: a task failed, or the night did not end in time.
    """
    metadata.prepare_database()
    metadata.end_leftovers()
    newest_before = metadata.start_night(f"{datetime.now(UTC):%Y-%m-%d}")
    watch = _Watch(newest_before, seconds, tell)
    executor = InProcessExecutor(len(os.sched_getaffinity(0)), watch)
    watch.runner = SchedulerJobRunner(Job(), executors=[executor])
    run_job(watch.runner.job, execute_callable=watch.runner._execute)
    for outcome in metadata.task_outcomes(newest_before):
        if outcome.has_failed:
            raise failure(outcome, home.logs)
    if not metadata.is_night_over(newest_before):
        raise NightFailedError(
            f"the night did not end within {seconds:.0f} s or was stopped; see {home.logs}"
        )
