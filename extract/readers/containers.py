"""ZIP and GZIP files (also BZIP2 and XZ) with one or several exports inside.

A child process of its own unpacks them into files whose names are numbers: a name in an archive
never becomes a path. Sizes, ratio and names are checked first, bytes are counted while.
"""

import bz2
import gzip
import json
import lzma
import re
import stat
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import IO

from extract.errors import RefusedFileError
from extract.readers.archive_check import (
    CHUNK,
    DAMAGE,
    RATIO_LIMIT,
    SMALL,
    UNPACKED_LIMIT,
    bomb,
    damaged,
    open_archive,
    read_entry,
)
from extract.readers.boot import child_command
from extract.readers.detection import PACKED, ZIP, detect
from extract.readers.table import RawTable

WALL_SECONDS = 50.0
DEEPEST = 1
"""How many archives may stand between a file and an export inside it, beyond the first."""
MEMBER_LIMIT = 1000
NO_EXPORT = re.compile(
    r"(^|/)(__macosx/.*|\..*|thumbs\.db|desktop\.ini|~\$[^/]*|\.~lock\.[^/]*|icon\r?)$|/$",
    re.IGNORECASE,
)
"""What programs leave in archives beside the exports, and folders."""
UNSAFE_NAME = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Member:
    """One export inside an archive."""

    name: str
    """Path inside the archive; empty for the only content of a GZIP file."""
    path: str
    """Where its bytes were unpacked to."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What an archive held."""

    members: list[Member]
    passed_over: list[str]
    """Names of what programs leave in archives, which was not unpacked."""


class ContainerReader:
    """Reads all exports inside an archive, for those who look at a file without loading it."""

    def read(self, path: Path, code_page: str | None) -> list[RawTable]:
        """Return the tables of every member, one after the other.

        Raises:
            RefusedFileError: the archive is damaged, unsafe, a bomb or empty, or a member of it
                cannot be read.
        """
        from extract.readers.detection import reader_for

        with tempfile.TemporaryDirectory() as folder:
            return [
                replace(table, sheet_name=" ".join(filter(None, (member.name, table.sheet_name))))
                for member in unpacked(path, Path(folder)).members
                for table in reader_for(Path(member.path)).read(Path(member.path), code_page)
            ]


def is_container(path: Path) -> bool:
    """Whether a file is an archive of exports; one that cannot be opened is none."""
    try:
        return detect(path).name in {ZIP, PACKED}
    except RefusedFileError:
        return False


def unpacked(path: Path, folder: Path) -> Unpacked:
    """Unpack an archive into a folder, in a child process, and return what it held.

    Raises:
        RefusedFileError: the archive is damaged, unsafe, a bomb or empty.
    """
    command = child_command("unpack(sys.argv[2], sys.argv[3])", str(path), str(folder))
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, env={}, timeout=WALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise RefusedFileError(
            "archive_too_slow",
            f"the archive was not unpacked within {WALL_SECONDS:.0f} seconds: send the files alone",
        ) from error
    if done.returncode != 0:
        raise RefusedFileError(
            "archive_crashed",
            "the archive ended the process that unpacked it: send the files in it one by one",
        )
    answer = json.loads(done.stdout)
    if "refusal" in answer:
        raise RefusedFileError(*answer["refusal"])
    members = [Member(**member) for member in answer["members"]]
    if not members:
        raise RefusedFileError("file_empty", "the archive holds no export: pack it again")
    return Unpacked(members, answer["passed_over"])


def unpack_here(path: Path, folder: Path) -> str:
    """Unpack an archive in this very process; return the answer that `unpacked` reads."""
    unpacking = _Unpacking(folder)
    try:
        members = list(unpacking.members(path, "", depth=0))
    except RefusedFileError as error:
        return json.dumps({"refusal": [error.reason_code, str(error)]})
    found = Unpacked(members, unpacking.passed_over)
    return json.dumps(asdict(found))


class _Unpacking:
    """One archive being unpacked: what it has written so far counts against one limit."""

    def __init__(self, folder: Path) -> None:
        self.passed_over: list[str] = []
        self._folder = folder
        self._files = 0
        self._left = UNPACKED_LIMIT

    def members(self, path: Path, name: str, depth: int) -> Iterator[Member]:
        """Yield the exports inside an archive, and those inside the archives inside it."""
        if depth > DEEPEST:
            raise RefusedFileError(
                "archive_nested",
                "the archive holds archives inside archives: send the exports in one ZIP file",
            )
        inner = self._entries(path) if detect(path).name == ZIP else self._stream(path)
        for entry_name, content in inner:
            full_name = "/".join(filter(None, (name, entry_name)))
            if is_container(content):
                yield from self.members(content, full_name, depth + 1)
            else:
                yield Member(full_name, str(content))

    def _entries(self, path: Path) -> Iterator[tuple[str, Path]]:
        with open_archive(path, "archive") as archive:
            entries = archive.infolist()
            _check_names(entries)
            for entry in entries:
                if NO_EXPORT.search(entry.filename):
                    if not entry.is_dir():
                        self.passed_over.append(entry.filename)
                    continue
                target = self._next_path()
                with target.open("wb") as out:
                    read_entry(archive, entry, "archive", partial(self._write, out))
                yield entry.filename, target

    def _stream(self, path: Path) -> Iterator[tuple[str, Path]]:
        """Unpack the single content of a GZIP, BZIP2 or XZ file."""
        target = self._next_path()
        packed, written = path.stat().st_size, 0
        try:
            with _opened(path) as source, target.open("wb") as out:
                while chunk := source.read(CHUNK):
                    written += len(chunk)
                    if written > max(SMALL, RATIO_LIMIT * packed):
                        raise bomb(f"unpacks to more than {RATIO_LIMIT} times its size")
                    self._write(out, chunk)
        except DAMAGE as error:
            raise damaged("archive", str(error)) from error
        yield "", target

    def _write(self, out: IO[bytes], part: bytes) -> None:
        self._left -= len(part)
        if self._left < 0:
            raise bomb(f"unpacks to more than {UNPACKED_LIMIT} bytes")
        out.write(part)

    def _next_path(self) -> Path:
        self._files += 1
        if self._files > MEMBER_LIMIT:
            raise bomb(f"holds more than {MEMBER_LIMIT} files")
        return self._folder / str(self._files)


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse names that lead out of a folder, links, and two members of one name."""
    seen: set[str] = set()
    for entry in entries:
        mode = entry.external_attr >> 16
        is_odd = bool(mode) and stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}
        if is_odd or UNSAFE_NAME.search(entry.orig_filename) or entry.filename in seen:
            raise RefusedFileError(
                "archive_unsafe",
                f"the archive's member {entry.orig_filename!r} is a link, leads out of the archive "
                "or is there twice: pack the exports again, files only",
            )
        seen.add(entry.filename)


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as source:
        magic = source.read(2)
    if magic == b"\x1f\x8b":
        return gzip.open(path)  # type: ignore[return-value]
    return bz2.open(path) if magic == b"BZ" else lzma.open(path)
