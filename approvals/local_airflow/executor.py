"""An executor without a port: tasks reach Airflow's execution API inside their own supervisor.

`make run` must work where no port may be opened (`unshare -n`, a locked-down build machine) and
should not wait for a web server. Airflow's own Dag processor and triggerer give their children
the API in the same way. Everything else is Airflow's: the scheduler, pools, retries, time-outs,
assets, and one supervised process for each task.
"""

import multiprocessing
from collections.abc import Sequence
from typing import Any

from airflow.executors.base_executor import BaseExecutor
from airflow.executors.workloads import ExecuteTask
from airflow.utils.state import TaskInstanceState

FORK = multiprocessing.get_context("fork")


class InProcessExecutor(BaseExecutor):
    """Runs each task in a forked process that carries its own copy of the execution API."""

    is_local = True

    def start(self) -> None:
        """Build the API application once; every supervisor inherits it by the fork."""
        from airflow.api_fastapi.execution_api.app import InProcessExecutionAPI

        self._api = InProcessExecutionAPI()
        self._api.app  # noqa: B018
        self._supervisors: dict[Any, multiprocessing.process.BaseProcess] = {}

    def _process_workloads(self, workloads: Sequence[Any]) -> None:
        for workload in workloads:
            del self.queued_tasks[workload.key]
            self.running.add(workload.key)
            supervisor = FORK.Process(target=_supervise, args=(workload, self._api))
            supervisor.start()
            self._supervisors[workload.key] = supervisor

    def sync(self) -> None:
        """Tell the scheduler which supervisors have ended, and how."""
        for key, supervisor in list(self._supervisors.items()):
            if supervisor.exitcode is not None:
                del self._supervisors[key]
                ended_well = supervisor.exitcode == 0
                self.change_state(
                    key, TaskInstanceState.SUCCESS if ended_well else TaskInstanceState.FAILED
                )

    def end(self) -> None:
        """Wait for the tasks that still run."""
        for supervisor in self._supervisors.values():
            supervisor.join()
        self.sync()

    def terminate(self) -> None:
        """Stop the tasks that still run."""
        for supervisor in self._supervisors.values():
            supervisor.terminate()
        self.end()


def _supervise(workload: ExecuteTask, api: Any) -> None:
    """Run one task to its end; the task's state goes to the metadata database by the API."""
    from airflow import settings
    from airflow.sdk.api.client import Client
    from airflow.sdk.execution_time.supervisor import supervise_task

    settings.reconfigure_orm()
    client = Client(base_url=None, token="", dry_run=True, transport=api.transport)
    client.base_url = "http://in-process.invalid./"
    supervise_task(
        ti=workload.ti,
        bundle_info=workload.bundle_info,
        dag_rel_path=workload.dag_rel_path,
        token=workload.token,
        log_path=workload.log_path,
        client=client,
    )
