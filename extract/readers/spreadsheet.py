"""Spreadsheets, parsed in a child process: a damaged workbook must not end the night.

python-calamine can abort the whole process on a cell outside the grid, so a worker process reads
and sends Arrow back. The worker serves one file after the other; if it dies, the file that it was
reading is refused and the next one gets a new worker.
"""

import multiprocessing
import threading
import zipfile
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pyarrow as pa

from extract.errors import RefusedFileError
from extract.readers.spreadsheet_worker import limit_resources, read_sheets
from extract.readers.table import RawTable

WALL_SECONDS = 60
UNPACKED_LIMIT = 512 << 20
RATIO_LIMIT = 200


class SpreadsheetReader:
    """Reads the visible sheets of XLSX workbooks; formulas and macros are never run."""

    _pool: ProcessPoolExecutor | None = None
    _turn = threading.Lock()

    def read(self, path: Path, code_page: str | None) -> list[RawTable]:  # noqa: ARG002
        """Return each visible sheet that has a cell.

        Raises:
            RefusedFileError: the archive is damaged or a bomb, or parsing it failed.
        """
        _check_archive(path)
        try:
            with self._turn:  # one file at a time: a dead worker must have one culprit
                sheets = self._worker().submit(read_sheets, str(path)).result(WALL_SECONDS)
        except BrokenProcessPool as error:
            self._drop_worker()
            raise RefusedFileError(
                "spreadsheet_crashed",
                "the workbook ended the process that read it (a cell outside the grid, or more "
                "memory than allowed): open it, save it again as XLSX and send that",
            ) from error
        except TimeoutError as error:
            self._drop_worker()
            raise RefusedFileError(
                "spreadsheet_too_slow",
                f"the workbook was not read within {WALL_SECONDS} seconds: send it as CSV",
            ) from error
        except ValueError as error:
            raise RefusedFileError("spreadsheet_damaged", f"{error}: save it again") from error
        if not sheets:
            raise RefusedFileError("file_empty", "no visible sheet has a cell: export it again")
        return [
            RawTable(name, pa.ipc.open_stream(records).read_all(), "xlsx")
            for name, records in sheets
        ]

    @classmethod
    def _worker(cls) -> ProcessPoolExecutor:
        if cls._pool is None:
            cls._pool = ProcessPoolExecutor(
                max_workers=1,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=limit_resources,
            )
        return cls._pool

    @classmethod
    def _drop_worker(cls) -> None:
        if cls._pool is not None:
            for process in (cls._pool._processes or {}).values():
                process.kill()
            cls._pool.shutdown(wait=False, cancel_futures=True)
            cls._pool = None


def _check_archive(path: Path) -> None:
    """Refuse a damaged archive or a bomb by its directory, before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            if unpacked > UNPACKED_LIMIT or unpacked > RATIO_LIMIT * path.stat().st_size:
                raise RefusedFileError(
                    "archive_bomb",
                    f"the workbook unpacks to {unpacked} bytes, which no field office export "
                    "needs: save it again, or send it as CSV",
                )
            if not any(entry.filename.startswith("xl/") for entry in entries):
                raise RefusedFileError(
                    "format_unknown",
                    "the file is a ZIP archive but no XLSX workbook: export as XLSX",
                )
            damaged = archive.testzip()
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise RefusedFileError("spreadsheet_damaged", f"{error}: save it again") from error
    if damaged:
        raise RefusedFileError("spreadsheet_damaged", f"{damaged} has a wrong CRC: save it again")
