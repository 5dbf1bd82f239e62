"""Whether a release still is what was published: every byte, hashed again."""

from dataclasses import dataclass

from approvals.settings import Settings
from publish.fence import publications
from publish.manifest import MANIFEST_NAME, content_sha256
from publish.release import find_release
from publish.storage import sha256_of


@dataclass(frozen=True, slots=True)
class Verification:
    """What a second look at a release found."""

    release_id: str
    files_checked: int
    problems: tuple[str, ...]

    @property
    def is_intact(self) -> bool:
        """Whether every byte is as published."""
        return not self.problems


def verify_release(settings: Settings, release_id: str) -> Verification:
    """Hash every file of a release again and compare with its manifest, and that with the log.

    Raises:
        NoReleaseError: there is no release with that id.
    """
    release = find_release(settings, release_id)
    stated = release.manifest["files"]
    present = {
        path.relative_to(release.folder).as_posix(): path
        for path in release.folder.rglob("*")
        if path.is_file() and path != release.folder / MANIFEST_NAME
    }
    problems = [f"{name} is missing" for name in sorted(stated.keys() - present.keys())]
    problems += [f"{name} was added" for name in sorted(present.keys() - stated.keys())]
    problems += [
        f"{name} has been changed"
        for name in sorted(stated.keys() & present.keys())
        if sha256_of(present[name]) != stated[name]["sha256"]
    ]
    if content_sha256(stated) != release.content_sha256:
        problems.append(f"{MANIFEST_NAME} contradicts itself on content_sha256")
    logged = {
        entry.manifest_sha256 for entry in publications(settings) if entry.release_id == release_id
    }
    if sha256_of(release.folder / MANIFEST_NAME) not in logged:
        problems.append(f"{MANIFEST_NAME} is not the one that the log of publications has")
    return Verification(release_id, len(present) + 1, tuple(problems))
