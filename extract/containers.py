"""Archives in the drop folder: each export inside one is landed and loaded as a file of its own.

The archive itself is no data: `lake/archives/<sha256>.json` says which members it had, so that the
same bytes are not unpacked again. A member's report stands inside the report of its archive.
"""

import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from fsspec.implementations.local import LocalFileSystem

from extract.discovery import ExportFile, is_ignored
from extract.errors import RefusedFileError
from extract.file_loader import LandedFile
from extract.lake import Lake
from extract.landing import land
from extract.readers.containers import is_container, unpacked
from extract.report import FileReport

NAMED = 5


@dataclass(frozen=True, slots=True)
class Arrived:
    """A landed file and, if it is an archive, the landed exports inside it."""

    file: LandedFile
    members: tuple[LandedFile, ...]
    passed_over: tuple[str, ...] = ()
    """Names in the archive that are no exports: notes, and what programs leave behind."""

    @property
    def parts(self) -> tuple[LandedFile, ...]:
        """What is to be loaded: the members of an archive, else the file itself."""
        return self.members or (self.file,)

    def report(self, reports: list[FileReport]) -> FileReport:
        """Return the report of the file, given those of its parts."""
        if not self.members:
            return reports[0]
        return _combined(self.file, reports, self.passed_over)


def arrived(file: LandedFile, lake: Lake) -> Arrived:
    """Return a landed file with the landed exports inside it.

    An archive that cannot be unpacked has none: it is refused with its reason when it is read.
    """
    if lake.manifest(file.sha256) is not None:
        return Arrived(file, ())
    known = lake.archive(file.sha256)
    if known is not None:
        members = [(entry["name"], entry["sha256"]) for entry in known["members"]]
        return Arrived(file, tuple(_member(file, *member, lake) for member in members))
    if not is_container(file.path):
        return Arrived(file, ())
    try:
        return _unpack(file, lake)
    except RefusedFileError:
        return Arrived(file, ())  # reading it refuses it again, and puts that on record


def _unpack(file: LandedFile, lake: Lake) -> Arrived:
    found = []
    with tempfile.TemporaryDirectory(dir=lake.landing, prefix=".") as folder:
        content = unpacked(file.path, Path(folder))
        passed_over = content.passed_over
        for member in content.members:
            if is_ignored(member.name):
                passed_over.append(member.name)
            else:
                sha256, _ = land(LocalFileSystem(), member.path, lake.landing)
                name = member.name or Path(file.export.name).stem
                found.append(_member(file, name, sha256, lake))
    if found:
        lake.record_archive(file.sha256, _record(file, found))
    return Arrived(file, tuple(found), tuple(passed_over))


def _record(file: LandedFile, members: Iterable[LandedFile]) -> dict[str, Any]:
    return {
        "file_sha256": file.sha256,
        "office_id": file.office.office_id,
        "original_name": file.export.name,
        "size_bytes": file.path.stat().st_size,
        "received_at": datetime.now(UTC).isoformat(),
        "members": [{"name": m.export.member, "sha256": m.sha256} for m in members],
    }


def _member(file: LandedFile, name: str, sha256: str, lake: Lake) -> LandedFile:
    path = lake.landing / sha256
    export = ExportFile(
        name=f"{file.export.name}/{name}",
        office=file.office,
        filesystem=LocalFileSystem(),
        path=str(path),
        modified_at=file.export.modified_at,
        member=name,
    )
    return LandedFile(export, file.office, sha256, path)


def _combined(
    file: LandedFile, members: list[FileReport], passed_over: tuple[str, ...]
) -> FileReport:
    """Return the report of an archive: what became of it as a whole, and its members' sums."""
    reasons: Counter[str] = Counter()
    totals: dict[str, Decimal] = {}
    for member in members:
        reasons.update(member.reasons)
        for currency, amount in member.totals.items():
            totals[currency] = totals.get(currency, Decimal(0)) + Decimal(amount)
    datasets = {member.dataset for member in members if member.dataset}
    return FileReport(
        path=file.export.name,
        office_id=file.office.office_id,
        status=_status([member.status for member in members]),
        file_sha256=file.sha256,
        dataset=datasets.pop() if len(datasets) == 1 else None,
        rows_read=sum(member.rows_read for member in members),
        rows_accepted=sum(member.rows_accepted for member in members),
        rows_rejected=sum(member.rows_rejected for member in members),
        rows_dropped=sum(member.rows_dropped for member in members),
        totals={currency: f"{amount:f}" for currency, amount in sorted(totals.items())},
        reasons=dict(reasons),
        messages=_note(file.export.name, passed_over)
        + [
            message if member.path in message else f"{member.path}: {message}"
            for member in members
            for message in member.messages
        ],
        members=members,
    )


def _note(name: str, passed_over: tuple[str, ...]) -> list[str]:
    """Return a sentence on what was not unpacked or loaded, if there was something."""
    if not passed_over:
        return []
    named = ", ".join(map(repr, passed_over[:NAMED])) + (" …" if len(passed_over) > NAMED else "")
    return [f"{name}: {len(passed_over)} passed over that are no exports by their names: {named}"]


def _status(members: list[str]) -> str:
    """Return what became of an archive, given what became of its members.

    The worst of them, but for two: where rows were loaded the archive is never `rejected`, as its
    sums count (a refused member then makes it `quarantined_rows`: something waits for a repair);
    and it is `skipped_duplicate` only if every member was known.
    """
    statuses = set(members)
    if statuses <= {"rejected", "skipped_duplicate"}:
        return "rejected" if "rejected" in statuses else "skipped_duplicate"
    if statuses & {"rejected", "quarantined_rows"}:
        return "quarantined_rows"
    return "loaded_with_warnings" if "loaded_with_warnings" in statuses else "loaded"
