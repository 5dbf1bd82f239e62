"""One night in one process: the real scheduler runs the three Dags through their assets, once.

Imported after `prepare_home`: it imports Airflow.
"""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Final

from airflow.jobs.job import Job, run_job
from airflow.jobs.scheduler_job_runner import SchedulerJobRunner

from approvals.local_airflow import metadata
from approvals.local_airflow.executor import InProcessExecutor
from approvals.local_airflow.home import AirflowHome
from approvals.local_airflow.outcome import NightFailedError, describe, failure, waiting

Tell = Callable[[str], None]

LOOK_SECONDS: Final = 0.7
"""Between two looks at the metadata database; the scheduler's loop comes round more often."""
PRELOADED: Final = ("extract", "expectations", "publish", "great_expectations")
"""Imported once, before tasks are forked: each of them would spend one to three seconds on it."""


class Watch:
    """Tells what ended since it looked last, and knows when the night is over."""

    def __init__(self, newest_before: int, logs: Path, tell: Tell) -> None:
        self._newest_before = newest_before
        self._logs = logs
        self._tell = tell
        self._told: set[tuple[str, str, str, int]] = set()
        self.is_waiting = False
        """Whether a task waits for a person; there is nobody to ask without the web interface."""

    def look(self) -> bool:
        """Tell about the tasks that ended; return whether the night is over."""
        is_over = metadata.is_night_over(self._newest_before)
        outcomes = metadata.task_outcomes(self._newest_before)
        self.is_waiting = any(outcome.is_waiting for outcome in outcomes)
        for outcome in outcomes:
            identity = (outcome.name, outcome.run_id, outcome.state, outcome.try_number)
            if outcome.has_ended and identity not in self._told:
                self._told.add(identity)
                self._tell(describe(outcome, self._logs))
        return is_over

    def judge(self) -> None:
        """Return if the night is over and all three Dags are green.

        Raises:
            NightFailedError: a task failed or waits for a person, or the night is not over.
        """
        for outcome in metadata.task_outcomes(self._newest_before):
            if outcome.has_failed:
                raise failure(outcome, self._logs)
            if outcome.is_waiting:
                raise waiting(outcome, self._logs)
        if not metadata.is_night_over(self._newest_before):
            raise NightFailedError(f"the night was stopped or took too long; see {self._logs}")


def run_night(home: AirflowHome, seconds: float, tell: Tell) -> None:
    """Run the three Dags once in this process and wait for them.

    Args:
        home: A prepared home that no other scheduler uses.
        seconds: How long the night may take, retries included.
        tell: Receives one line for each task that ended.

    Raises:
        DagImportError: a Dag file cannot be imported.
        NightFailedError: a task failed, or the night did not end in time.
    """
    deadline = time.monotonic() + seconds
    metadata.prepare_database()
    metadata.end_leftovers()
    newest_before = metadata.start_night(f"{datetime.now(UTC):%Y-%m-%d}")
    watch = Watch(newest_before, home.logs, tell)
    for module in PRELOADED:
        import_module(module)
    executor = InProcessExecutor(len(os.sched_getaffinity(0)))
    runner = SchedulerJobRunner(Job(), executors=[executor])

    next_look = 0.0

    def stop_when_over() -> None:
        nonlocal next_look
        if (now := time.monotonic()) >= next_look:
            next_look = now + LOOK_SECONDS
            if watch.look() or watch.is_waiting or now > deadline:
                runner.num_runs = 1

    executor.on_heartbeat = stop_when_over
    run_job(runner.job, execute_callable=runner._execute)
    watch.judge()
