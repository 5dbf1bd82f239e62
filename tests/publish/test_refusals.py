"""What may not be published: each refusal leaves what was published as it was.

Not tested here: what happens while others publish, read or die (test_concurrency.py).
"""

import json
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

import publish
from approvals.errors import (
    AuditFailedError,
    ConfigurationError,
    PublicationLockedError,
)
from tests.publish.candidate import (
    configuration_of,
    hashes_below,
    publish_candidate,
    published_run,
    settings_of,
    write_candidate,
)


@pytest.mark.parametrize(
    ("gates", "words"),
    [
        ({"lake": "failed"}, "lake gate of run run-2 has failed"),
        ({"marts": "failed"}, "marts gate of run run-2 has failed"),
        ({"marts": "unheard of"}, "has unheard of"),
    ],
    ids=["lake failed", "marts failed", "unknown outcome"],
)
def test_published_bytes_stay_when_the_audit_failed(
    tmp_path: Path, gates: dict[str, str], words: str
) -> None:
    settings = settings_of(tmp_path)
    published_run(settings, "run-1")
    write_candidate(settings, "run-2", value=1000, **gates)
    token = publish.draw_token(settings)
    before = hashes_below(settings.releases)

    with pytest.raises(AuditFailedError, match=words):
        publish.publish_release(settings, configuration_of(tmp_path), "run-2", token=token)

    after = hashes_below(settings.releases)
    assert after == before
    assert publish.current_release(settings).release_id == "run-1"


def test_publishing_is_refused_when_a_gate_has_not_run(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    results = write_candidate(settings, "run-1").parent / "quality" / "results.json"
    record = json.loads(results.read_text(encoding="utf-8"))
    del record["gates"]["marts"]
    results.write_text(json.dumps(record), encoding="utf-8")

    with pytest.raises(AuditFailedError, match="marts gate of run run-1 has not run"):
        publish_candidate(settings, "run-1")


def test_publishing_is_refused_when_nothing_was_audited(tmp_path: Path) -> None:
    with pytest.raises(AuditFailedError, match="lake gate of run run-1 has not run"):
        publish_candidate(settings_of(tmp_path), "run-1")


def test_publishing_is_refused_when_the_candidate_changed_after_the_audit(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    database = write_candidate(settings, "run-1")
    with duckdb.connect(str(database)) as connection:
        connection.execute("update marts.fct_approvals set amount_usd = 0")

    with pytest.raises(AuditFailedError, match="not the file that was audited"):
        publish_candidate(settings, "run-1")


def test_publishing_is_refused_when_a_write_ahead_log_is_left(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    database = write_candidate(settings, "run-1")
    database.with_name("approvals.duckdb.wal").write_bytes(b"x")

    with pytest.raises(AuditFailedError, match="not the file that was audited"):
        publish_candidate(settings, "run-1")


def test_publishing_is_refused_when_the_configuration_changed_after_the_audit(
    tmp_path: Path,
) -> None:
    settings = settings_of(tmp_path)
    write_candidate(settings, "run-1")
    token = publish.draw_token(settings)

    with pytest.raises(AuditFailedError, match="configuration has changed"):
        publish.publish_release(
            settings, configuration_of(tmp_path, "d" * 64), "run-1", token=token
        )


def test_publishing_is_refused_when_the_run_is_named_like_the_link(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="name of the link"):
        publish_candidate(settings_of(tmp_path), "current")


def test_stale_token_is_refused_when_a_later_run_has_published(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    stale = publish.draw_token(settings)
    write_candidate(settings, "run-1")
    published_run(settings, "run-2")

    with pytest.raises(PublicationLockedError, match="too late with token 1: publish of run-2"):
        publish.publish_release(settings, configuration_of(tmp_path), "run-1", token=stale)

    assert publish.current_release(settings).release_id == "run-2"
    assert [release.release_id for release in publish.list_releases(settings)] == ["run-2"]


def test_token_of_another_run_is_refused_when_it_has_been_used(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    used = published_run(settings, "run-1").manifest["token"]
    write_candidate(settings, "run-2")

    with pytest.raises(PublicationLockedError, match="too late"):
        publish.publish_release(settings, configuration_of(tmp_path), "run-2", token=used)


def test_tokens_keep_growing_when_the_counter_is_lost(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    published = published_run(settings, "run-1").manifest["token"]
    (settings.releases / ".token").unlink()

    assert publish.draw_token(settings) > published


def test_publishing_is_refused_when_another_publisher_holds_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    settings = settings_of(tmp_path)
    write_candidate(settings, "run-1")
    token = publish.draw_token(settings)
    monkeypatch.setattr("publish.fence.LOCK_SECONDS", timedelta(milliseconds=50).total_seconds())

    with (
        FileLock(settings.releases / ".lock", is_singleton=False),
        pytest.raises(PublicationLockedError, match="held by another process"),
    ):
        publish.publish_release(settings, configuration_of(tmp_path), "run-1", token=token)
