"""One publisher at a time, and never a late one: the lock, the run tokens, the log, the link.

A run draws a token, greater than any before it, when it starts. The last step of a publication
compares it, under the lock, with the log: a process that was paused, or orphaned by a killed
supervisor, finds a greater token there and is refused. A rollback takes a token as well, so that
no run that began before it can undo it.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal
from uuid import uuid4

from filelock import FileLock, Timeout

from approvals.errors import PublicationLockedError
from approvals.settings import Settings
from publish.storage import append_durably, make_folder, replace_durably, sync_folder

Action = Literal["publish", "rollback", "rebuild"]

CURRENT: Final = "current"
LOG_NAME: Final = "publications.jsonl"
LOCK_SECONDS: Final = 60
"""How long a publisher waits for another one, which takes seconds."""


@dataclass(frozen=True, slots=True)
class Publication:
    """One line of the log: what the link was set to, by which token; a rebuild leaves it."""

    action: Action
    release_id: str
    token: int
    replaced: str | None
    """The release that was current until then."""
    manifest_sha256: str
    recorded_at: str


def draw_token(settings: Settings) -> int:
    """Return a token greater than every token drawn or published before.

    Raises:
        PublicationLockedError: the counter is locked by a process that hangs.
    """
    folder = make_folder(settings.releases)
    counter = folder / ".token"
    with _held(folder / ".token.lock"):
        drawn = int(counter.read_text(encoding="utf-8")) if counter.exists() else 0
        token = max(drawn, last_token(settings)) + 1
        replace_durably(counter, f"{token}\n")
    return token


@contextmanager
def publication_lock(settings: Settings) -> Iterator[None]:
    """Hold the lock of all publishers; the system lets go of it if this process dies.

    Raises:
        PublicationLockedError: another publisher held it for a minute.
    """
    with _held(make_folder(settings.releases) / ".lock"):
        yield


def check_token(settings: Settings, token: int, release_id: str) -> None:
    """Refuse a token that a later run or a rollback has overtaken.

    Raises:
        PublicationLockedError: names the publication that came first.
    """
    history = [entry for entry in publications(settings) if entry.action != "rebuild"]
    overtaking = [entry for entry in history if entry.token >= token]
    if overtaking and (overtaking[-1].token > token or overtaking[-1].release_id != release_id):
        newest = overtaking[-1]
        raise PublicationLockedError(
            f"run {release_id} is too late with token {token}: {newest.action} of "
            f"{newest.release_id} with token {newest.token} came first. Nothing is lost; start a "
            "new run to publish again"
        )


def point_to(settings: Settings, release_id: str) -> None:
    """Swap the link `current`; readers see the old release or the new one, never neither."""
    link = settings.releases / f".{CURRENT}.{uuid4().hex}"
    link.symlink_to(release_id, target_is_directory=True)
    try:
        link.replace(settings.releases / CURRENT)
    except BaseException:
        link.unlink(missing_ok=True)
        raise
    sync_folder(settings.releases)


def pointed_to(settings: Settings) -> str | None:
    """Return the release id that `current` names, or None before the first publication."""
    try:
        return str((settings.releases / CURRENT).readlink())
    except FileNotFoundError:
        return None


def record(settings: Settings, publication: Publication) -> None:
    """Append to the log; this comes before the swap, so that no swap is ever unrecorded."""
    line = json.dumps(asdict(publication), ensure_ascii=False, sort_keys=True)
    append_durably(settings.releases / LOG_NAME, line)


def publications(settings: Settings) -> list[Publication]:
    """Return the log, the oldest first. A last line cut off by a crash does not count."""
    path = settings.releases / LOG_NAME
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Publication(**entry) for entry in map(_parsed, lines) if entry is not None]


def last_token(settings: Settings) -> int:
    """Return the greatest token that was published with, 0 before the first."""
    return max((entry.token for entry in publications(settings)), default=0)


def now() -> str:
    """Return the time as the log and the manifest write it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        entry: dict[str, Any] = json.loads(line)
    except json.JSONDecodeError:
        return None
    return entry


@contextmanager
def _held(path: Path) -> Iterator[None]:
    lock = FileLock(path, timeout=LOCK_SECONDS, mode=0o640)
    try:
        with lock:
            yield
    except Timeout as timeout:
        raise PublicationLockedError(
            f"{path} is held by another process: wait for it, or end it if it hangs"
        ) from timeout
