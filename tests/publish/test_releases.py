"""Releases once they exist: the list, rolling back, verifying, the pages.

Not tested here: publishing itself (test_publisher.py).
"""

import json
import os
import re
import stat
from pathlib import Path
from typing import Any

import duckdb
import pytest

import publish
from approvals.errors import NoReleaseError, PublicationLockedError
from approvals.settings import PROJECT_ROOT, Settings
from tests.publish.candidate import configuration_of, settings_of, write_candidate


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with the releases run-1, run-2 and run-3, the last one current."""
    settings = settings_of(tmp_path)
    for number in (1, 2, 3):
        token = publish.draw_token(settings)
        write_candidate(settings, f"run-{number}", value=number)
        publish.publish_release(settings, configuration_of(tmp_path), f"run-{number}", token=token)
    return settings


def _current(settings: Settings) -> str:
    release = publish.current_release(settings)
    assert release is not None
    return release.release_id


def test_list_releases_gives_the_newest_first(settings: Settings) -> None:
    summaries = [release.summary() for release in publish.list_releases(settings)]

    assert [summary["release_id"] for summary in summaries] == ["run-3", "run-2", "run-1"]
    assert [summary["is_current"] for summary in summaries] == [True, False, False]
    assert [summary["rows"] for summary in summaries] == [1002, 1002, 1002]
    assert len({summary["content_sha256"] for summary in summaries}) == 3


def test_list_releases_is_empty_when_nothing_was_published(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)

    assert publish.list_releases(settings) == []
    assert publish.current_release(settings) is None


def test_rollback_goes_to_the_release_before_when_none_is_named(settings: Settings) -> None:
    assert publish.rollback(settings).release_id == "run-2"
    assert publish.rollback(settings).release_id == "run-1"
    assert _current(settings) == "run-1"
    with pytest.raises(NoReleaseError, match="nothing to go back to"):
        publish.rollback(settings)


def test_rollback_is_on_record(settings: Settings) -> None:
    publish.rollback(settings, "run-1")

    log = (settings.releases / "publications.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in log]
    assert [(entry["action"], entry["release_id"]) for entry in entries] == [
        ("publish", "run-1"),
        ("publish", "run-2"),
        ("publish", "run-3"),
        ("rollback", "run-1"),
    ]
    assert entries[-1]["replaced"] == "run-3"
    assert entries[-1]["token"] > entries[-2]["token"]


def test_run_that_began_before_a_rollback_cannot_undo_it(settings: Settings) -> None:
    token = publish.draw_token(settings)
    write_candidate(settings, "run-4", value=4)
    publish.rollback(settings, "run-1")

    with pytest.raises(PublicationLockedError, match="rollback of run-1"):
        publish.publish_release(settings, configuration_of(settings.home), "run-4", token=token)

    assert _current(settings) == "run-1"


@pytest.mark.parametrize("release_id", ["run-9", "../run-1", "current", ".lock", ""])
def test_rollback_is_refused_when_there_is_no_such_release(
    settings: Settings, release_id: str
) -> None:
    with pytest.raises(NoReleaseError, match="there is no release"):
        publish.rollback(settings, release_id)


def test_rollback_is_refused_when_the_release_is_damaged(settings: Settings) -> None:
    _flip_a_bit(settings.releases / "run-1" / "marts" / "fct_approvals.parquet")

    with pytest.raises(NoReleaseError, match="is damaged, marts/fct_approvals"):
        publish.rollback(settings, "run-1")

    assert _current(settings) == "run-3"


def test_verify_finds_nothing_when_the_release_is_as_published(settings: Settings) -> None:
    verification = publish.verify_release(settings, "run-2")

    assert verification.is_intact
    assert verification.files_checked == 9


@pytest.mark.parametrize(
    "name",
    [
        "approvals.duckdb",
        "marts/rpt_approvals_by_year.parquet",
        "quality/report.html",
        "restricted/quarantine.parquet",
        "manifest.json",
    ],
)
def test_verify_finds_a_flipped_bit(settings: Settings, name: str) -> None:
    _flip_a_bit(settings.releases / "run-2" / name)

    (problem,) = publish.verify_release(settings, "run-2").problems

    assert str(problem).startswith(name)


def test_verify_finds_files_that_are_gone_or_new(settings: Settings) -> None:
    (settings.releases / "run-2" / "approvals.duckdb").unlink()
    (settings.releases / "run-2" / "extra.csv").write_text("x", encoding="utf-8")

    problems = publish.verify_release(settings, "run-2").problems

    assert [str(problem) for problem in problems] == [
        "approvals.duckdb is missing",
        "extra.csv was added",
    ]


def test_log_survives_when_a_crash_cut_its_last_line(settings: Settings) -> None:
    log = settings.releases / "publications.jsonl"
    with log.open("a", encoding="utf-8") as file:
        file.write('{"action": "pub')

    publish.rollback(settings)

    assert _current(settings) == "run-2"
    assert publish.verify_release(settings, "run-3").is_intact
    assert json.loads(log.read_text(encoding="utf-8").splitlines()[-1])["action"] == "rollback"


def test_current_release_is_an_error_when_the_link_leads_nowhere(settings: Settings) -> None:
    (settings.releases / "current").unlink()
    (settings.releases / "current").symlink_to("run-9")

    with pytest.raises(NoReleaseError, match="run-9"):
        publish.current_release(settings)


def test_quality_pages_list_every_release_when_they_are_published(settings: Settings) -> None:
    index = publish.publish_quality_report(settings)
    first = index.read_text(encoding="utf-8")
    publish.publish_quality_report(settings)

    assert first == index.read_text(encoding="utf-8")
    assert [f'href="run-{number}.html"' in first for number in (1, 2, 3)] == [True] * 3
    assert first.count(">current<") == 1
    assert "default-src 'none'; style-src 'sha256-" in first
    assert (index.parent / "run-2.html").read_text(encoding="utf-8") == "<p>run-2</p>"


def test_quality_pages_are_an_error_when_nothing_was_published(tmp_path: Path) -> None:
    with pytest.raises(NoReleaseError, match="no release yet"):
        publish.publish_quality_report(settings_of(tmp_path))


def _flip_a_bit(path: Path) -> None:
    path.chmod(0o600)
    content = bytearray(path.read_bytes())
    position = content.rindex(b"e") if path.suffix == ".json" else len(content) // 2
    content[position] ^= 1
    path.write_bytes(content)


def test_release_opens_locked_down_when_connected_as_documented(settings: Settings) -> None:
    page = (PROJECT_ROOT / "docs" / "releases.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    database = str(settings.releases / "current" / "approvals.duckdb")
    names: dict[str, Any] = {}

    exec(example.replace("var/releases/current/approvals.duckdb", database), names)  # noqa: S102

    connection = names["connection"]
    with pytest.raises(duckdb.PermissionException):
        connection.sql("from read_text('/etc/hostname')").fetchall()
    with pytest.raises(duckdb.InvalidInputException, match="locked"):
        connection.execute("set enable_external_access = true")
    with pytest.raises(duckdb.InvalidInputException, match="read-only"):
        connection.execute("create table marts.mine as select 1")
    connection.close()


def test_quality_pages_can_be_read_by_a_web_server_when_the_umask_is_strict(
    settings: Settings,
) -> None:
    mask = os.umask(0o077)
    try:
        index = publish.publish_quality_report(settings)
    finally:
        os.umask(mask)

    modes = {stat.S_IMODE(page.stat().st_mode) for page in index.parent.iterdir()}
    folders = {stat.S_IMODE(folder.stat().st_mode) for folder in (index.parent, index.parents[1])}
    assert modes == {0o644}
    assert folders == {0o755}
