"""Publishing and rolling back: everything under the lock, the swap last."""

import logging
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from approvals.configuration import Configuration
from approvals.contracts import CANDIDATE_NAME
from approvals.errors import AuditFailedError, ConfigurationError, NoReleaseError, StorageError
from approvals.inputs import journal_read, lake_manifests
from approvals.runs import checked_run_id
from approvals.settings import Settings
from publish.contents import write_contents
from publish.fence import (
    CURRENT,
    Action,
    Publication,
    check_token,
    draw_token,
    now,
    point_to,
    pointed_to,
    publication_lock,
    record,
)
from publish.manifest import MANIFEST_NAME, describe, same_content, went_on_from
from publish.release import Release, current_release, find_release, list_releases
from publish.sign_off import checked_sign_off
from publish.storage import make_folder, read_json, seal, sha256_of, sync_folder, write_json
from publish.verification import verify_release

logger = logging.getLogger(__name__)

GATES = ("lake", "marts")


def publish_release(
    settings: Settings, configuration: Configuration, run_id: str, *, token: int
) -> Release:
    """Make the audited candidate of a run the current release.

    Args:
        settings: where builds and releases lie.
        configuration: the one that the run was audited under.
        run_id: the run; it becomes the release's id.
        token: what `draw_token` returned when the run started.

    Returns:
        The release. Publishing the current release again changes nothing and returns it.

    Raises:
        AuditFailedError: a gate failed or has not run, or the candidate has changed since.
        ConfigurationError: the run id is refused.
        PublicationLockedError: another publisher holds the lock, or a later run was first.
        SignOffMissingError: it has warnings, sign-off is on and nobody has signed it.
        StorageError: the release could not be written, for instance because the disk is full.
    """
    if checked_run_id(run_id) == CURRENT:
        raise ConfigurationError(f"run id {run_id!r} is refused: it is the name of the link")
    with publication_lock(settings):
        _remove_leftovers(settings)
        folder = settings.releases / run_id
        if pointed_to(settings) == run_id and folder.is_dir():
            return find_release(settings, run_id)
        check_token(settings, token, run_id)
        if not folder.is_dir():
            _write_release(settings, configuration, run_id, token)
        _make_current(settings, "publish", run_id, token)
        release = find_release(settings, run_id)
    logger.info("release %s is current, content %s", run_id, release.content_sha256)
    return release


def keep_rebuild(
    settings: Settings,
    configuration: Configuration,
    run_id: str,
    *,
    token: int,
    known_at: date,
) -> Release:
    """Make the audited candidate of a past day a release of its own, beside the current one.

    Args:
        settings: where builds and releases lie.
        configuration: the one that the run was audited under.
        run_id: the run; it becomes the release's id.
        token: what `draw_token` returned when the run started.
        known_at: the day whose knowledge the candidate holds.

    Raises:
        AuditFailedError: a gate failed or has not run, or the candidate has changed since.
        PublicationLockedError: a publisher holds the lock.
        StorageError: the release could not be written, for instance because the disk is full.
    """
    with publication_lock(settings):
        _remove_leftovers(settings)
        if not (settings.releases / run_id).is_dir():
            _write_release(settings, configuration, run_id, token, known_at)
        _record(settings, "rebuild", run_id, token)
        return find_release(settings, run_id)


def rollback(settings: Settings, release_id: str | None = None) -> Release:
    """Make an earlier release the current one again.

    Args:
        settings: where the releases lie.
        release_id: the release; None for the one made before the current one.

    Raises:
        NoReleaseError: there is no such release, or it is damaged.
        PublicationLockedError: a publisher holds the lock.
    """
    token = draw_token(settings)
    with publication_lock(settings):
        target = find_release(settings, _previous(settings) if release_id is None else release_id)
        verification = verify_release(settings, target.release_id)
        if target.known_at:
            raise NoReleaseError(
                f"release {target.release_id} is a rebuild as known at {target.known_at}: it can "
                "be read, and never becomes current; choose another one"
            )
        if not verification.is_intact:
            raise NoReleaseError(
                f"release {target.release_id} is damaged, {verification.problems[0]}: "
                "roll back to another one"
            )
        if not target.is_current:
            check_token(settings, token, target.release_id)
            _make_current(settings, "rollback", target.release_id, token)
        return find_release(settings, target.release_id)


def _make_current(settings: Settings, action: Action, release_id: str, token: int) -> None:
    _record(settings, action, release_id, token)
    point_to(settings, release_id)


def _record(settings: Settings, action: Action, release_id: str, token: int) -> None:
    manifest = settings.releases / release_id / MANIFEST_NAME
    replaced = pointed_to(settings)
    entry = Publication(action, release_id, token, replaced, sha256_of(manifest), now())
    record(settings, entry)


def _previous(settings: Settings) -> str:
    ids = [release.release_id for release in list_releases(settings) if not release.known_at]
    current = pointed_to(settings)
    earlier = ids[ids.index(current) + 1 :] if current in ids else []
    if not earlier:
        raise NoReleaseError("there is no release before the current one: nothing to go back to")
    return earlier[0]


def _write_release(
    settings: Settings,
    configuration: Configuration,
    run_id: str,
    token: int,
    known_at: date | None = None,
) -> None:
    """Write the release aside, seal it and give it its name; it is not current yet."""
    build = settings.builds / run_id
    audit = passed_audit(build, configuration)
    signed = checked_sign_off(settings, run_id, audit)
    partial = make_folder(settings.releases / f".{run_id}.partial")
    try:
        tables = write_contents(settings, build / CANDIDATE_NAME, partial)
        journal = journal_read(build / CANDIDATE_NAME)
    except duckdb.OperationalError as error:
        cause = " ".join(str(error).split())
        raise StorageError(
            f"the release could not be written, nothing was published: {cause}; "
            "make room, or raise APPROVALS_MEMORY_LIMIT, and publish again"
        ) from error
    if (partial / f"{CANDIDATE_NAME}.wal").exists():
        raise AuditFailedError(f"{partial} was not closed: a write-ahead log is left; run again")
    for name in ("report.html", "results.json"):
        shutil.copyfile(build / "quality" / name, partial / "quality" / name)
    manifest = {
        **describe(partial, tables, audit),
        "release_id": run_id,
        "token": token,
        "known_at": str(known_at) if known_at else None,
        "created_at": now(),
        "config_sha256": configuration.sha256,
        "rate_set": configuration.rate_set,
        "journal": journal,
        "lake_manifests": lake_manifests(settings.lake),
        "goes_on_from": went_on_from(build),
        "sign_off": signed,
    }
    in_place = current_release(settings)
    unchanged = in_place is not None and same_content(manifest, in_place.manifest)
    manifest["unchanged_since"] = in_place.release_id if in_place and unchanged else None
    write_json(partial / MANIFEST_NAME, manifest)
    seal(partial)
    partial.rename(settings.releases / run_id)
    sync_folder(settings.releases)


def passed_audit(build: Path, configuration: Configuration) -> dict[str, Any]:
    """Return the gates' entries of a run's audit, by gate.

    Raises:
        AuditFailedError: one is missing or failed, or does not speak of this very candidate.
    """
    results = build / "quality" / "results.json"
    gates: dict[str, Any] = read_json(results)["gates"] if results.exists() else {}
    for gate in GATES:
        outcome = gates.get(gate, {}).get("outcome", "not run")
        if outcome not in {"passed", "passed_with_warnings"}:
            raise AuditFailedError(
                f"the {gate} gate of run {build.name} has {outcome.replace('_', ' ')}, nothing "
                f"was published: read {results.with_name('report.html')}"
            )
        if gates[gate]["config_sha256"] != configuration.sha256:
            raise AuditFailedError(
                f"the configuration has changed since the {gate} gate of run {build.name}, "
                "nothing was published: start a new run"
            )
    candidate = build / CANDIDATE_NAME
    log = candidate.with_name(f"{CANDIDATE_NAME}.wal")
    if log.exists() or sha256_of(candidate) != gates["marts"]["database_sha256"]:
        raise AuditFailedError(
            f"{candidate} is not the file that was audited, nothing was published: start a new run"
        )
    return gates


def _remove_leftovers(settings: Settings) -> None:
    """Remove what interrupted publications left; the lock says that nobody is writing it."""
    for path in settings.releases.glob(".*.partial"):
        if path.is_dir():
            shutil.rmtree(path)
    for link in settings.releases.glob(".current.*"):
        link.unlink()
