"""Why a file is refused whole, or a drop folder cannot be read."""

from approvals.errors import ApprovalsError


class RefusedFileError(ApprovalsError):
    """The file cannot be loaded; the message names it and the fix. The rest of the load goes on."""

    exit_code = 9

    def __init__(self, reason_code: str, message: str) -> None:
        super().__init__(message)
        self.reason_code = reason_code


class IrregularRecordsError(Exception):
    """A file that was taken for regular without proof is not: it must be read with the proof."""
