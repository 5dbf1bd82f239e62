"""Put what people read beside the current release: for now, the quality report.

**What and when.** When `build_marts` has published a release, for the same load day.

**Inputs.** `var/releases/`: each release's manifest and the quality report it was published with.

**Output tables.** None; pages: `var/site/quality/index.html`, and one page for each release.

**What a re-run does.** Writes the same pages again from the same releases.

**Triage.**
1. `publish_quality_report` is red: the release itself is out and stays out. The message names the
   file that could not be read or written; check space and rights under `var/site/`, then clear
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
        """Write the quality pages of all releases and return the index's path."""
        import publish
        from approvals.settings import read_settings

        return str(publish.publish_quality_report(read_settings()))

    publish_quality_report()


publish_reports()
