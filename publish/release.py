"""The releases that exist, and which one is current."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from approvals.errors import NoReleaseError
from approvals.runs import RUN_ID_PATTERN
from approvals.settings import Settings
from publish.fence import pointed_to
from publish.manifest import MANIFEST_NAME
from publish.storage import read_json


@dataclass(frozen=True, slots=True)
class Release:
    """One immutable release."""

    release_id: str
    """The id of the run that made it."""
    folder: Path
    manifest: dict[str, Any]
    is_current: bool

    @property
    def created_at(self) -> str:
        """When it was written, in UTC."""
        return str(self.manifest["created_at"])

    @property
    def content_sha256(self) -> str:
        """One hash over the Parquet files of its marts."""
        return str(self.manifest["content_sha256"])

    @property
    def known_at(self) -> str | None:
        """The day whose knowledge it holds, for a rebuild of the past; None for all others."""
        day: str | None = self.manifest["known_at"]
        return day

    @property
    def unchanged_since(self) -> str | None:
        """The release with the same inputs and content that it replaced, if it did."""
        unchanged: str | None = self.manifest["unchanged_since"]
        return unchanged

    def summary(self) -> dict[str, Any]:
        """Return one line of the list of releases."""
        audit = self.manifest["audit"]
        return {
            "release_id": self.release_id,
            "created_at": self.created_at,
            "is_current": self.is_current,
            "known_at": self.known_at,
            "audit": audit["marts"]["outcome"]
            if audit["lake"]["outcome"] == "passed"
            else audit["lake"]["outcome"],
            "rows": sum(
                table["rows"] for table in self.manifest["tables"] if table["schema"] == "marts"
            ),
            "content_sha256": self.content_sha256,
        }


def current_release(settings: Settings) -> Release | None:
    """Return the release that readers see, or None before the first publication.

    Raises:
        NoReleaseError: the link points to a release that is not there.
    """
    release_id = pointed_to(settings)
    return find_release(settings, release_id) if release_id else None


def find_release(settings: Settings, release_id: str) -> Release:
    """Return one release.

    Raises:
        NoReleaseError: there is no release with that id.
    """
    folder = settings.releases / release_id
    is_named = RUN_ID_PATTERN.fullmatch(release_id) and not folder.is_symlink()
    if not is_named or not (folder / MANIFEST_NAME).exists():
        raise NoReleaseError(
            f"there is no release {release_id!r}: `approvals releases` lists those there are"
        )
    return Release(
        release_id=release_id,
        folder=folder,
        manifest=read_json(folder / MANIFEST_NAME),
        is_current=pointed_to(settings) == release_id,
    )


def list_releases(settings: Settings) -> list[Release]:
    """Return all releases, the newest first."""
    if not settings.releases.is_dir():
        return []
    found = [
        find_release(settings, path.parent.name)
        for path in settings.releases.glob(f"[!.]*/{MANIFEST_NAME}")
        if not path.parent.is_symlink()
    ]
    return sorted(found, key=lambda release: release.manifest["token"], reverse=True)
