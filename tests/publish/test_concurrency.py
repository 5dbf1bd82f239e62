"""Publications with others at work: readers, a second publisher, kill -9, a process left behind.

All in real processes. Not tested here: a power cut, which only the order of fsync and rename
answers for, and a full disk (a later issue injects it).
"""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import duckdb
import pytest

import publish
from approvals.settings import PROJECT_ROOT, Settings
from tests.publish.candidate import configuration_of, settings_of, write_candidate

PUBLISHER = """
import os, signal, sys
from pathlib import Path
import publish, publish.fence, publish.publisher
from approvals.errors import PublicationLockedError
from tests.publish.candidate import configuration_of, settings_of

home, run_id, token, moment = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
if moment != "never":
    module = publish.publisher
    setattr(module, moment, die)
try:
    publish.publish_release(settings_of(home), configuration_of(home), run_id, token=token)
except PublicationLockedError:
    sys.exit(4)
"""


def _start(home: Path, run_id: str, token: int, moment: str = "never") -> subprocess.Popen[bytes]:
    code = textwrap.dedent(PUBLISHER)
    arguments = [sys.executable, "-c", code, str(home), run_id, str(token), moment]
    return subprocess.Popen(arguments, cwd=PROJECT_ROOT)


def _publish(settings: Settings, number: int) -> publish.Release:
    run_id = f"run-{number}"
    token = publish.draw_token(settings)
    write_candidate(settings, run_id, value=number)
    return publish.publish_release(settings, configuration_of(settings.home), run_id, token=token)


def _read_until_told(database: str, stop: str, seen: str) -> None:
    """Query the current release again and again; write every distinct answer, or the refusal."""
    answers: set[tuple[str, str]] = set()
    while True:
        stopping = Path(stop).exists()
        try:
            with duckdb.connect(database, read_only=True) as connection:
                row = connection.execute(
                    "select cast(min(amount_usd) as varchar), cast(sum(amount_usd) as varchar) "
                    "from marts.fct_approvals"
                ).fetchone()
            answers.add(row)
        except duckdb.Error as error:
            answers.add(("refused", str(error)))
        if stopping:
            Path(seen).write_text(json.dumps(sorted(answers)), encoding="utf-8")
            return


def test_reader_sees_whole_releases_when_five_are_published(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    _publish(settings, 1)
    stop, seen = tmp_path / "stop", tmp_path / "seen.json"
    database = settings.releases / "current" / "approvals.duckdb"
    reader = multiprocessing.get_context("spawn").Process(
        target=_read_until_told, args=(str(database), str(stop), str(seen))
    )
    reader.start()

    for number in range(2, 7):
        _publish(settings, number)
    stop.touch()
    reader.join(timeout=60)

    answers = [tuple(answer) for answer in json.loads(seen.read_text(encoding="utf-8"))]
    whole = {(f"{n}.00", f"{n * 1000 + 499500}.00") for n in range(1, 7)}
    assert set(answers) <= whole
    assert ("6.00", "505500.00") in answers


def test_open_reader_finishes_on_the_old_release_when_another_is_published(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    _publish(settings, 1)
    database = settings.releases / "current" / "approvals.duckdb"

    with duckdb.connect(str(database.resolve()), read_only=True) as connection:
        _publish(settings, 2)
        old = connection.execute("select min(amount_usd) from marts.fct_approvals").fetchone()

    assert str(old[0]) == "1.00"


@pytest.mark.parametrize(
    "moment",
    ["describe", "seal", "sync_folder", "record", "point_to", "find_release"],
    ids=[
        "after the tables",
        "before sealing",
        "before the folder is on disk",
        "before the log",
        "between log and swap",
        "after the swap",
    ],
)
def test_publication_succeeds_again_when_the_first_was_killed(tmp_path: Path, moment: str) -> None:
    settings = settings_of(tmp_path)
    _publish(settings, 1)
    token = publish.draw_token(settings)
    write_candidate(settings, "run-2", value=2)

    killed = _start(tmp_path, "run-2", token, moment).wait(timeout=60)
    seen = publish.current_release(settings)
    again = publish.publish_release(settings, configuration_of(tmp_path), "run-2", token=token)

    assert killed == -signal.SIGKILL
    assert seen is not None
    assert seen.release_id == ("run-2" if moment == "find_release" else "run-1")
    assert again.is_current
    assert publish.verify_release(settings, "run-2").is_intact
    assert list(settings.releases.glob(".*.partial")) == []


def test_later_run_publishes_when_an_earlier_one_left_its_folder(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    token = publish.draw_token(settings)
    write_candidate(settings, "run-1")
    _start(tmp_path, "run-1", token, "seal").wait(timeout=60)
    left = [path.name for path in settings.releases.glob(".*.partial")]

    _publish(settings, 2)

    assert left == [".run-1.partial"]
    assert [path.name for path in settings.releases.glob(".*.partial")] == []
    assert [release.release_id for release in publish.list_releases(settings)] == ["run-2"]


def test_later_token_is_current_when_two_publish_at_once(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    tokens = {run_id: publish.draw_token(settings) for run_id in ("run-1", "run-2")}
    for value, run_id in enumerate(tokens, start=1):
        write_candidate(settings, run_id, value=value)

    both = [_start(tmp_path, run_id, token) for run_id, token in tokens.items()]
    codes = [publisher.wait(timeout=60) for publisher in both]

    assert codes[1] == 0
    assert codes[0] in {0, 4}
    current = publish.current_release(settings)
    assert current is not None
    assert current.release_id == "run-2"


def test_same_run_is_published_once_when_two_do_it_at_once(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    token = publish.draw_token(settings)
    write_candidate(settings, "run-1")

    both = [_start(tmp_path, "run-1", token) for _ in range(2)]
    codes = [publisher.wait(timeout=60) for publisher in both]

    log = (settings.releases / "publications.jsonl").read_text(encoding="utf-8")
    assert codes == [0, 0]
    assert len(log.splitlines()) == 1
    assert publish.verify_release(settings, "run-1").is_intact


def test_paused_publisher_is_refused_when_it_wakes_up_late(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    late = publish.draw_token(settings)
    write_candidate(settings, "run-1")
    sleeper = _start(tmp_path, "run-1", late)
    os.kill(sleeper.pid, signal.SIGSTOP)
    _publish(settings, 2)

    os.kill(sleeper.pid, signal.SIGCONT)
    code = sleeper.wait(timeout=60)

    assert code == 4
    current = publish.current_release(settings)
    assert current is not None
    assert current.release_id == "run-2"
