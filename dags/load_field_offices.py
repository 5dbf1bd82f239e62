"""Read what the field offices exported into the lake.

**What and when.** Nightly at 00:30 UTC, one partition for each load day (`2026-11-24`). Finds the
offices whose drop folders hold files that the lake has not seen and reads each office in a task
of its own, named after the office. Announces the lake to `build_marts` when it holds more than
the current release.

**Inputs.** `APPROVALS_EXPORTS`, or the drop folders that `offices.csv` names.

**Output tables.** None yet: Parquet and manifests in `var/lake/` (`docs/lake.md`).

**What a re-run does.** Nothing twice: a file's bytes are its key, so files that were loaded are
passed over, and an office that stopped half-way goes on with its next file. Any day's run may be
cleared at any time.

**Triage.**
1. `load_office` is red: its label is the office. The last line of its log names the file and the
   fix. Other offices are published all the same; the run stays red through
   `report_failed_offices`.
2. `find_offices` is red: the drop folder cannot be read; check the mount and `APPROVALS_EXPORTS`.
3. `announce_lake` is skipped: the lake holds nothing new. Not a failure.
4. A quarantined row never makes this Dag red; see the quality report.
"""

from typing import Unpack

from airflow.sdk import Context, CronPartitionTimetable, TriggerRule, dag, task
from dag_policy import DEFAULT_ARGS, LAKE, START, announce


@dag(
    schedule=CronPartitionTimetable("30 0 * * *", timezone="UTC", key_format="%Y-%m-%d"),
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    tags=["approvals", "extract"],
    doc_md=__doc__,
)
def load_field_offices() -> None:
    """Wire the load: find, read each office, announce."""

    @task
    def find_offices() -> list[str]:
        """Return the offices that have files the lake has not seen."""
        from approvals import pipeline
        from approvals.settings import read_settings

        return pipeline.offices_with_new_files(read_settings())

    @task(map_index_template="{{ task.op_kwargs['office_id'] }}")
    def load_office(office_id: str) -> dict[str, int]:
        """Read one office's new files and return how many files and rows came in."""
        from approvals import pipeline
        from approvals.settings import read_settings

        return pipeline.load_office(read_settings(), office_id)

    @task(outlets=[LAKE], trigger_rule=TriggerRule.ALL_DONE)
    def announce_lake(**context: Unpack[Context]) -> None:
        """Tell `build_marts` that the lake holds what the current release does not."""
        from airflow.sdk.exceptions import AirflowSkipException

        from approvals import pipeline
        from approvals.settings import read_settings

        if not pipeline.is_release_due(read_settings()):
            raise AirflowSkipException("the current release holds everything in the lake")
        announce(LAKE, context)

    @task(trigger_rule=TriggerRule.ONE_FAILED)
    def report_failed_offices() -> None:
        """Keep the run red when an office failed, though the others were announced."""
        from airflow.sdk.exceptions import AirflowFailException

        raise AirflowFailException("an office could not be read: see the red load_office tasks")

    offices = load_office.expand(office_id=find_offices())
    offices >> [announce_lake(), report_failed_offices()]


load_field_offices()
