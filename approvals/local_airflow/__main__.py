"""`python -m approvals.local_airflow run-once | up`: what `make run` and `make up` call."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated

import typer
from filelock import FileLock, Timeout

from approvals.errors import ApprovalsError, PublicationLockedError, StorageError
from approvals.home import prepare_process, refusal
from approvals.local_airflow.compose_secrets import write_compose_secrets
from approvals.local_airflow.home import (
    DEFAULT_PORT,
    USER,
    AirflowHome,
    enter_home,
    prepare_home,
    read_password,
)
from approvals.settings import read_settings

cli = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@cli.callback()
def root() -> None:
    """Airflow on this machine."""


@cli.command()
def run_once(
    seconds: Annotated[float, typer.Option(help="Time limit, retries included.")] = 1800,
) -> None:
    """Run the three Dags once through Airflow's scheduler, without a server or an open port."""
    started = time.monotonic()
    home = _enter()
    with _only_scheduler(home), _output_to(home.logs / "run_once.log") as tell:
        from approvals.local_airflow.night import run_night

        run_night(home, seconds, tell)
    typer.echo(f"the night ended well after {time.monotonic() - started:.0f} s")


@cli.command()
def up(
    port: Annotated[
        int, typer.Option(help="Port of the web interface on loopback.")
    ] = DEFAULT_PORT,
) -> None:
    """Start scheduler, Dag processor and web interface; Ctrl-C stops them."""
    home = _enter(port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with _only_scheduler(home), suppress(KeyboardInterrupt):
        _serve(home)


@cli.command()
def compose_secrets() -> None:
    """Draw the secrets that docker-compose.yml mounts, once; print the password."""
    settings = read_settings()
    password = write_compose_secrets(settings)
    folder = settings.home.resolve() / "compose"
    typer.echo(f"user {USER}, password {password}" if password else f"kept those in {folder}")


def _serve(home: AirflowHome) -> None:
    """Run the servers until they are interrupted."""
    typer.echo(f"starting Airflow in {home.folder}")
    with _output_to(home.logs / "up.log"):
        from approvals.local_airflow import metadata
        from approvals.local_airflow.servers import running_servers

        metadata.prepare_database()
        metadata.end_leftovers()
    with running_servers(home) as servers:
        typer.echo(f"{home.url}  user {USER}, password {read_password(home)} (in {home.passwords})")
        servers.watch()


def _enter(port: int = DEFAULT_PORT) -> AirflowHome:
    settings = read_settings()
    home = prepare_home(settings, port)
    enter_home(home, settings)
    return home


@contextmanager
def _only_scheduler(home: AirflowHome) -> Iterator[None]:
    """Hold the home: two schedulers on one SQLite database would run tasks twice."""
    try:
        with FileLock(home.folder / "scheduler.lock", timeout=0):
            yield
    except Timeout:
        raise PublicationLockedError(
            f"Airflow already runs in {home.folder}: stop it, or start the Dag in its web interface"
        ) from None


@contextmanager
def _output_to(file: Path) -> Iterator[Callable[[str], None]]:
    """Send what this process and its children print to a file; yield a way to the terminal."""
    sys.stdout.flush()
    sys.stderr.flush()
    terminal = [os.dup(descriptor) for descriptor in (1, 2)]
    log = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for descriptor in (1, 2):
        os.dup2(log, descriptor)
    stdout = os.fdopen(os.dup(terminal[0]), "w", buffering=1)
    try:
        yield lambda line: typer.echo(line, file=stdout)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for descriptor, original in zip((1, 2), terminal, strict=True):
            os.dup2(original, descriptor)
            os.close(original)
        os.close(log)
        stdout.close()


def main() -> None:
    """Run the command line; one line and the cause's exit code when something fails."""
    prepare_process()
    try:
        cli()
    except ApprovalsError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        typer.echo(f"error: {refusal(error)}", err=True)
        sys.exit(StorageError.exit_code)


if __name__ == "__main__":
    main()
