"""The home folder: who may enter it, and what to say where the system refuses it.

Lake, builds and configuration hold cells as offices sent them, personal data among them, so they
are for their owner alone; readers reach `releases/` and `site/` through the home by their group.
"""

import atexit
import errno
import gc
import os
from pathlib import Path
from typing import Final

from approvals.errors import StorageError
from approvals.settings import Settings

PRIVATE_UMASK: Final = 0o077
HOME_MODE: Final = 0o750
FIXES: Final = {
    errno.ENOSPC: "the disk is full: make room and run again, nothing is half-written",
    errno.EDQUOT: "the quota is used up: make room and run again, nothing is half-written",
    errno.EFBIG: "a file may not grow so large (ulimit -f): raise the limit and run again",
    errno.EACCES: "this user has no right to it: change its rights, or name another folder",
    errno.EPERM: "this user has no right to it: change its rights, or name another folder",
    errno.EROFS: "it is read-only: name another folder with --home or APPROVALS_HOME",
    errno.ENOTDIR: "a file stands where a folder should: name another folder",
    errno.EEXIST: "a file stands where a folder should: name another folder",
    errno.EISDIR: "a folder stands where a file should: move it away",
    errno.ENAMETOOLONG: "the name is too long: name another folder",
    errno.ELOOP: "it is a link, and links are not followed: name the file itself",
    errno.ENOENT: "it does not exist and cannot be created: name another folder",
}
"""What the system refuses → what an operator can do about it."""


def prepare_process() -> None:
    """Set up a process that runs a command and ends: private files, few garbage collections.

    dbt and Great Expectations make millions of objects that live as long as the command; looking
    through them for garbage every 700 new ones, Python's default, is a tenth of a night, and
    looking through them once more when the process ends is a second.
    """
    os.umask(PRIVATE_UMASK)
    gc.set_threshold(50_000, 20, 50)
    atexit.register(gc.freeze)


def open_home(settings: Settings) -> None:
    """Make the home and its private folders, for whoever writes into them.

    Raises:
        StorageError: a folder cannot be made or written; it names the folder and the fix.
    """
    home = settings.home.resolve()
    private = (settings.lake, settings.builds, settings.resolved_config, home / "cache")
    try:
        if not home.exists():
            home.mkdir(parents=True)
            home.chmod(HOME_MODE)
        for folder in private:
            folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StorageError(refusal(error)) from error
    for folder in (home, *private):
        if not os.access(folder, os.W_OK | os.X_OK):
            denied = PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
            raise StorageError(refusal(denied)) from denied


def refusal(error: OSError) -> str:
    """Return what the system refused, and the fix, in one line."""
    what = error.strerror or str(error)
    where = f"{Path(os.fsdecode(error.filename))}: " if error.filename else ""
    fix = FIXES.get(error.errno or 0, "look into the file system, then run again")
    return f"{where}{what}; {fix}"
