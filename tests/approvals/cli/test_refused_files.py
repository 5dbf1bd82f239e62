"""A file that is refused is shown once, with its reason and its fix, whatever comes after."""

from pathlib import Path

import pytest

from tests.command import run_approvals

NAME = "lima_aprobaciones_2006_2006-07-05.csv"
FIX = "Add the headers as aliases to extract/column_maps/agreements.csv"


@pytest.fixture
def exports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a drop folder with a file that has no header."""
    folder = tmp_path / "exports"
    (folder / "lima").mkdir(parents=True)
    (folder / "lima" / NAME).write_text("a,b\n1,2\n")
    monkeypatch.setenv("APPROVALS_EXPORTS", str(folder))
    return folder


@pytest.mark.parametrize(
    ("command", "code"),
    [
        pytest.param(["extract"], 0, id="extract"),
        pytest.param(["run", "--force"], 6, id="run-that-fails-later"),
    ],
)
@pytest.mark.usefixtures("exports")
def test_a_refused_file_is_shown_once_with_its_reason_and_fix(
    tmp_path: Path, command: list[str], code: int
) -> None:
    done = run_approvals(tmp_path / "home", *command)

    said = done.stdout + done.stderr
    assert done.returncode == code, said
    assert [line.split()[1] for line in said.splitlines() if line.startswith("rejected")] == [
        f"lima/{NAME}"
    ]
    assert said.count(f"lima/{NAME}  ") == 1
    assert "WARNING" not in said
    assert said.count("    no header was found.") == said.count(FIX) == 1


def test_a_machine_reads_the_refused_file_in_the_document_and_people_in_the_log(
    tmp_path: Path, exports: Path
) -> None:
    done = run_approvals(tmp_path / "home", "extract", str(exports / "lima" / NAME), "--json")

    assert FIX in done.stdout
    assert done.stderr.count("rejected") == 1
