"""The metadata database: schema, pool, Dags; and what a night left in it.

Imported after `prepare_home`, never before: it imports Airflow.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from airflow.dag_processing.bundles.manager import DagBundlesManager
from airflow.dag_processing.dagbag import BundleDagBag, sync_bag_to_db
from airflow.models.dag import DagModel
from airflow.models.dagrun import DagRun
from airflow.models.pool import Pool
from airflow.models.taskinstance import TaskInstance
from airflow.utils import db
from airflow.utils.session import create_session
from airflow.utils.state import State
from sqlalchemy import select

from approvals.errors import ApprovalsError

FIRST_DAG = "load_field_offices"
DAG_CHAIN = (FIRST_DAG, "build_marts", "publish_reports")


class DagImportError(ApprovalsError):
    """A Dag file cannot be imported; the message names the file and the error."""


@dataclass(frozen=True, slots=True)
class TaskOutcome:
    """One task instance as the metadata database holds it."""

    dag_id: str
    run_id: str
    task_id: str
    map_index: int
    label: str
    state: str | None
    try_number: int
    seconds: float | None

    @property
    def name(self) -> str:
        """Dag, task and, for a mapped task, its label."""
        return f"{self.dag_id}.{self.task_id}" + (f" [{self.label}]" if self.label else "")


def prepare_database() -> None:
    """Create or migrate the schema if need be, and the pool that the Dags name."""
    from airflow import settings as airflow_settings
    from dag_policy import DUCKDB_WRITER

    ...
