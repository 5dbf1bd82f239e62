"""The past rebuilt: every mart as known at an earlier day, kept as a release of its own."""

import logging
from datetime import date
from typing import Any

from approvals.build import build_candidate
from approvals.configuration import resolve_configuration
from approvals.pipeline import Progress, open_run
from approvals.settings import Settings

logger = logging.getLogger(__name__)


def rebuild(settings: Settings, known_at: date, progress: Progress = logger.info) -> dict[str, Any]:
    """Build, audit and keep every mart as known at the end of a past day (UTC).

    Returns:
        `{"release_id": …, "known_at": …, "content_sha256": …}`: a release of its own; the
        current one stays current. From the same files the hash is that of the release of then.

    Raises:
        ApprovalsError: a stage failed; nothing is kept.
    """
    import expectations
    import publish

    opened = open_run(settings)
    run_id, configuration = opened["run_id"], resolve_configuration(settings)
    progress(f"building the marts as known at {known_at}")
    expectations.audit_lake(settings, configuration, run_id, known_at).raise_if_failed()
    build_candidate(settings, configuration, run_id, known_at)
    progress("auditing the marts")
    expectations.audit_marts(settings, configuration, run_id, known_at).raise_if_failed()
    release = publish.keep_rebuild(
        settings, configuration, run_id, token=opened["token"], known_at=known_at
    )
    return {
        "release_id": release.release_id,
        "known_at": str(known_at),
        "content_sha256": release.content_sha256,
    }
