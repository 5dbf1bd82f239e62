"""An executor without a port: tasks reach Airflow's execution API inside their own supervisor.

`make run` must work where no port may be opened (`unshare -n`, a locked-down build machine) and
should not wait for a web server. Airflow's own Dag processor and triggerer give their children
the API in the same way. Everything else is Airflow's: the scheduler, pools, retries, time-outs,
assets, and one supervised process for each task.
"""

import asyncio
import multiprocessing
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

import httpx
from airflow import settings
from airflow.api_fastapi.execution_api.app import InProcessExecutionAPI
from airflow.executors.base_executor import BaseExecutor
from airflow.executors.workloads import ExecuteTask
from airflow.sdk.api.client import Client
from airflow.sdk.execution_time.supervisor import supervise_task
from airflow.utils.state import TaskInstanceState

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from airflow.sdk.api.datamodels._generated import TaskInstance

ADDRESS = "http://in-process.invalid./"
"""Never resolved: requests to it are handed to the application in this process."""
FORK = multiprocessing.get_context("fork")


class InProcessExecutor(BaseExecutor):
    """Runs each task in a forked process that carries its own copy of the execution API."""

    is_local = True

    on_heartbeat: Callable[[], None] = staticmethod(lambda: None)
    """Called after each look at the tasks; the night's watch hangs here."""

    def heartbeat(self) -> None:
        """Start what waits, collect what ended, then call whoever watches."""
        super().heartbeat()
        self.on_heartbeat()

    def start(self) -> None:
        """Build the API application once; every supervisor inherits it by the fork."""
        self._api = InProcessExecutionAPI()
        asyncio.run(_answer_once(self._api))
        self._supervisors: dict[Any, BaseProcess] = {}

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


async def _answer_once(api: InProcessExecutionAPI) -> None:
    """Have the application build its routes, 4 s of work that each task would do again."""
    async with httpx.AsyncClient(transport=api.atransport, base_url=ADDRESS) as client:
        await client.get("/")


def _supervise(workload: ExecuteTask, api: InProcessExecutionAPI) -> None:
    """Run one task to its end; the task's state goes to the metadata database by the API."""
    settings.reconfigure_orm()
    client = Client(base_url=None, token="", dry_run=True, transport=api.transport)
    client.base_url = ADDRESS
    supervise_task(
        ti=cast("TaskInstance", workload.ti),
        bundle_info=workload.bundle_info,
        dag_rel_path=workload.dag_rel_path,
        token=workload.token,
        log_path=workload.log_path,
        client=client,
    )
