"""A second process for work that need not wait: Python alone keeps one core busy.

What is handed over runs in turn, on plain values. The process ends with its parent, however that
ends.
"""

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from approvals.errors import ProcessDiedError
from approvals.home import prepare_process

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Beside:
    """The process; it starts with the first work and is gone when the block is left."""

    def __init__(self) -> None:
        """Prepare a process that is started afresh: a fork would copy DuckDB's threads."""
        self._pool = ProcessPoolExecutor(
            1, get_context("spawn"), initializer=_follow, initargs=(os.getpid(),)
        )

    def start(
        self, work: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Callable[[], Result]:
        """Hand over work; what comes back waits for its result and raises what it raised.

        Raises:
            ProcessDiedError: on waiting, if the process was killed.
        """
        future = self._pool.submit(work, *args, **kwargs)
        return lambda: _result(future)

    def __enter__(self) -> Self:
        """Return the process."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait for what runs and drop what waits."""
        self._pool.shutdown(cancel_futures=True)


def _result(future: Future[Result]) -> Result:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise ProcessDiedError(
            "the second process of the run was killed, most likely for want of memory: lower "
            "APPROVALS_MEMORY_LIMIT, or run the stages one by one (extract, build, audit, publish)"
        ) from error


def _follow(parent: int) -> None:
    """Leave Ctrl-C to the parent, and end when it is gone: a killed one cannot say so."""
    prepare_process()
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
