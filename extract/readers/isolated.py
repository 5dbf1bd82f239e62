"""Readers whose parsing happens in the child process: a damaged file must not end the night."""

import threading
from dataclasses import dataclass
from pathlib import Path

from extract.errors import RefusedFileError
from extract.readers.table import RawTable
from extract.readers.worker import Worker, WorkerDiedError, WorkerTooSlowError

WALL_SECONDS = 55.0
SIZE_LIMIT = 512 << 20

_worker = Worker(WALL_SECONDS)
_turn = threading.Lock()


@dataclass(frozen=True, slots=True)
class IsolatedReader:
    """Reads one kind of file in the child process; formulas and macros are never run."""

    kind: str
    """One of `extract.readers.child.PARSERS`."""

    def read(self, path: Path, code_page: str | None) -> list[RawTable]:
        """Return each visible table that has a cell.

        Raises:
            RefusedFileError: the bytes cannot be read for certain, or parsing them ended the
                child process or took too long.
        """
        if path.stat().st_size > SIZE_LIMIT:
            raise RefusedFileError(
                "file_too_large",
                f"the file has more than {SIZE_LIMIT >> 20} MiB: send it in parts, or as CSV",
            )
        is_book = self.kind.startswith("spreadsheet")
        try:
            with _turn:  # one file at a time: a child that dies must have one culprit
                tables = _worker.read(self.kind, path, code_page)
        except WorkerDiedError as error:
            raise RefusedFileError(
                "spreadsheet_crashed" if is_book else "file_crashed",
                "the file ended the process that read it (a cell outside the grid, or more "
                "memory than allowed): open it, save it again and send that, or send CSV",
            ) from error
        except WorkerTooSlowError as error:
            raise RefusedFileError(
                "spreadsheet_too_slow" if is_book else "file_too_slow",
                f"the file was not read within {WALL_SECONDS:.0f} seconds: send it as CSV",
            ) from error
        if not tables:
            raise RefusedFileError(
                "file_empty", "no visible sheet or table has a cell: export it again"
            )
        return tables
