"""Build the marts from the lake, audit them and publish them as a release.

**What and when.** When `load_field_offices` announces the lake, for the same load day. Draws a run
id and a token, audits the lake's new rows, builds a candidate database with dbt, audits its marts
and publishes it. Nothing that a reader can see changes before the last task.
With `APPROVALS_SIGN_OFF=1` a release whose audit has warnings waits in `sign_off` for a person, a
week at most; without, it is published and the task's log says so.

**Inputs.** `var/lake/` with its journal of decisions, the reference seeds, the current release's
manifest.

**Output tables.** Schemas `marts` and `quality` of `var/releases/current/approvals.duckdb`, and
the same tables as Parquet beside it (`docs/marts.md`).

**What a re-run does.** A cleared run draws a new run id and builds into a file of its own. It is
skipped when the current release already holds the lake; start it by hand with `force` to build all
the same, and every table from the whole lake. A task that is retried builds its run's file again.

**Triage.**
1. `audit_lake` or `audit_marts` is red with `AuditFailedError`: a critical rule failed and the last
   release stands. The message names the rule; the report lies under `var/build/<run>/quality/`.
2. `build_candidate` is red with `BuildFailedError`: the message names the first dbt node that
   failed; dbt's log and artefacts lie under `var/build/<run>/`.
3. `publish_release` is red with `PublicationLockedError`: another publisher holds the lock, or a
   newer run was published first; in the second case nothing is to be done.
4. `sign_off` is orange (*awaiting input*): open it, *Required Actions*, read the warnings, approve
   or reject. Rejected: `publish_release` is skipped and the current release stands.
5. Everything else: `docs/runbook.md`.
"""

from datetime import timedelta
from typing import Any, Unpack, cast

from airflow.sdk import Context, Param, PartitionedAssetTimetable, dag, task
from dag_policy import DEFAULT_ARGS, DUCKDB_WRITER, LAKE, RELEASE, START, announce
from sign_off import COMMENT, SignOff


@dag(
    schedule=PartitionedAssetTimetable(assets=LAKE),
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    tags=["approvals", "dbt", "publish"],
    params={"force": Param(False, type="boolean", description="Build everything anew.")},
    doc_md=__doc__,
)
def build_marts() -> None:
    """Wire the build: open a run, gate, build, gate, sign, publish."""

    @task
    def open_run(**context: Unpack[Context]) -> dict[str, Any]:
        """Draw the run id and the token that fences it, or skip when nothing changed."""
        from airflow.sdk.exceptions import AirflowSkipException

        from approvals import pipeline
        from approvals.settings import read_settings

        if not (context["params"]["force"] or pipeline.is_release_due(read_settings())):
            raise AirflowSkipException("the current release holds everything in the lake")
        return pipeline.open_run(read_settings())

    @task
    def audit_lake(run: dict[str, Any]) -> None:
        """Stop the run when the lake's new rows break a critical rule."""
        from approvals import pipeline
        from approvals.settings import read_settings

        pipeline.audit_lake(read_settings(), run)

    @task(pool=DUCKDB_WRITER)
    def build_candidate(run: dict[str, Any], **context: Unpack[Context]) -> str:
        """Build all models into the run's own database and return its path."""
        from approvals import pipeline
        from approvals.settings import read_settings

        settings = pipeline.forced(read_settings(), context["params"]["force"])
        return pipeline.build_candidate(settings, run)

    @task(pool=DUCKDB_WRITER)
    def audit_marts(run: dict[str, Any]) -> None:
        """Stop the run when the candidate's marts break a critical rule."""
        from approvals import pipeline
        from approvals.settings import read_settings

        pipeline.audit_marts(read_settings(), run)

    @task(pool=DUCKDB_WRITER, outlets=[RELEASE])
    def publish_release(run: dict[str, Any], **context: Unpack[Context]) -> str:
        """Make the candidate the current release and return the release's id."""
        from approvals import pipeline
        from approvals.settings import read_settings

        announce(RELEASE, context)
        return pipeline.publish_release(read_settings(), run)

    run = cast("dict[str, Any]", open_run())
    signed = SignOff(
        task_id="sign_off",
        subject="Publish this release although its audit has warnings?",
        opened_run=run,
        params=COMMENT,
        response_timeout=timedelta(days=7),
    )
    audited = audit_lake(run) >> build_candidate(run) >> audit_marts(run)
    audited >> signed >> publish_release(run)


build_marts()
