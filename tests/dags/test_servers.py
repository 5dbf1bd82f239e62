"""Airflow's processes on loopback: that they start on a port of their own and end.

Not tested here: a night of theirs (test_sign_off.py), and the looks of the web interface
(docs/runbook.md says how to read it).
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil

from approvals.local_airflow.home import AirflowHome
from approvals.local_airflow.servers import STOP_SECONDS, Servers
from approvals.settings import PROJECT_ROOT


def _up(home: Path, exports: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "approvals.local_airflow", "up", *options],
        cwd=PROJECT_ROOT,
        env={**os.environ, "APPROVALS_HOME": str(home), "APPROVALS_EXPORTS": str(exports)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


STUBBORN = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if len(sys.argv) == 1:
    subprocess.Popen([sys.executable, __file__, "task"], start_new_session=True)
print("up", flush=True)
time.sleep(600)
"""


def test_stop_leaves_no_process_and_takes_seconds_when_a_component_will_not_end(
    tmp_path: Path,
) -> None:
    script = tmp_path / "stubborn.py"
    script.write_text(STUBBORN)
    servers = Servers(AirflowHome(tmp_path))
    component = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE)
    servers._processes["scheduler"] = component
    assert component.stdout is not None
    assert [component.stdout.readline(), component.stdout.readline()] == [b"up\n", b"up\n"]
    (task,) = psutil.Process(component.pid).children()
    interrupt, started = signal.getsignal(signal.SIGINT), time.monotonic()

    try:
        servers.stop()
    finally:
        signal.signal(signal.SIGINT, interrupt)

    assert time.monotonic() - started < 2 * STOP_SECONDS + 2
    assert not psutil.pid_exists(component.pid)
    assert not task.is_running() or task.status() == psutil.STATUS_ZOMBIE


def test_up_says_so_when_the_port_is_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        finished = _up(tmp_path / "home", tmp_path, "--port", port)

    assert finished.returncode == 1
    assert finished.stderr == f"error: port {port} is in use: choose another with --port\n"
