"""The trail is recomputed whole: whatever was changed is named, with what was expected and found.

The releases here are made from a candidate written by hand; the lake by the loader.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import publish
from approvals.decisions import Entry, Journal
from approvals.errors import NoReleaseError
from approvals.settings import Settings
from approvals.trail import verify_trail
from tests.extract.conftest import Warehouse
from tests.publish.candidate import configuration_of, write_candidate

ROWS = (
    "Donor,Approval date,Currency,Amount\n"
    "Norway,2006-03-01,USD,1000\n"
    "Norway,2006-02-31,USD,5\n"
    "Sweden,2006-03-02,USD,2000\n"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A lake with a file, a journal with two entries and a release that names the first."""
    warehouse = Warehouse(tmp_path)
    warehouse.drop("lab/export_2006-03-31.csv", ROWS)
    warehouse.load()
    settings = warehouse.settings
    for by in ("Ana", "Eva"):
        entry = Entry("propose", "quarantine", by, by, "because", "release")
        Journal(settings.lake).append(lambda _, entry=entry: entry)
    first = Journal(settings.lake).entries()[0]
    write_candidate(settings, "run-1", journal=(1, first.entry_hash))
    publish.publish_release(
        settings, configuration_of(settings.home), "run-1", token=publish.draw_token(settings)
    )
    return settings


def changed(path: Path, change: Callable[[bytes], bytes]) -> Path:
    mode = path.stat().st_mode
    path.chmod(0o600)
    path.write_bytes(change(path.read_bytes()))
    path.chmod(mode)
    return path


def one(folder: Path, pattern: str) -> Path:
    [path] = [path for path in folder.rglob(pattern) if "_none" not in str(path)]
    return path


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def test_a_whole_trail_is_intact(settings: Settings) -> None:
    trail = verify_trail(settings)

    counts = trail.counts()
    assert counts["intact"], trail.broken
    assert (counts["journal_entries"], counts["files"], counts["data_files"]) == (2, 1, 2)
    assert (counts["rows"], counts["releases"]) == (3, 1)
    assert trail.as_json()["broken"] is None


@pytest.mark.parametrize(
    ("folder", "pattern", "named"),
    [
        pytest.param("lake/landing", "*", "landing/", id="landed-byte"),
        pytest.param("lake/approvals", "*.parquet", "approvals/office=lab/", id="lake-parquet"),
        pytest.param("lake/rejects", "*.parquet", "rejects/office=lab/", id="lake-rejects"),
        pytest.param(
            "releases/run-1", "fct_approvals.parquet", "releases/run-1/marts/fct", id="release"
        ),
    ],
)
def test_a_changed_byte_is_named_with_both_hashes(
    settings: Settings, folder: str, pattern: str, named: str
) -> None:
    changed(one(settings.home / folder, pattern), flipped)

    broken = verify_trail(settings).broken

    assert broken is not None
    assert broken.file.startswith(named)
    assert broken.expected.startswith("sha256 ")
    assert broken.found.startswith("sha256 ")
    assert broken.expected != broken.found


def test_the_first_broken_link_is_the_journals(settings: Settings) -> None:
    changed(one(settings.lake / "landing", "*"), flipped)
    changed(
        settings.lake / "decisions" / "00000001.json", lambda text: text.replace(b"Ana", b"Eve")
    )

    trail = verify_trail(settings)

    assert trail.broken is not None
    assert trail.broken.file == "decisions/00000001.json"
    assert (trail.journal_entries, trail.files) == (0, 0)


def test_a_journal_that_was_cut_is_found_by_the_release_that_names_its_head(
    settings: Settings,
) -> None:
    for path in (settings.lake / "decisions").glob("0*.json"):
        path.unlink()

    broken = verify_trail(settings).broken

    assert broken is not None
    assert (broken.file, broken.found) == ("decisions/00000001.json", "no such entry")


def test_a_manifest_that_states_other_rows_is_named(settings: Settings) -> None:
    manifest = one(settings.lake / "files", "*.json")
    changed(manifest, lambda text: json.dumps({**json.loads(text), "rows_accepted": 3}).encode())

    broken = verify_trail(settings).broken

    assert broken is not None
    assert (broken.expected, broken.found) == ("3 rows", "2 rows")
    assert manifest.stem in broken.file


def test_a_missing_file_is_named(settings: Settings) -> None:
    landed = one(settings.lake / "landing", "*")
    landed.unlink()

    broken = verify_trail(settings).broken

    assert broken is not None
    assert (broken.file, broken.found) == (f"landing/{landed.name}", "no such file")


def test_a_release_that_is_not_there_is_refused(settings: Settings) -> None:
    with pytest.raises(NoReleaseError):
        verify_trail(settings, "run-9")
    assert verify_trail(settings, "run-1").broken is None


def test_a_home_that_holds_nothing_is_not_called_intact(tmp_path: Path) -> None:
    with pytest.raises(NoReleaseError, match="nothing is proven"):
        verify_trail(Settings(home=tmp_path / "misspelt"))


def test_releases_that_changed_places_are_named(settings: Settings) -> None:
    write_candidate(settings, "run-2")
    publish.publish_release(
        settings, configuration_of(settings.home), "run-2", token=publish.draw_token(settings)
    )
    one, other = (settings.releases / run / "manifest.json" for run in ("run-1", "run-2"))
    first, second = one.read_bytes(), other.read_bytes()
    changed(one, lambda _: second)
    changed(other, lambda _: first)

    broken = verify_trail(settings).broken

    assert broken is not None
    assert broken.file.startswith("releases/run-")


def test_an_entry_in_anothers_place_is_named(settings: Settings) -> None:
    one, other = (settings.lake / "decisions" / f"0000000{n}.json" for n in (1, 2))
    first, second = one.read_bytes(), other.read_bytes()
    changed(one, lambda _: second)
    changed(other, lambda _: first)

    broken = verify_trail(settings).broken

    assert broken is not None
    assert (broken.file, broken.expected) == ("decisions/00000001.json", "sequence 1")


@pytest.mark.parametrize("key", ["file_sha256", "data_files", "rows_accepted", "exported_at"])
def test_a_changed_byte_in_a_manifest_is_named(settings: Settings, key: str) -> None:
    manifest = one(settings.lake / "files", "*.json")
    changed(manifest, lambda text: text.replace(key.encode(), key[:-1].encode() + b"_"))

    broken = verify_trail(settings).broken

    assert broken is not None
    assert manifest.stem in broken.file


@pytest.mark.parametrize("folder", ["lake/approvals", "lake/rejects", "releases/run-1"])
def test_a_truncated_file_is_named(settings: Settings, folder: str) -> None:
    pattern = "fct_approvals.parquet" if folder.startswith("releases") else "*.parquet"
    changed(one(settings.home / folder, pattern), lambda content: content[:-9])

    broken = verify_trail(settings).broken

    assert broken is not None
    assert broken.file.endswith(".parquet")
