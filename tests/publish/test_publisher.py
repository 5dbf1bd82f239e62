"""Publishing: what a release holds, and that the same night gives the same bytes.

Not tested here: refusals (test_refusals.py), what happens while others publish, read or die
(test_concurrency.py).
"""

import resource
import stat
from pathlib import Path

import duckdb
import pytest

import publish
from approvals.errors import (
    StorageError,
)
from tests.publish.candidate import (
    configuration_of,
    hashes_below,
    published_run,
    settings_of,
    write_candidate,
)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> publish.Release:
    return published_run(settings_of(tmp_path_factory.mktemp("released")), "run-1")


def test_release_holds_public_tables_and_nothing_that_names_the_lake(
    released: publish.Release,
) -> None:
    with duckdb.connect(str(released.folder / "approvals.duckdb"), read_only=True) as connection:
        tables = connection.execute(
            "select table_schema || '.' || table_name, table_type from information_schema.tables "
            "order by all"
        ).fetchall()
        total = connection.execute("select sum(amount_usd) from marts.fct_approvals").fetchone()

    assert tables == [
        ("marts.fct_approvals", "BASE TABLE"),
        ("marts.rpt_approvals_by_year", "BASE TABLE"),
        ("quality.files", "BASE TABLE"),
        ("quality.quarantine", "BASE TABLE"),
    ]
    assert str(total[0]) == "500500.00"


def test_release_keeps_descriptions_of_columns(released: publish.Release) -> None:
    with duckdb.connect(str(released.folder / "approvals.duckdb"), read_only=True) as connection:
        comments = connection.execute(
            "select comment from duckdb_columns() where comment is not null"
        ).fetchall()

    assert comments == [("US$, it's converted",)]


def test_release_is_written_in_the_oldest_storage_format(released: publish.Release) -> None:
    with duckdb.connect() as connection:
        path = released.folder / "approvals.duckdb"
        connection.execute(f"attach '{path}' as release (read_only)")
        tags = connection.execute(
            "select tags['storage_version'] from duckdb_databases() where database_name = 'release'"
        ).fetchone()

    assert tags[0].startswith("v1.4")


def test_release_keeps_raw_text_of_quarantine_where_only_the_owner_reads(
    released: publish.Release,
) -> None:
    restricted = released.folder / "restricted"
    database = released.folder / "approvals.duckdb"

    assert b"secret" not in database.read_bytes()
    assert b"secret" not in (released.folder / "quality" / "quarantine.parquet").read_bytes()
    assert stat.S_IMODE(restricted.stat().st_mode) == 0o700
    assert stat.S_IMODE((restricted / "quarantine.parquet").stat().st_mode) == 0o400
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"select raw_text from '{restricted / 'quarantine.parquet'}'"
        ).fetchall()
    assert rows == [("secret name",)]


def test_release_files_are_read_only_in_folders_closed_to_others(
    released: publish.Release,
) -> None:
    public = [path for path in released.folder.rglob("*") if path.parent.name != "restricted"]

    files = {stat.S_IMODE(path.stat().st_mode) for path in public if path.is_file()}
    folders = {
        stat.S_IMODE(path.stat().st_mode)
        for path in (released.folder, released.folder.parent, released.folder / "marts")
    }
    assert files == {0o444}
    assert folders == {0o750}


def test_publish_says_in_a_line_that_the_disk_is_full_and_nothing_was_published(
    tmp_path: Path,
) -> None:
    settings = settings_of(tmp_path)
    write_candidate(settings, "run-1")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    token = publish.draw_token(settings)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))  # what a full disk refuses

    try:
        with pytest.raises(StorageError, match=r"nothing was published: .*make room"):
            publish.publish_release(settings, configuration_of(tmp_path), "run-1", token=token)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert publish.current_release(settings) is None


def test_manifest_says_what_the_release_was_made_from(released: publish.Release) -> None:
    manifest = released.manifest

    assert manifest["inputs"] == [
        {
            "file_sha256": "f1",
            "office_id": "hq",
            "dataset": "approvals",
            "original_name": "hq.csv",
            "exported_at": "2006-01-31T12:00:00Z",
        }
    ]
    assert manifest["totals_by_year"][0] == {
        "approval_year": 2005,
        "approval_count": 500,
        "amount_usd": "250000.00",
    }
    assert [(table["name"], table["rows"]) for table in manifest["tables"]] == [
        ("fct_approvals", 1000),
        ("rpt_approvals_by_year", 2),
        ("files", 1),
        ("quarantine", 1),
    ]
    assert manifest["audit"]["marts"]["outcome"] == "passed"
    assert manifest["code"]["version"]
    assert (
        hashes_below(released.folder).items()
        >= {name: entry["sha256"] for name, entry in manifest["files"].items()}.items()
    )


def test_content_hash_is_equal_when_the_same_night_runs_twice(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)

    first = published_run(settings, "run-1")
    second = published_run(settings, "run-2")
    other = published_run(settings, "run-3", value=2)

    assert first.content_sha256 == second.content_sha256 != other.content_sha256
    assert (first.unchanged_since, second.unchanged_since) == (None, "run-1")
    assert other.unchanged_since is None
    assert publish.current_release(settings).release_id == "run-3"


def test_publishing_twice_changes_nothing_when_the_run_is_the_same(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    first = published_run(settings, "run-1")
    before = hashes_below(settings.releases)

    again = publish.publish_release(
        settings, configuration_of(tmp_path), "run-1", token=first.manifest["token"]
    )

    assert again == first
    assert hashes_below(settings.releases) == before
