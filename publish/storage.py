"""Files that survive a power cut: written aside, brought to disk, renamed, read-only."""

import hashlib
import json
import os
import stat
from pathlib import Path
from typing import Any, Final

FOLDER_MODE: Final = 0o750
FILE_MODE: Final = 0o444
"""Readable by whoever the folder lets in, writable by nobody."""
LOG_MODE: Final = 0o640
PRIVATE_FOLDER_MODE: Final = 0o700
PRIVATE_FILE_MODE: Final = 0o400


def make_folder(folder: Path, mode: int = FOLDER_MODE) -> Path:
    """Create a folder with exactly this mode, whatever the umask; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(mode)
    return folder


def write_json(path: Path, document: dict[str, Any]) -> None:
    """Write a JSON document with sorted keys."""
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def read_json(path: Path) -> dict[str, Any]:
    """Return a JSON object.

    Raises:
        FileNotFoundError: there is no such file.
    """
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def replace_durably(path: Path, text: str, mode: int = LOG_MODE) -> None:
    """Give a small file a new content: all of it or none, on disk when this returns."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    with partial.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())
    partial.replace(path)
    sync_folder(path.parent)


def append_durably(path: Path, line: str) -> None:
    """Append one line to a log and bring it to disk; a line that a crash cut off stays apart."""
    is_cut = path.exists() and not path.read_bytes().endswith(b"\n")
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n" if is_cut else f"{line}\n")
        file.flush()
        os.fchmod(file.fileno(), LOG_MODE)
        os.fsync(file.fileno())
    sync_folder(path.parent)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def seal(folder: Path) -> None:
    """Make every file below a folder read-only and bring files and folders to disk."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            sync_folder(path)
            continue
        private = stat.S_IMODE(path.parent.stat().st_mode) == PRIVATE_FOLDER_MODE
        with path.open("rb") as file:
            os.fsync(file.fileno())
        path.chmod(PRIVATE_FILE_MODE if private else FILE_MODE)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Bring a folder's entries to disk: a rename is durable only then."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
