"""The landing store: the bytes as they came, named by their sha256, safe on disk before parsing."""

import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from fsspec import AbstractFileSystem
from fsspec.implementations.local import LocalFileSystem

from extract.errors import RefusedFileError

if TYPE_CHECKING:
    from io import BufferedIOBase

CHUNK = 1 << 20
VERSION_KEYS = ("size", "mtime", "created", "LastModified", "last_modified", "ETag", "etag")
"""What object stores say of a file that changes when somebody replaces it."""


def fingerprint(filesystem: AbstractFileSystem, path: str) -> str:
    """Return the sha256 of a file's bytes, in hexadecimal.

    Raises:
        OSError: the file cannot be read, or is a link, a pipe or a device.
        RefusedFileError: it changed while it was read.
    """
    digest = hashlib.sha256()
    with opened(filesystem, path) as source:
        for chunk in _chunks(source):
            digest.update(chunk)
    return digest.hexdigest()


def land(filesystem: AbstractFileSystem, path: str, landing: Path) -> tuple[str, Path]:
    """Copy a file into the landing store and return its sha256 and its place there.

    The file is opened once: the bytes that are hashed are the bytes that will be parsed.

    Raises:
        OSError: the file cannot be read, or is a link, a pipe or a device.
        RefusedFileError: it changed while it was read.
    """
    landing.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    handle, partial_name = tempfile.mkstemp(prefix=".", suffix=".partial", dir=landing)
    partial = Path(partial_name)
    try:
        with (
            os.fdopen(handle, "wb") as target,
            opened(filesystem, path) as source,
            ThreadPoolExecutor(1, "hash") as hashing,
        ):
            for chunk in _chunks(source):
                hashed = hashing.submit(digest.update, chunk)
                target.write(chunk)
                hashed.result()
            target.flush()
            os.fsync(target.fileno())
        landed = landing / digest.hexdigest()
        partial.chmod(stat.S_IRUSR)
        partial.replace(landed)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    sync_folder(landing)
    return digest.hexdigest(), landed


def _chunks(source: IO[bytes]) -> Iterator[memoryview]:
    """Yield the bytes of a file in one buffer, filled again and again: no copy is allocated."""
    buffer = memoryview(bytearray(CHUNK))
    reader = cast("BufferedIOBase", source)
    while count := reader.readinto(buffer):
        yield buffer[:count]


@contextmanager
def opened(filesystem: AbstractFileSystem, path: str) -> Iterator[IO[bytes]]:
    """Open a regular file for reading; whoever reads it to its end read one state of it.

    Raises:
        OSError: the file cannot be read, or is a link, a pipe or a device: those could lead out
            of the drop folder, or never answer.
        RefusedFileError: the file grew or was replaced meanwhile; the next load tries it again.
    """
    if not isinstance(filesystem, LocalFileSystem):
        before = _version(filesystem.info(path))
        with filesystem.open(path, "rb") as source:
            yield source
        _refuse_change(before, _version(filesystem.info(path)))
        return
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as source:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode):
            raise OSError(errno.EINVAL, "it is no regular file")
        yield source
        _refuse_change(_identity(state), _identity(Path(path).lstat()))


def _identity(state: os.stat_result) -> tuple[int, ...]:
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns


def _version(info: dict[str, Any]) -> tuple[object, ...]:
    return tuple(info.get(key) for key in VERSION_KEYS)


def _refuse_change(before: tuple[object, ...], after: tuple[object, ...]) -> None:
    if before != after:
        raise RefusedFileError(
            "file_changing",
            "the file changed while it was read: it is tried again with the next load",
        )


def sync_folder(folder: Path) -> None:
    """Make renames in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
