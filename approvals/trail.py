"""The whole trail, recomputed: journal, lake and releases against what their records say.

Everything is read and nothing is mended. The journal comes first, because it is the record of what
people did; then what it rests on, the lake; then what was made of both, the releases.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from approvals.contracts import DATASETS
from approvals.decisions import GENESIS, BrokenLink, Entry, Journal
from approvals.errors import NoReleaseError
from approvals.settings import Settings

FIX = "Restore the file from a backup; until then nothing that rests on it is proven"


@dataclass(slots=True)
class Trail:
    """How much was recomputed, and the first link that does not hold."""

    journal_entries: int = 0
    files: int = 0
    data_files: int = 0
    rows: int = 0
    releases: int = 0
    release_files: int = 0
    broken: BrokenLink | None = None
    fix: str = FIX

    def counts(self) -> dict[str, Any]:
        """Return how much was recomputed, and whether all of it holds."""
        counted = {k: v for k, v in asdict(self).items() if isinstance(v, int)}
        return {**counted, "intact": self.broken is None}

    def as_json(self) -> dict[str, Any]:
        """Return the counts and the broken link: `file`, `expected`, `found`; null if none."""
        return {**self.counts(), "broken": asdict(self.broken) if self.broken else None}


def verify_trail(settings: Settings, release_id: str | None = None) -> Trail:
    """Recompute the chain of the journal, the lake's hashes and counts, and the releases' hashes.

    Args:
        settings: where lake and releases lie.
        release_id: only this release, with journal and lake; None: all of them.

    Raises:
        NoReleaseError: there is no release with that id, or the home holds nothing to prove.
    """
    if not settings.lake.is_dir() and not settings.releases.is_dir():
        raise NoReleaseError(
            f"{settings.home.resolve()} holds no lake and no release, so nothing is proven: "
            "correct --home or APPROVALS_HOME"
        )
    trail = Trail()
    links = _links(settings, trail, release_id)
    trail.broken = next(links, None)
    return trail


def _links(settings: Settings, trail: Trail, release_id: str | None) -> Iterator[BrokenLink]:
    entries, broken = Journal(settings.lake).read()
    trail.journal_entries = len(entries)
    if broken:
        yield broken
        return
    for manifest in sorted((settings.lake / "files").glob("*.json")):
        yield from _broken_file(settings.lake, manifest, trail)
    yield from _broken_releases(settings, entries, trail, release_id)


def _broken_file(lake: Path, path: Path, trail: Trail) -> Iterator[BrokenLink]:
    """Yield what does not hold of one loaded file: its bytes, its rows, their number."""
    name = f"files/{path.name}"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        sha256, dataset = manifest["file_sha256"], manifest["dataset"]
        counts = {dataset: manifest["rows_accepted"], "rejects": manifest["rows_rejected"]}
    except (ValueError, KeyError) as error:
        yield BrokenLink(name, "a manifest", f"something else ({error})")
        return
    if sha256 != path.stem:
        yield BrokenLink(name, f"the manifest of {path.stem}", f"that of {sha256}")
    yield from _differs(f"landing/{sha256}", f"sha256 {sha256}", _found(lake / "landing" / sha256))
    for data_file, expected in sorted(manifest.get("data_files", {}).items()):
        trail.data_files += 1
        yield from _differs(data_file, f"sha256 {expected}", _found(lake / data_file))
    for table, stated in counts.items():
        place, expected = f"{table}/office=*/{sha256}*.parquet", f"{stated} rows"
        try:
            rows = _rows(lake, table, sha256)
        except (OSError, pa.ArrowInvalid) as error:
            yield BrokenLink(place, expected, f"no Parquet ({error})")
            return
        trail.rows += rows
        yield from _differs(place, expected, f"{rows} rows")
    trail.files += 1


def _broken_releases(
    settings: Settings, entries: list[Entry], trail: Trail, release_id: str | None
) -> Iterator[BrokenLink]:
    """Yield what does not hold of the releases: their bytes, and the journal that they name."""
    from publish import find_release, list_releases, verify_release

    chain = {0: GENESIS, **{entry.sequence: entry.entry_hash for entry in entries}}
    releases = [find_release(settings, release_id)] if release_id else list_releases(settings)
    for release in releases:
        name = f"releases/{release.release_id}"
        verification = verify_release(settings, release.release_id)
        trail.releases += 1
        trail.release_files += verification.files_checked
        for problem in verification.problems:
            yield BrokenLink(f"{name}/{problem.file}", problem.expected, problem.found)
        for sha256, stated in release.manifest.get("lake_manifests", {}).items():
            file = f"files/{sha256}.json"
            yield from _differs(file, f"sha256 {stated}", _found(settings.lake / file))
        read = release.manifest.get("journal")
        if read and chain.get(read["entry_number"]) != read["entry_hash"]:
            found = chain.get(read["entry_number"], "no such entry")
            expected = f"{read['entry_hash']} as {name} names it"
            yield BrokenLink(f"decisions/{read['entry_number']:08d}.json", expected, found)
        signed = release.manifest.get("sign_off")
        if signed and signed["decision_id"] not in chain.values():
            yield BrokenLink("decisions", f"sign-off {signed['decision_id']} of {name}", "none")


def _found(path: Path) -> str:
    """Return the hash of a file, or that there is none."""
    if not path.is_file():
        return "no such file"
    with path.open("rb") as file:
        return f"sha256 {hashlib.file_digest(file, 'sha256').hexdigest()}"


def _rows(lake: Path, table: str, sha256: str) -> int:
    """Return how many rows the Parquet files of a loaded file hold, by their own footers."""
    if table not in {*DATASETS, "rejects"}:
        return 0
    paths = (lake / table).glob(f"office=*/{sha256}*.parquet")
    return sum(pq.read_metadata(path).num_rows for path in paths)


def _differs(file: str, expected: str, found: str) -> Iterator[BrokenLink]:
    if expected != found:
        yield BrokenLink(file, expected, found)
