"""Whether a release still is what was published: every byte, hashed again."""

from dataclasses import dataclass
from typing import Any

from approvals.settings import Settings
from publish.fence import publications
from publish.manifest import MANIFEST_NAME, content_sha256
from publish.release import Release, find_release
from publish.storage import sha256_of


@dataclass(frozen=True, slots=True)
class Problem:
    """One file of a release that is not what the record of it says."""

    file: str
    what: str
    expected: str
    found: str

    def __str__(self) -> str:
        """Return it as a sentence."""
        return f"{self.file} {self.what}"


@dataclass(frozen=True, slots=True)
class Verification:
    """What a second look at a release found."""

    release_id: str
    files_checked: int
    problems: tuple[Problem, ...]

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
    problems = [
        Problem(name, "is missing", f"sha256 {stated[name]['sha256']}", "no such file")
        for name in sorted(stated.keys() - present.keys())
    ]
    problems += [
        Problem(name, "was added", "no such file", "a file")
        for name in sorted(present.keys() - stated.keys())
    ]
    problems += [
        Problem(name, "has been changed", f"sha256 {expected}", f"sha256 {found}")
        for name in sorted(stated.keys() & present.keys())
        if (found := sha256_of(present[name])) != (expected := stated[name]["sha256"])
    ]
    problems += _manifest_problems(settings, release, stated)
    return Verification(release_id, len(present) + 1, tuple(problems))


def _manifest_problems(
    settings: Settings, release: Release, stated: dict[str, Any]
) -> list[Problem]:
    """Return what is wrong with the manifest itself, which no other file of the release states."""
    problems = []
    content = content_sha256(stated)
    if content != release.content_sha256:
        what = "contradicts itself on content_sha256"
        problems.append(Problem(MANIFEST_NAME, what, f"content {content}", release.content_sha256))
    logged = {
        entry.manifest_sha256: entry
        for entry in publications(settings)
        if entry.release_id == release.release_id
    }
    found = sha256_of(release.folder / MANIFEST_NAME)
    if found not in logged:
        what = "is not the one that the log of publications has"
        expected = " or ".join(f"sha256 {sha256}" for sha256 in logged) or "an entry in the log"
        problems.append(Problem(MANIFEST_NAME, what, expected, f"sha256 {found}"))
    return problems
