"""The tests' side: children are started so that they measure themselves, and end by themselves."""

import contextlib
import os
import socketserver
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import coverage
import pytest

from approvals.settings import PROJECT_ROOT
from extract.readers import boot, containers, isolated, worker

SECONDS_TO_END = 10
stop_at_once = worker.Worker.stop


@contextlib.contextmanager
def children_measured(measuring: coverage.Coverage, folder: Path) -> Iterator[None]:
    """Measure all children that are started meanwhile, into data files beside the own one.

    Args:
        measuring: what measures this process.
        folder: where the socket may lie.
    """
    newest: dict[bytes, bytes] = {}

    class Receiver(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            sent = self.rfile.read()
            newest[sent[:8]] = sent[8:]

    address = str(folder / "children")
    with (
        socketserver.UnixStreamServer(address, Receiver) as server,
        pytest.MonkeyPatch.context() as patch,
    ):
        for module in (worker, containers):
            patch.setattr(module, "child_command", _command(address))
        patch.setattr(worker.Worker, "stop", _stop_gently)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield
        isolated._worker.stop()
        server.shutdown()
    _write(newest.values(), os.path.abspath(measuring.config.data_file))  # noqa: PTH100


def _write(measured: Iterable[bytes], data_file: str) -> None:
    """Write what was measured into one data file beside another, for coverage to combine."""
    whole = coverage.CoverageData(data_file, suffix=f"children.{os.getpid()}")
    for part in measured:
        child = coverage.CoverageData(no_disk=True)
        child.loads(part)
        whole.update(child)


def _command(address: str) -> Callable[..., list[str]]:
    """Return what stands for `child_command`: the same, but that it measures what it imports."""
    sources = [str(PROJECT_ROOT / package) for package in ("approvals", "extract")]
    measure = f"from tests.child_coverage.sender import Sender; Sender(*{[address, *sources]}); "

    def command(call: str, *arguments: str) -> list[str]:
        *interpreter, program, root = boot.child_command(call)
        # After the network is given up: that must come before anything is imported.
        isolate, importing, rest = program.partition("from extract")
        return [*interpreter, isolate + measure + importing + rest, root, *arguments]

    return command


def _stop_gently(reader: worker.Worker) -> None:
    """Let the child end by itself first: a killed one hands nothing over."""
    process = reader._process
    if process is not None and process.stdin is not None:
        with contextlib.suppress(BrokenPipeError, subprocess.TimeoutExpired):
            process.stdin.close()
            process.wait(SECONDS_TO_END)
    stop_at_once(reader)
