"""The metadata database: its schema, pools and Dags, and what a night left in it.

Imported after `prepare_home`, never before: it imports Airflow.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from airflow.api.common.mark_tasks import set_dag_run_state_to_failed
from airflow.api.common.trigger_dag import trigger_dag
from airflow.dag_processing.bundles.manager import DagBundlesManager
from airflow.dag_processing.dagbag import BundleDagBag, sync_bag_to_db
from airflow.models.asset import AssetPartitionDagRun
from airflow.models.dag import DagModel
from airflow.models.dagbag import DBDagBag
from airflow.models.dagrun import DagRun
from airflow.models.pool import Pool
from airflow.models.taskinstance import TaskInstance
from airflow.utils import db
from airflow.utils.session import create_session
from airflow.utils.state import DagRunState
from airflow.utils.types import DagRunTriggeredByType
from sqlalchemy import func, select

from approvals.errors import ApprovalsError
from approvals.local_airflow.outcome import TaskOutcome

FIRST_DAG: Final = "load_field_offices"
CHAIN: Final = (FIRST_DAG, "build_marts", "publish_reports")
UNFINISHED: Final = (DagRunState.QUEUED, DagRunState.RUNNING)


class DagImportError(ApprovalsError):
    """A Dag file cannot be imported; the message names the file and the error."""


def prepare_database() -> None:
    """Bring the schema up to date and write the Dags and the pools that they name.

    Raises:
        DagImportError: a Dag file cannot be imported.
    """
    with db._configured_alembic_environment() as environment:
        present = set(environment.get_context().get_current_heads())
        wanted = set(environment.script.get_heads())
    if present != wanted:
        db.upgradedb()
    bundles = DagBundlesManager()
    bundles.sync_bundles_to_db()
    for bundle in bundles.get_all_dag_bundles():
        bundle.initialize()
        bag = BundleDagBag(bundle.path, bundle_path=bundle.path, bundle_name=bundle.name)
        for file, trace in bag.import_errors.items():
            raise DagImportError(f"{file}: {trace.strip().splitlines()[-1]}")
        sync_bag_to_db(bag, bundle.name, None)
        for pool in {task.pool for dag in bag.dags.values() for task in dag.tasks}:
            if pool != Pool.DEFAULT_POOL_NAME:
                Pool.create_or_update_pool(pool, 1, "Writers of a DuckDB file.", False)


def end_leftovers() -> None:
    """Fail the runs that a killed process left behind; they would hold the Dags' only run slot.

    Airflow would find them by itself after five minutes without a heartbeat. Sound only while no
    other scheduler uses the database.
    """
    bag = DBDagBag()
    with create_session() as session:
        for run in session.scalars(
            select(DagRun).where(DagRun.dag_id.in_(CHAIN), DagRun.state.in_(UNFINISHED))
        ).all():
            if dag := bag.get_latest_version_of_dag(run.dag_id, session=session):
                set_dag_run_state_to_failed(
                    dag=dag, run_id=run.run_id, commit=True, session=session
                )


def start_night(load_day: str) -> int:
    """Make sure that the first Dag runs: by its schedule if that is due, else by hand.

    Returns:
        The id of the newest Dag run before this night, to tell this night's runs from it.
    """
    with create_session() as session:
        newest = session.scalar(select(func.max(DagRun.id))) or 0
        model = session.scalar(select(DagModel).where(DagModel.dag_id == FIRST_DAG))
        due_at = model.next_dagrun_create_after if model else None
    if due_at is None or due_at > datetime.now(UTC):
        trigger_dag(FIRST_DAG, triggered_by=DagRunTriggeredByType.CLI, partition_key=load_day)
    return newest


def is_night_over(newest_before: int) -> bool:
    """Say whether this night's runs have ended and no asset event waits to start another."""
    with create_session() as session:
        ended = session.scalars(
            select(DagRun.state).where(DagRun.id > newest_before, DagRun.dag_id.in_(CHAIN))
        ).all()
        waiting = session.scalar(
            select(func.count(AssetPartitionDagRun.id)).where(
                AssetPartitionDagRun.created_dag_run_id.is_(None)
            )
        )
    return bool(ended) and not waiting and not any(state in UNFINISHED for state in ended)


def task_outcomes(newest_before: int) -> Sequence[TaskOutcome]:
    """Return this night's task instances that have a state, in the order they ended."""
    with create_session() as session:
        rows = session.execute(
            select(TaskInstance, DagRun.run_id)
            .join(DagRun, TaskInstance.run_id == DagRun.run_id)
            .where(DagRun.id > newest_before, TaskInstance.dag_id == DagRun.dag_id)
            .where(DagRun.dag_id.in_(CHAIN), TaskInstance.state.is_not(None))
            .order_by(TaskInstance.end_date.is_(None), TaskInstance.end_date)
        ).all()
        return [_outcome(instance) for instance, _ in rows]


def _outcome(instance: TaskInstance) -> TaskOutcome:
    mapped = f"map_index={instance.map_index}" if instance.map_index >= 0 else ""
    return TaskOutcome(
        dag_id=instance.dag_id,
        run_id=instance.run_id,
        task_id=instance.task_id,
        label=str(instance.rendered_map_index or "") if mapped else "",
        state=str(instance.state),
        try_number=instance.try_number,
        seconds=instance.duration or 0.0,
        log=Path(
            f"dag_id={instance.dag_id}",
            f"run_id={instance.run_id}",
            f"task_id={instance.task_id}",
            mapped,
            f"attempt={instance.try_number}.log",
        ),
    )
