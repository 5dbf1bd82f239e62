"""The parent's side of the child process that parses spreadsheets.

A plain subprocess with an empty environment, not `multiprocessing`: that would import the caller's
main module again in the child, and unpickle what a hostile workbook might have made of the child.
Over the pipes go a path, one line of JSON and Arrow streams.
"""

import atexit
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from approvals.settings import PROJECT_ROOT

BOOT = (
    "import sys; sys.path.insert(0, sys.argv[1]); from extract.readers import "
    "spreadsheet_worker; spreadsheet_worker.serve()"
)


class WorkerDiedError(Exception):
    """The child ended while it read the file."""


class WorkerTooSlowError(Exception):
    """The child was ended because the file took too long."""


class Worker:
    """One child process, started when it is needed and again when it died."""

    def __init__(self, wall_seconds: float) -> None:
        """Give each file this many seconds."""
        self._wall_seconds = wall_seconds
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.stop)

    def read_sheets(self, path: Path) -> list[tuple[str, bytes]]:
        """Return name and records (Arrow IPC stream) of each visible sheet that has a cell.

        Raises:
            ValueError: the workbook cannot be parsed.
            WorkerDiedError: the child died over it.
            WorkerTooSlowError: it took longer than allowed.
        """
        process = self._running()
        timed_out = threading.Event()
        timer = threading.Timer(self._wall_seconds, _end, (process, timed_out))
        timer.start()
        try:
            return _exchange(process, path)
        except (EOFError, BrokenPipeError) as error:
            self.stop()
            kind = WorkerTooSlowError if timed_out.is_set() else WorkerDiedError
            raise kind(str(path)) from error
        finally:
            timer.cancel()

    def stop(self) -> None:
        """End the child, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()
            self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", "-c", BOOT, str(PROJECT_ROOT)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
            )
        return self._process


def _end(process: subprocess.Popen[bytes], timed_out: threading.Event) -> None:
    timed_out.set()
    process.kill()


def _exchange(process: subprocess.Popen[bytes], path: Path) -> list[tuple[str, bytes]]:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    try:
        process.stdin.write(json.dumps(str(path)).encode() + b"\n")
        process.stdin.flush()
    except OSError as error:
        raise BrokenPipeError from error
    answer = process.stdout.readline()
    if not answer.endswith(b"\n"):
        raise EOFError
    header = json.loads(answer)
    if header["error"]:
        raise ValueError(header["error"])
    return [(sheet["name"], _exactly(process.stdout, sheet["size"])) for sheet in header["sheets"]]


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    content = pipe.read(size)
    if len(content) < size:
        raise EOFError
    return content
