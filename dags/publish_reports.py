"""Put what people read beside the current release: for now, the quality report.

**What and when.** When `build_marts` has published a release, for the same load day.

**Inputs.** `var/releases/current/`: its manifest and the audit's results.

**Output tables.** None; `var/reports/<release>/quality.html` and `quality.json`.

**What a re-run does.** Writes the same pages again from the same release.

**Triage.**
1. `publish_quality_report` is red: the release itself is out and stays out. The message names the
   file that could not be read or written; check space and rights under `var/reports/`, then clear
   the task.
"""

from airflow.sdk import PartitionedAssetTimetable, dag, task
from dag_policy import DEFAULT_ARGS, RELEASE, START


@dag(
    schedule=PartitionedAssetTimetable(assets=RELEASE),
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    tags=["approvals", "publish"],
    doc_md=__doc__,
)
def publish_reports() -> None:
    """Wire the reports; the site and the bulletins will be tasks beside this one."""

    @task
    def publish_quality_report() -> str:
        """Publish the current release's quality report and return its path."""
        from approvals import pipeline
        from approvals.settings import Settings

        return pipeline.publish_quality_report(Settings())

    publish_quality_report()


publish_reports()
