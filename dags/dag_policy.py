"""What the three Dags share: owner, assets, pool, and which failures are worth a retry.

Not a Dag (see `.airflowignore`). It imports no stage, so that parsing stays quick.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from airflow.sdk import Asset, Context, ExceptionRetryPolicy, RetryAction, RetryRule

OWNER: Final = "data-engineering"
START: Final = datetime(2026, 1, 1, tzinfo=UTC)

LAKE: Final = Asset("approvals_lake")
"""The lake holds files that the current release does not."""
RELEASE: Final = Asset("approvals_release")
"""A release was published."""

DUCKDB_WRITER: Final = "duckdb_writer"
"""Pool of one slot: one process may write a DuckDB file, and then nobody else may open it."""

INPUT_OUTPUT_ERRORS: Final[list[type[BaseException] | str]] = [
    "builtins.OSError",
    "airflow.sdk.exceptions.AirflowRuntimeError",
    "airflow.sdk.exceptions.AirflowTaskTimeout",
    "approvals.errors.PublicationLockedError",
    "approvals.errors.JournalLockedError",
]
"""What may be gone in a minute: disk, network, Airflow's API, a share that hung, a lock."""

RETRY_POLICY: Final = ExceptionRetryPolicy(
    rules=[
        RetryRule(
            INPUT_OUTPUT_ERRORS,
            RetryAction.RETRY,
            reason="input or output failed: it may work in a minute",
        )
    ],
    default=RetryAction.FAIL,
)
"""Bad data, a wrong setting and a bug fail at once: the same input would fail the same way."""

DEFAULT_ARGS: Final[dict[str, Any]] = {
    "owner": OWNER,
    "retries": 3,
    "retry_delay": timedelta(seconds=30),
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(minutes=10),
    "retry_policy": RETRY_POLICY,
    "execution_timeout": timedelta(minutes=30),
}
"""Three retries after 30, 60 and 120 s: an API server that restarts costs up to two of them."""


def announce(asset: Asset, context: Context) -> None:
    """Give the asset's event the run's load day; a run started by hand without one gets today.

    Without a partition key the event would start nothing: every consumer here is partitioned.
    """
    load_day = context["dag_run"].partition_key or f"{datetime.now(UTC):%Y-%m-%d}"
    context["outlet_events"][asset].add_partitions(load_day)
