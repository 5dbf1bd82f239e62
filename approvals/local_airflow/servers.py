"""Airflow's servers on this machine: scheduler, Dag processor and web interface, on loopback.

No triggerer is started: no Dag here defers a task, and one that waits for a person is parked by the
scheduler. The web interface therefore shows it as missing, which is true and harmless.
"""

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

import psutil

from approvals.errors import ApprovalsError
from approvals.local_airflow.home import HOST, AirflowHome

COMPONENTS: Final = {
    "api-server": ["api-server"],
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "dag-processor": ["dag-processor"],
}
WEB: Final = "api-server"
READY_SECONDS: Final = 120.0
STOP_SECONDS: Final = 3.0
POLL_SECONDS: Final = 0.5


class ServerFailedError(ApprovalsError):
    """A component did not start or has died; the message names its log."""


class Servers:
    """The running components; each writes to `logs/<component>.log`."""

    def __init__(self, home: AirflowHome) -> None:
        self._home = home
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        """Start the web interface, wait until it answers, then start the others.

        Tasks report to the API that the web interface serves: a scheduler that is up first sees
        its first tasks fail while the API starts.

        Raises:
            ServerFailedError: another program uses the port, a component died, or the web interface
                took longer than two minutes.
        """
        self._refuse_used_port()
        self._launch(WEB)
        self._wait_until_ready()
        for name in COMPONENTS:
            if name != WEB:
                self._launch(name)

    def watch(self) -> None:
        """Stay while all components live.

        Raises:
            ServerFailedError: one has died.
        """
        while True:
            self.check()
            time.sleep(POLL_SECONDS)

    def check(self) -> None:
        """Raise if a component has died.

        Raises:
            ServerFailedError: it names the component and its log.
        """
        for name, process in self._processes.items():
            if process.poll() is not None:
                log = self._home.logs / f"{name}.log"
                raise ServerFailedError(f"{name} ended with {process.returncode}; see {log}")

    def stop(self) -> None:
        """Ask components and running tasks to end; kill what has not after three seconds.

        The scheduler would wait for its tasks, the web server for open pages. Neither is worth
        waiting for: a task is a transaction, and the next start fails what was left behind. A
        second Ctrl-C meanwhile changes nothing.
        """
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        living = [process for process in self._processes.values() if process.poll() is None]
        family = _with_descendants([psutil.Process(process.pid) for process in living])
        for member in family:
            with suppress(psutil.NoSuchProcess):
                member.terminate()
        _, stubborn = psutil.wait_procs(family, STOP_SECONDS)
        stubborn = _with_descendants(stubborn)
        for member in stubborn:
            with suppress(psutil.NoSuchProcess):
                member.kill()
        psutil.wait_procs(stubborn, STOP_SECONDS)

    def _refuse_used_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, self._home.port))
            except OSError as error:
                raise ServerFailedError(
                    f"port {self._home.port} is in use: choose another with --port"
                ) from error

    def _launch(self, name: str) -> None:
        """Start a component in a process group of its own."""
        with (self._home.logs / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "airflow", *COMPONENTS[name]],
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not self._answers():
            self.check()
            if time.monotonic() > deadline:
                raise ServerFailedError(f"no answer; see {self._home.logs / f'{WEB}.log'}")
            time.sleep(POLL_SECONDS)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(  # noqa: S310
                f"{self._home.url}/api/v2/monitor/health", timeout=2
            ) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


@contextmanager
def running_servers(home: AirflowHome) -> Iterator[Servers]:
    """Yield the started and answering servers; stop all of them on the way out.

    Raises:
        ServerFailedError: one of them does not start.
    """
    servers = Servers(home)
    try:
        servers.start()
        yield servers
    finally:
        servers.stop()


def _with_descendants(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Return the processes and every one below them, each once."""
    found = dict.fromkeys(processes)
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            found |= dict.fromkeys(process.children(recursive=True))
    return list(found)
