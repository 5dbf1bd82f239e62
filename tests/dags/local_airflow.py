"""Airflow's servers for a test, started and stopped as `make up` and Ctrl-C do, and their API."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from approvals.settings import PROJECT_ROOT

Answer = TypeVar("Answer")

SECONDS = 400
"""How long one step of a night may take on a machine that does other things too."""


def free_port() -> int:
    """Return a port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class LocalAirflow:
    """Running servers, spoken to through the API that the web interface uses."""

    home: Path
    port: int
    server: "subprocess.Popen[str]"

    def wait_for(self, found: Callable[[], Answer | None]) -> Answer:
        """Return the first answer that is not None; fail when the servers or the time end."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline and self.server.poll() is None:
            if (answer := found()) is not None:
                return answer
            time.sleep(1)
        pytest.fail(f"{found} has no answer; the logs are in {self.home / 'airflow' / 'logs'}")

    def open_question(self) -> dict[str, Any] | None:
        """Return the question that a parked task waits with."""
        asked = self._ask("GET", "dags/~/dagRuns/~/hitlDetails?response_received=false")
        waiting = [
            question
            for question in asked["hitl_details"]
            if question["task_instance"]["state"] == "awaiting_input"
        ]
        return waiting[0] if waiting else None

    def answer(self, question: dict[str, Any], option: str, comment: str) -> None:
        """Choose an option and leave a comment."""
        task = question["task_instance"]
        self._ask(
            "PATCH",
            f"dags/{task['dag_id']}/dagRuns/{task['dag_run_id']}/taskInstances/"
            f"{task['task_id']}/{task['map_index']}/hitlDetails",
            {"chosen_options": [option], "params_input": {"comment": comment}},
        )

    def trigger(self, dag_id: str, partition_key: str) -> None:
        """Start a Dag by hand."""
        body = {"logical_date": None, "partition_key": partition_key}
        self._ask("POST", f"dags/{dag_id}/dagRuns", body)

    def ended_runs(self, dag_id: str, count: int) -> list[str] | None:
        """Return the states of a Dag's runs once so many have ended."""
        runs = self._ask("GET", f"dags/{dag_id}/dagRuns")["dag_runs"]
        states = [run["state"] for run in runs if run["state"] in {"success", "failed"}]
        return states if len(states) >= count else None

    def task_states(self, dag_id: str, task_id: str) -> list[str]:
        """Return the states of a task in all runs of its Dag."""
        instances = self._ask("GET", f"dags/{dag_id}/dagRuns/~/taskInstances")["task_instances"]
        return [one["state"] for one in instances if one["task_id"] == task_id]

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        password = json.loads((self.home / "airflow" / "passwords.json").read_text())["admin"]
        login = {"username": "admin", "password": password}
        token = self._send("POST", "auth/token", login, "")["access_token"]
        return self._send(method, f"api/v2/{path}", body, token)

    def _send(self, method: str, path: str, body: dict[str, Any] | None, token: str) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/{path}",
            method=method,
            data=json.dumps(body).encode() if body else None,
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
            return json.load(answer)


@contextmanager
def local_airflow(home: Path, settings: Mapping[str, str]) -> Iterator[LocalAirflow]:
    """Start the servers on a free port, wait until they answer, and press Ctrl-C at the end."""
    port = free_port()
    with subprocess.Popen(
        [sys.executable, "-m", "approvals.local_airflow", "up", "--port", str(port)],
        cwd=PROJECT_ROOT,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            said = [server.stdout.readline(), server.stdout.readline()]
            assert f"http://127.0.0.1:{port}" in said[-1], said
            yield LocalAirflow(home, port, server)
        finally:
            server.send_signal(signal.SIGINT)
            printed, _ = server.communicate(timeout=60)
    assert server.returncode == 0, printed
