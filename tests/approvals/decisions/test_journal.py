"""The journal holds under two writers, a kill at the worst moment, and a hand in its files."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from approvals.decisions import GENESIS, Entry, Journal
from approvals.errors import TrailBrokenError

WRITER = """
import sys
from pathlib import Path
from approvals.decisions import Entry, Journal

lake, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for number in range(count):
    entry = Entry("propose", "quarantine", f"{name}-{number}", name, "because", "release")
    Journal(lake).append(lambda entries: entry)
"""
KILLED = """
import os, signal, sys
from pathlib import Path
from approvals.decisions import Entry, Journal

def die(self, target):
    os.kill(os.getpid(), signal.SIGKILL)

Path.hardlink_to = die
entry = Entry("propose", "quarantine", "q", "killed", "because", "release")
Journal(Path(sys.argv[1])).append(lambda entries: entry)
"""


def proposal(subject: str = "q1", by: str = "Ana") -> Entry:
    return Entry("propose", "quarantine", subject, by, "typing error", "release")


def append(lake: Path, entry: Entry) -> Entry:
    return Journal(lake).append(lambda _: entry)


def test_each_entry_seals_the_one_before(tmp_path: Path) -> None:
    first, second = append(tmp_path, proposal("q1")), append(tmp_path, proposal("q2"))

    assert (first.previous_hash, second.previous_hash) == (GENESIS, first.entry_hash)
    assert Journal(tmp_path).entries() == [first, second]
    assert Journal(tmp_path).head().entry_hash == second.entry_hash
    assert Journal(tmp_path).read()[1] is None


def test_two_processes_write_one_chain(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    writers = [subprocess.Popen([*command, name, "20"]) for name in ("left", "right")]
    assert [writer.wait(60) for writer in writers] == [0, 0]

    entries = Journal(tmp_path).entries()

    assert [entry.sequence for entry in entries] == list(range(1, 41))
    assert {entry.subject_id for entry in entries} == {
        f"{name}-{number}" for name in ("left", "right") for number in range(20)
    }


def test_a_kill_before_the_rename_leaves_no_entry_and_no_rubbish(tmp_path: Path) -> None:
    before = append(tmp_path, proposal())
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    folder = Journal(tmp_path).folder
    assert killed.returncode == -signal.SIGKILL
    assert len(list(folder.glob(".*.partial"))) == 1
    assert Journal(tmp_path).entries() == [before]

    after = append(tmp_path, proposal("q2"))

    assert after.previous_hash == before.entry_hash
    assert list(folder.glob(".*.partial")) == []


def test_an_entry_is_never_replaced_by_a_writer_who_saw_less(tmp_path: Path) -> None:
    first = append(tmp_path, proposal())
    late = replace(first, person="somebody else")

    with pytest.raises(FileExistsError):
        Journal(tmp_path)._write(late)

    assert Journal(tmp_path).entries() == [first]


def changed(path: Path, **values: object) -> None:
    path.chmod(0o600)
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


@pytest.mark.parametrize(
    ("tamper", "file", "what"),
    [
        pytest.param(lambda f: changed(f, person="Eva"), "00000002.json", "hash", id="changed"),
        pytest.param(os.unlink, "00000002.json", "an entry", id="removed"),
        pytest.param(lambda f: f.write_text("{"), "00000002.json", "an entry", id="cut"),
        pytest.param(lambda f: changed(f, extra=1), "00000002.json", "an entry", id="other-key"),
    ],
)
def test_a_hand_in_the_journal_is_named(
    tmp_path: Path, tamper: object, file: str, what: str
) -> None:
    for number in range(3):
        append(tmp_path, proposal(f"q{number}"))
    path = tmp_path / "decisions" / "00000002.json"
    path.chmod(0o600)
    tamper(path)  # type: ignore[operator]

    _, link = Journal(tmp_path).read()

    assert link is not None
    assert link.file == f"decisions/{file}"
    assert link.expected.startswith(what)
    with pytest.raises(TrailBrokenError, match=file):
        append(tmp_path, proposal("q9"))


def test_an_entry_that_was_sealed_anew_breaks_the_link_behind_it(tmp_path: Path) -> None:
    first, _ = append(tmp_path, proposal("q1")), append(tmp_path, proposal("q2"))
    forged = replace(first, person="Eva")
    path = tmp_path / "decisions" / "00000001.json"
    path.chmod(0o600)
    path.write_text(replace(forged, entry_hash=forged.sealed()).as_text())

    _, link = Journal(tmp_path).read()

    assert link is not None
    assert (link.file, link.found) == ("decisions/00000002.json", first.entry_hash)
