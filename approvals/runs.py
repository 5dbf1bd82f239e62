"""Run ids: the only names, beside dates, that may reach dbt's `--vars` or a path."""

import re
import secrets
from datetime import UTC, datetime

from approvals.errors import ConfigurationError, RunNotFoundError
from approvals.settings import Settings

FENCE_FILE = "token"
RUN_ID_PATTERN = re.compile(r"[a-z0-9_-]{1,64}")


def new_run_id(now: datetime | None = None) -> str:
    """Return a run id that sorts by time, such as `20261124t003000123456z-1f2e3d`."""
    moment = (now or datetime.now(UTC)).astimezone(UTC)
    return f"{moment:%Y%m%dt%H%M%S%fz}-{secrets.token_hex(3)}"


def checked_run_id(run_id: str) -> str:
    """Return the run id unchanged.

    Raises:
        ConfigurationError: it holds anything but `a-z`, `0-9`, `_`, `-`, or is over 64 long;
            a path or a Jinja expression could hide in it.
    """
    if not RUN_ID_PATTERN.fullmatch(run_id):
        raise ConfigurationError(
            f"run id {run_id!r} is refused: use 1 to 64 of a-z, 0-9, '_' and '-'"
        )
    return run_id


def remember_token(settings: Settings, run_id: str, token: int) -> None:
    """Write down the token of a run in its folder, for whoever publishes it later."""
    folder = settings.builds / checked_run_id(run_id)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / FENCE_FILE).write_text(f"{token}\n", encoding="utf-8")


def remembered_token(settings: Settings, run_id: str) -> int:
    """Return the token that a run drew when it was opened.

    Raises:
        ConfigurationError: the id is refused.
        RunNotFoundError: no run with that id was opened here.
    """
    path = settings.builds / known_run_id(settings, run_id) / FENCE_FILE
    if not path.exists():
        raise RunNotFoundError(f"{path} is missing: publish with the token that `build` printed")
    return int(path.read_text(encoding="utf-8"))


def known_run_id(settings: Settings, run_id: str) -> str:
    """Return the id of a run that has left a build or a release.

    Raises:
        ConfigurationError: the id is refused.
        RunNotFoundError: no run has that id; nothing was made for it.
    """
    places = (settings.builds, settings.releases)
    if not any((place / checked_run_id(run_id)).is_dir() for place in places):
        raise RunNotFoundError(
            f"there is no run {run_id!r} in {settings.builds}: `approvals build` makes one and "
            "prints its id"
        )
    return run_id
