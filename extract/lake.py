"""The append-only lake (docs/lake.md): paths, atomic writes, and what it already knows."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pyarrow.parquet as pq
from pydantic_core import to_json

from approvals.contracts import LAKE_TABLES
from approvals.decisions import Journal
from extract.landing import sync_folder

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Lake:
    """The lake under one folder, seen by an extractor with one configuration."""

    root: Path
    config_sha256: str

    def prepare(self) -> None:
        """Write the zero-row files that give every glob a match and every table its columns."""
        for table, schema in LAKE_TABLES.items():
            path = self.table_path(table, "_none", table)
            if not path.exists():
                write_atomically(path, partial(pq.write_table, schema.empty_table()))
        for folder in ("files", "refused", "arrivals", "archives"):
            (self.root / folder).mkdir(parents=True, exist_ok=True)
        Journal(self.root).prepare()

    @property
    def landing(self) -> Path:
        """Where the bytes lie as they came."""
        return self.root / "landing"

    def table_path(self, table: str, office_id: str, stem: str) -> Path:
        """Return the place of one file's rows in a table."""
        return self.root / table / f"office={office_id}" / f"{stem}.parquet"

    def remove_parts(
        self, sha256: str, *, beyond: int, tables: Iterable[str] = LAKE_TABLES
    ) -> None:
        """Remove what an earlier, refused or killed load of a file left behind.

        Without a manifest those rows do not exist; with the one that is about to be written they
        would.

        Args:
            sha256: the file.
            beyond: how many parts of it stay.
            tables: of which tables of the lake.
        """
        for table in tables:
            for path in (self.root / table).glob(f"office=*/{sha256}*.parquet"):
                number = path.stem.partition("-")[2]
                if int(number or 1) > beyond:
                    path.unlink()

    def manifest(self, sha256: str) -> dict[str, Any] | None:
        """Return the manifest of a loaded file, or None if these bytes were never loaded."""
        return _read_json(self._manifest_path(sha256))

    def refusal(self, sha256: str) -> dict[str, Any] | None:
        """Return why these bytes were refused under this very configuration, or None."""
        return _read_json(self._refusal_path(sha256))

    def knows(self, sha256: str) -> bool:
        """Whether loading these bytes again would change nothing."""
        archive = self.archive(sha256)
        if archive is not None:
            return all(self.knows(member["sha256"]) for member in archive["members"])
        return self._manifest_path(sha256).exists() or self._refusal_path(sha256).exists()

    def archive(self, sha256: str) -> dict[str, Any] | None:
        """Return which members an archive had when it was unpacked, or None if it never was."""
        return _read_json(self._archive_path(sha256))

    def record_archive(self, sha256: str, record: dict[str, Any]) -> None:
        """Record the members of an archive, so that it is not unpacked again."""
        _write_json(self._archive_path(sha256), record)

    def data_files(self, sha256: str) -> dict[str, str]:
        """Return the Parquet files of a file's rows, below the lake, each with its sha256."""
        return {
            path.relative_to(self.root).as_posix(): _digest(path)
            for table in LAKE_TABLES
            for path in sorted((self.root / table).glob(f"office=*/{sha256}*.parquet"))
        }

    def commit(self, manifest: dict[str, Any]) -> None:
        """Write the manifest: from now on the file's rows exist."""
        _write_json(self._manifest_path(manifest["file_sha256"]), manifest)

    def refuse(self, refusal: dict[str, Any]) -> None:
        """Record that a file was rejected whole, and why."""
        _write_json(self._refusal_path(refusal["file_sha256"]), refusal)

    def record_arrival(self, sha256: str, arrival: dict[str, Any]) -> bool:
        """Record that known bytes arrived under another name; False if that is on record."""
        name_hash = hashlib.sha256(arrival["original_name"].encode()).hexdigest()[:12]
        path = self.root / "arrivals" / f"{sha256}-{name_hash}.json"
        if path.exists():
            return False
        _write_json(path, arrival)
        return True

    def _archive_path(self, sha256: str) -> Path:
        return self.root / "archives" / f"{sha256}.json"

    def _manifest_path(self, sha256: str) -> Path:
        return self.root / "files" / f"{sha256}.json"

    def _refusal_path(self, sha256: str) -> Path:
        return self.root / "refused" / f"{sha256}-{self.config_sha256[:16]}.json"


def part_stem(sha256: str, part: int) -> str:
    """Return the name of the Parquet file of one of a file's tables, counted from 1."""
    return sha256 if part == 1 else f"{sha256}-{part}"


def write_atomically(path: Path, write: Callable[[Path], Result], mode: int = 0o600) -> Result:
    """Let `write` fill a temporary file, bring it to disk, then give it its name.

    Returns:
        What `write` returned.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, partial_name = tempfile.mkstemp(prefix=".", suffix=".partial", dir=path.parent)
    os.close(handle)
    unfinished = Path(partial_name)
    try:
        result = write(unfinished)
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.chmod(mode)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    return result


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_json(path: Path, value: dict[str, Any]) -> None:
    text = to_json(dict(sorted(value.items())), indent=1)  # json indents in Python: 4 ms a file
    write_atomically(path, lambda unfinished: unfinished.write_bytes(text + b"\n"))


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return content
