"""The child's side: what it ran goes to the tests from time to time, as a file may end it."""

import atexit
import os
import socket
import time

import coverage

SECONDS_BETWEEN = 0.2


class Sender:
    """Measures the process that it is in."""

    def __init__(self, address: str, *sources: str) -> None:
        """Measure from here on.

        Args:
            address: the socket of the receiver.
            sources: the folders to measure.
        """
        self._address = address
        self._name = os.urandom(8)
        self._sent = time.monotonic()
        self._coverage = coverage.Coverage(
            data_file=None, branch=True, source=sources, config_file=False
        )
        self._coverage.start()
        self._send_after_each_file()
        atexit.register(self._send)

    def _send_after_each_file(self) -> None:
        from extract.readers import child

        parse = child.parse

        def parse_and_send(*arguments: object) -> object:
            try:
                return parse(*arguments)  # type: ignore[arg-type]
            finally:
                if time.monotonic() - self._sent > SECONDS_BETWEEN:
                    self._send()

        child.parse = parse_and_send  # type: ignore[assignment]

    def _send(self) -> None:
        """Send all that was measured so far; come back when the receiver has it."""
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(self._address)
            line.sendall(self._name + self._coverage.get_data().dumps())
            line.shutdown(socket.SHUT_WR)
            line.recv(1)
        self._sent = time.monotonic()
