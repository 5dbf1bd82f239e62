"""Find export files below the drop folders and say whose they are."""

import logging
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit

import fsspec
from fsspec import AbstractFileSystem
from fsspec.implementations.local import LocalFileSystem
from pydantic import ValidationError

from approvals.configuration import Configuration
from approvals.errors import ConfigurationError, ExportsNotFoundError
from approvals.offices import Office, undeclared_office
from approvals.settings import Settings
from extract.lake import Lake
from extract.landing import fingerprint

logger = logging.getLogger(__name__)

IGNORED_NAMES = (
    *("readme*", ".*", "*/.*", "*/readme*", "*.md", "*.part", "*.tmp", "~$*", "*/~$*"),
    *("desktop.ini", "*/desktop.ini", "thumbs.db", "*/thumbs.db"),
)
"""Not exports, in small letters: notes beside them, hidden files, uploads that have not finished,
what file managers and Office leave behind."""


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file in a drop folder and the office it belongs to (None: no pattern matches)."""

    name: str
    """Path below the drop folder, with forward slashes."""
    office: Office | None
    filesystem: AbstractFileSystem
    path: str
    modified_at: datetime
    member: str = ""
    """Path inside the archive that holds it, which is then the beginning of `name`."""


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
        for part in sorted(_regular_files(path)) if path.is_dir() else [path]:
            name = _shown(part.relative_to(path).as_posix() if path.is_dir() else part.name)
            if not is_ignored(name):
                modified = datetime.fromtimestamp(part.lstat().st_mtime, UTC)
                owner = office or _owner(name, offices) or undeclared_office()
                found.append(ExportFile(name, owner, filesystem, str(part), modified))
    return found


def given_file(path: Path, office_id: str | None, offices: tuple[Office, ...]) -> ExportFile:
    """Return the one file that is named on the command line, as `given_files` does.

    Raises:
        ExportsNotFoundError: it does not exist, is no regular file, or no export by its name.
        ConfigurationError: the office's id is malformed.
    """
    if path.exists() and not path.is_file():
        what = "a folder: name one file in it" if path.is_dir() else "no regular file: name one"
        raise ExportsNotFoundError(f"{path} is {what}")
    found = given_files([path], office_id, offices)
    if not found:
        raise ExportsNotFoundError(
            f"{path} is passed over, by its name no export: rename it (docs/formats.md, Bounds)"
        )
    return found[0]


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
    is_local = isinstance(filesystem, LocalFileSystem)
    paths = map(str, _regular_files(Path(root))) if is_local else filesystem.find(root)
    for path in paths:
        name = _shown(path.removeprefix(base))
        if not is_ignored(name):
            owner = _owner(name, offices)
            yield ExportFile(name, owner, filesystem, path, _modified(filesystem, path))


def _regular_files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder: no link, pipe or device, nor anything behind a link.

    Those could lead out of the folder, or never answer.
    """
    for place, folders, names in os.walk(folder):
        for name in sorted([*names, *folders]):
            path = Path(place, name)
            mode = path.lstat().st_mode
            if stat.S_ISREG(mode):
                yield path
            elif not stat.S_ISDIR(mode):
                logger.warning("not a regular file, passed over: %r", str(path))


def _shown(name: str) -> str:
    """Return a name that every report can hold: what is no text in it is written as an escape."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def is_ignored(name: str) -> bool:
    """Whether a name is that of a note, a hidden file or an unfinished upload."""
    return any(fnmatchcase(name.lower(), pattern) for pattern in IGNORED_NAMES)


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
