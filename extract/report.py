"""What a load says of each file, for people and as the `--json` contract (docs/command-line.md)."""

from dataclasses import asdict, dataclass, field
from typing import Any

from approvals.contracts import FILE_STATUSES
from extract.discovery import ExportFile
from extract.output import FileRows
from extract.reasons import WARNINGS


@dataclass(frozen=True, slots=True)
class FileReport:
    """The outcome of one file."""

    path: str
    """Below its drop folder."""
    office_id: str | None
    status: str
    """One of `approvals.contracts.FILE_STATUSES`."""
    file_sha256: str | None = None
    dataset: str | None = None
    rows_read: int = 0
    rows_accepted: int = 0
    rows_rejected: int = 0
    rows_dropped: int = 0
    totals: dict[str, str] = field(default_factory=dict)
    """Currency → sum of the accepted amounts, as a decimal string."""
    reasons: dict[str, int] = field(default_factory=dict)
    """Reason code → quarantined rows; for a rejected file, its reason."""
    messages: list[str] = field(default_factory=list)
    feedback: str | None = None
    """Path of the page that answers the office (docs/feedback.md); its table lies beside it."""
    members: list["FileReport"] = field(default_factory=list)
    """The outcome of each export inside an archive; the other attributes then add them up."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """The outcome of a load."""

    files: tuple[FileReport, ...]

    def count(self, status: str) -> int:
        """Return how many files ended in a status."""
        return sum(report.status == status for report in self.files)

    @property
    def rows_accepted(self) -> int:
        """Rows that this load brought into the lake."""
        reports = [report for file in self.files for report in file.members or [file]]
        return sum(report.rows_accepted for report in reports if report.status != "rejected")

    def as_json(self) -> dict[str, Any]:
        """Return the machine-readable form."""
        return {
            "files": [asdict(report) for report in self.files],
            "statuses": {status: self.count(status) for status in FILE_STATUSES},
        }


def rejected(export: ExportFile, sha256: str | None, code: str, message: str) -> FileReport:
    """Return the report of a file that was refused whole; its message names the file."""
    return FileReport(
        path=export.name,
        office_id=export.office.office_id if export.office else None,
        status="rejected",
        file_sha256=sha256,
        reasons={code: 1},
        messages=[message if export.name in message else f"{export.name}: {message}"],
    )


def loaded(
    export: ExportFile,
    sha256: str,
    dataset: str,
    status: str,
    rows: FileRows,
    messages: list[str],
) -> FileReport:
    """Return the report of a file whose rows are in the lake."""
    return FileReport(
        path=export.name,
        office_id=export.office.office_id if export.office else None,
        status=status,
        file_sha256=sha256,
        dataset=dataset,
        rows_read=rows.read,
        rows_accepted=rows.accepted,
        rows_rejected=rows.rejected,
        rows_dropped=rows.dropped,
        totals={total["currency_code"]: total["amount_original"] for total in rows.totals},
        reasons=rows.reasons,
        messages=[*messages, *_row_warnings(rows), *rows.rejections],
    )


def _row_warnings(rows: FileRows) -> list[str]:
    """Return a sentence for each warning that rows have: without it their status says nothing."""
    return [
        f"{count} {'row' if count == 1 else 'rows'}: {code}: {WARNINGS[code]}"
        for code, count in rows.warnings.items()
    ]
