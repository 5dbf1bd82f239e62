"""The journal: one JSON file for each entry, in a chain of hashes, below `lake/decisions/`.

An entry is written under a lock, aside, brought to disk, and then linked to the name of its
sequence number. A link never replaces a file, so that even two writers without a lock in common
cannot put two entries in one place: one of them fails.
"""

import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from approvals.decisions.entry import GENESIS, Entry, parsed
from approvals.errors import JournalLockedError, TrailBrokenError

LOCK_SECONDS: Final = 60
NO_ENTRY: Final = "none.json"
"""An empty file: dbt's glob over the entries always finds one."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry: who knows it can tell whether the journal was cut or rewritten."""

    sequence: int
    entry_hash: str


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first place where something is not what the record of it says."""

    file: str
    expected: str
    found: str

    def __str__(self) -> str:
        """Return it as a sentence."""
        return f"{self.file}: expected {self.expected}, found {self.found}"


class Journal:
    """The decisions of one lake."""

    def __init__(self, lake: Path) -> None:
        """Name the journal of a lake; nothing is written yet."""
        self.folder = lake / "decisions"

    def prepare(self) -> None:
        """Make the folder and the empty file in it."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self.folder / NO_ENTRY).touch(mode=0o600)

    def entries(self) -> list[Entry]:
        """Return every entry, the oldest first.

        Raises:
            TrailBrokenError: the chain is broken; the message names the first broken link.
        """
        entries, broken = self.read()
        if broken:
            raise TrailBrokenError(
                f"{broken}. The journal was changed from outside: restore it from a backup, "
                "nothing is decided on it until then"
            )
        return entries

    def head(self) -> Head:
        """Return the newest entry's place and hash; of an empty journal 0 and the first hash.

        Raises:
            TrailBrokenError: the chain is broken.
        """
        return head_of(self.entries())

    def read(self) -> tuple[list[Entry], BrokenLink | None]:
        """Return the entries up to the first broken link, and that link; None if all holds."""
        entries: list[Entry] = []
        broken = next(self._walk(entries), None)
        return entries, broken

    def append(self, decide: Callable[[list[Entry]], Entry]) -> Entry:
        """Append what `decide` makes of the entries so far; return it sealed.

        `decide` runs under the lock: what it finds undecided is still undecided when its entry
        is written. It refuses by raising, and then nothing is written.

        Raises:
            JournalLockedError: another writer held the lock for a minute.
            TrailBrokenError: the chain is broken; nothing is appended to it.
        """
        self.prepare()
        with self._locked():
            for leftover in self.folder.glob(".*.partial"):
                leftover.unlink()
            entries = self.entries()
            last = head_of(entries)
            moment = datetime.now(UTC).isoformat(timespec="microseconds")
            unsealed = replace(
                decide(entries),
                sequence=last.sequence + 1,
                previous_hash=last.entry_hash,
                recorded_at=max(moment, entries[-1].recorded_at) if entries else moment,
            )
            entry = replace(unsealed, entry_hash=unsealed.sealed())
            self._write(entry)
        return entry

    def _walk(self, entries: list[Entry]) -> Iterator[BrokenLink]:
        """Add the entries in order to a list; yield the first link that does not hold and stop."""
        expected = GENESIS
        for number, path in enumerate(sorted(self.folder.glob("[0-9]*.json")), start=1):
            name = f"decisions/{path.name}"
            if path.name != _name(number):
                yield BrokenLink(f"decisions/{_name(number)}", "an entry", "none")
                return
            try:
                entry = parsed(path.read_text(encoding="utf-8"))
            except ValueError as error:
                yield BrokenLink(name, "an entry", f"something else ({error})")
                return
            for what, wanted, found in (
                ("sequence", str(number), str(entry.sequence)),
                ("previous hash", expected, entry.previous_hash),
                ("hash", entry.sealed(), entry.entry_hash),
            ):
                if wanted != found:
                    yield BrokenLink(name, f"{what} {wanted}", found)
                    return
            expected = entry.entry_hash
            entries.append(entry)

    def _write(self, entry: Entry) -> None:
        handle, partial_name = tempfile.mkstemp(prefix=".", suffix=".partial", dir=self.folder)
        partial = Path(partial_name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(entry.as_text())
            file.flush()
            os.fchmod(file.fileno(), stat.S_IRUSR)
            os.fsync(file.fileno())
        try:
            (self.folder / _name(entry.sequence)).hardlink_to(partial)
        finally:
            partial.unlink()
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = FileLock(self.folder / ".lock", timeout=LOCK_SECONDS, mode=0o600)
        try:
            with lock:
                yield
        except Timeout as timeout:
            raise JournalLockedError(
                f"{self.folder} is held by another process: wait for it, or end it if it hangs"
            ) from timeout


def head_of(entries: list[Entry]) -> Head:
    """Return the place and hash of the newest of some entries."""
    return Head(entries[-1].sequence, entries[-1].entry_hash) if entries else Head(0, GENESIS)


def _name(sequence: int) -> str:
    return f"{sequence:08d}.json"
