"""Find export files below the drop folders and say whose they are."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import fsspec
from fsspec import AbstractFileSystem
from pydantic import ValidationError

from approvals.configuration import Configuration
from approvals.errors import ConfigurationError, ExportsNotFoundError
from approvals.offices import Office, undeclared_office
from approvals.settings import Settings
from extract.lake import Lake
from extract.landing import fingerprint

logger = logging.getLogger(__name__)

IGNORED_NAMES = ("readme*", ".*", "*/.*", "*/readme*", "*.md", "*.part", "*.tmp", "~$*", "*/~$*")
"""Not exports: notes beside them, hidden files, uploads that have not finished."""


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file in a drop folder and the office it belongs to (None: no pattern matches)."""

    name: str
    """Path below the drop folder, with forward slashes."""
    office: Office | None
    filesystem: AbstractFileSystem
    path: str
    modified_at: datetime


def find_exports(configuration: Configuration) -> list[ExportFile]:
    """Return every export below the drop folders, in the order of their names.

    Raises:
        ExportsNotFoundError: a drop folder does not exist.
    """
    found = [
        export
        for folder in configuration.drop_folders
        for export in _files(folder, configuration.offices)
    ]
    return sorted(found, key=lambda export: export.name)


def given_files(
    paths: Iterable[Path], office_id: str | None, offices: tuple[Office, ...]
) -> list[ExportFile]:
    """Return files named on the command line (folders are walked).

    Args:
        paths: files and folders.
        office_id: whose they are; None: the first of `offices` whose pattern matches. A file of no
            declared office is read all the same, by what it proves itself.
        offices: all offices.

    Raises:
        ExportsNotFoundError: a path does not exist.
        ConfigurationError: the office's id is malformed.
    """
    office = _named(office_id, offices) if office_id else None
    filesystem = fsspec.filesystem("file")
    found: list[ExportFile] = []
    for path in paths:
        if not path.exists():
            raise ExportsNotFoundError(f"{path} does not exist: check the path")
        parts = sorted(part for part in path.rglob("*") if part.is_file())
        for part in parts if path.is_dir() else [path]:
            name = part.relative_to(path).as_posix() if path.is_dir() else part.name
            if not _ignored(name):
                modified = datetime.fromtimestamp(part.stat().st_mtime, UTC)
                owner = office or _owner(name, offices) or undeclared_office()
                found.append(ExportFile(name, owner, filesystem, str(part), modified))
    return found


def offices_with_new_files(settings: Settings, configuration: Configuration) -> list[str]:
    """Return the ids of the offices that have a file whose bytes the lake does not hold yet."""
    lake = Lake(settings.lake, configuration.sha256)
    new = {
        export.office.office_id
        for export in find_exports(configuration)
        if export.office and not lake.knows(fingerprint(export.filesystem, export.path))
    }
    return sorted(new)


def _named(office_id: str, offices: tuple[Office, ...]) -> Office:
    for office in offices:
        if office.office_id == office_id:
            return office
    try:
        return undeclared_office(office_id)
    except ValidationError as error:
        raise ConfigurationError(
            f"--office {office_id!r}: an office id has small letters, digits and _ only"
        ) from error


def _files(folder: str, offices: tuple[Office, ...]) -> Iterator[ExportFile]:
    filesystem, root = fsspec.core.url_to_fs(folder)
    if not filesystem.isdir(root):
        place = _without_secrets(folder)
        raise ExportsNotFoundError(
            f"the drop folder {place} does not exist: set APPROVALS_EXPORTS to the folder or URL "
            "where the offices' exports lie"
        )
    base = root.rstrip("/") + "/"
    for path, info in filesystem.find(root, detail=True).items():
        name = path.removeprefix(base)
        if _ignored(name) or not _regular(info):
            continue
        yield ExportFile(name, _owner(name, offices), filesystem, path, _modified(filesystem, path))


def _ignored(name: str) -> bool:
    return any(fnmatchcase(name.lower(), pattern) for pattern in IGNORED_NAMES)


def _regular(info: dict[str, Any]) -> bool:
    """Neither a link nor a pipe or device: those could lead out of the folder, or never answer."""
    regular = info.get("type") == "file" and not info.get("islink", False)
    if not regular:
        logger.warning("not a regular file, passed over: %r", info.get("name"))
    return regular


def _owner(name: str, offices: tuple[Office, ...]) -> Office | None:
    for office in offices:
        if any(fnmatchcase(name, pattern) for pattern in office.file_pattern):
            return office
    return None


def _modified(filesystem: AbstractFileSystem, path: str) -> datetime:
    moment: datetime = filesystem.modified(path)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _without_secrets(url: str) -> str:
    """A URL may carry a user and a password; neither belongs in a message."""
    parts = urlsplit(url)
    return url.replace(f"{parts.netloc}", parts.hostname or "") if "@" in parts.netloc else url
