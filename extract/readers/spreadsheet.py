"""Spreadsheets, parsed in a child process: a damaged workbook must not end the night.

python-calamine can abort the whole process on a cell outside the grid, so a worker process reads
and sends Arrow back. The worker serves one file after the other; if it dies, the file that it was
reading is refused and the next one gets a new worker.
"""

import threading
import zipfile
from pathlib import Path

import pyarrow as pa

from extract.errors import RefusedFileError
from extract.readers.records import ArrowRecords
from extract.readers.table import RawTable
from extract.readers.worker import Worker, WorkerDiedError, WorkerTooSlowError

UNPACKED_LIMIT = 512 << 20
RATIO_LIMIT = 200
WALL_SECONDS = 60.0

_worker = Worker(WALL_SECONDS)
_turn = threading.Lock()


class SpreadsheetReader:
    """Reads the visible sheets of XLSX workbooks; formulas and macros are never run."""

    def read(self, path: Path, code_page: str | None) -> list[RawTable]:  # noqa: ARG002
        """Return each visible sheet that has a cell.

        Raises:
            RefusedFileError: the archive is damaged or a bomb, or parsing it failed.
        """
        _check_archive(path)
        try:
            with _turn:  # one file at a time: a worker that dies must have one culprit
                sheets = _worker.read_sheets(path)
        except WorkerDiedError as error:
            raise RefusedFileError(
                "spreadsheet_crashed",
                "the workbook ended the process that read it (a cell outside the grid, or more "
                "memory than allowed): open it, save it again as XLSX and send that",
            ) from error
        except WorkerTooSlowError as error:
            raise RefusedFileError(
                "spreadsheet_too_slow",
                f"the workbook was not read within {WALL_SECONDS:.0f} seconds: send it as CSV",
            ) from error
        except ValueError as error:
            raise RefusedFileError("spreadsheet_damaged", f"{error}: save it again") from error
        if not sheets:
            raise RefusedFileError("file_empty", "no visible sheet has a cell: export it again")
        return [
            RawTable(name, ArrowRecords(pa.ipc.open_stream(records).read_all()), "xlsx")
            for name, records in sheets
        ]


def _check_archive(path: Path) -> None:
    """Refuse a damaged archive or a bomb by its directory, before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_sizes(entries, path.stat().st_size)
            damaged = archive.testzip()
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise RefusedFileError("spreadsheet_damaged", f"{error}: save it again") from error
    if damaged:
        raise RefusedFileError("spreadsheet_damaged", f"{damaged} has a wrong CRC: save it again")


def _check_sizes(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED_LIMIT or unpacked > RATIO_LIMIT * packed:
        raise RefusedFileError(
            "archive_bomb",
            f"the workbook unpacks to {unpacked} bytes, which no field office export "
            "needs: save it again, or send it as CSV",
        )
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise RefusedFileError(
            "format_unknown", "the file is a ZIP archive but no XLSX workbook: export as XLSX"
        )
