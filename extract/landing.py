"""The landing store: the bytes as they came, named by their sha256, safe on disk before parsing."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from fsspec import AbstractFileSystem

CHUNK = 1 << 20


def fingerprint(filesystem: AbstractFileSystem, path: str) -> str:
    """Return the sha256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with filesystem.open(path, "rb") as source:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def land(filesystem: AbstractFileSystem, path: str, landing: Path) -> tuple[str, Path]:
    """Copy a file into the landing store and return its sha256 and its place there.

    The file is opened once: the bytes that are hashed are the bytes that will be parsed, also
    when somebody replaces the original meanwhile.
    """
    landing.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    handle, partial_name = tempfile.mkstemp(prefix=".", suffix=".partial", dir=landing)
    partial = Path(partial_name)
    try:
        with os.fdopen(handle, "wb") as target, filesystem.open(path, "rb") as source:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                target.write(chunk)
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


def sync_folder(folder: Path) -> None:
    """Make renames in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
