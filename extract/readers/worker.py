"""The parent's side of the child process that parses what could crash, hang or bloat a parser.

A plain subprocess with an empty environment, not `multiprocessing`: that would import the caller's
main module again in the child, and unpickle what a hostile file might have made of the child.
"""

import atexit
import json
import subprocess
import threading
from pathlib import Path

from extract.readers.boot import child_command
from extract.readers.exchange import Answer, receive
from extract.readers.table import RawTable


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

    @property
    def process_id(self) -> int | None:
        """Of the child, if one was started."""
        return self._process.pid if self._process else None

    def read(self, kind: str, path: Path, code_page: str | None) -> list[RawTable]:
        """Return the tables of a file.

        Args:
            kind: one of `extract.readers.child.PARSERS`.
            path: the landed file.
            code_page: the office's declared code page, or None.

        Raises:
            RefusedFileError: the file cannot be read for certain.
            WorkerDiedError: the child died over it.
            WorkerTooSlowError: it took longer than allowed.
        """
        process = self._running()
        timed_out = threading.Event()
        timer = threading.Timer(self._wall_seconds, _end, (process, timed_out))
        timer.start()
        try:
            answer = _exchange(process, (kind, str(path), code_page))
        except (EOFError, BrokenPipeError) as error:
            self.stop()
            kind_of_end = WorkerTooSlowError if timed_out.is_set() else WorkerDiedError
            raise kind_of_end(str(path)) from error
        finally:
            timer.cancel()
        if answer.is_last:
            self.stop()
        if answer.refusal:
            raise answer.refusal
        return answer.tables

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
                child_command("serve()"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
            )
        return self._process


def _end(process: subprocess.Popen[bytes], timed_out: threading.Event) -> None:
    timed_out.set()
    process.kill()


def _exchange(process: subprocess.Popen[bytes], request: tuple[str, str, str | None]) -> Answer:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
    except OSError as error:
        raise BrokenPipeError from error
    return receive(process.stdout)
