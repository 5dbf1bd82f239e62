"""The commands on files, run as an operator runs them: output, exit codes, what can be piped.

Not tested here: what is found or proposed; tests/extract does that.
"""

import json
from pathlib import Path

import pytest

from tests.command import run_approvals

ROWS = (
    "Project symbol,Donor,Approval date,Currency,Amount\n"
    "RAS/06/01/NOR,Norway,2006-03-01,USD,1000.50\n"
    "RAS/06/02/NOR,\x1b[31mNorway,2006-02-31,USD,5\n"
)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Return an export with one good row and one that cannot be read."""
    path = tmp_path / "export_2006-03-31.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_extract_names_the_answer_to_the_office(tmp_path: Path, export: Path) -> None:
    done = run_approvals(tmp_path / "home", "extract", str(export), "--office", "lab", "--json")

    report = json.loads(done.stdout)["files"][0]
    assert (done.returncode, report["status"]) == (0, "quarantined_rows")
    assert Path(report["feedback"]).is_file()
    assert Path(report["feedback"]).with_suffix(".csv").is_file()


def test_inspect_prints_what_was_found_and_nothing_that_acts_on_a_terminal(
    tmp_path: Path, export: Path
) -> None:
    done = run_approvals(tmp_path / "home", "inspect", str(export))

    assert done.returncode == 0, done.stderr
    assert "donor_name" in done.stdout
    assert "quarantined_rows: 2 records below the header" in done.stdout
    assert "\x1b" not in done.stdout
    assert not (tmp_path / "home" / "lake").exists()


def test_inspect_shows_remarks_once_and_codes_under_their_own_name(
    tmp_path: Path,
) -> None:
    clean, noticed = tmp_path / "clean.csv", tmp_path / "noticed.csv"
    header = "Donor,Approval date,Currency,Amount,Remarks\n"
    clean.write_text(f"{header}Norway,2006-03-15,USD,5,first\n")
    noticed.write_text(f"{header}Norway,2006,USD,5,first\n")

    rows = [
        run_approvals(tmp_path / "home", "inspect", str(path)).stdout.partition("first rows")[2]
        for path in (clean, noticed)
    ]

    assert [text.count("\nremarks") for text in rows] == [1, 1]
    assert "reason codes" not in rows[0]
    assert "reason codes     date_year_only" in rows[1]


def test_inspect_says_which_of_two_columns_counts_and_names_the_signs(tmp_path: Path) -> None:
    path = tmp_path / "two_dates.csv"
    path.write_text(
        "Donor;Date;Approval date;Currency;Amount\nNorway;2006-03-01;2006-03-15;USD;5\n"
    )

    shown = " ".join(run_approvals(tmp_path / "home", "inspect", str(path)).stdout.split())

    assert "dialect delimiter semicolon, quote double, escape doubled, line end LF" in shown
    assert "B Date approval_date (second choice)" in shown
    assert "C Approval date approval_date 100" in shown


def test_inspect_json_is_one_document(tmp_path: Path, export: Path) -> None:
    done = run_approvals(tmp_path / "home", "inspect", str(export), "--office", "lab", "--json")

    found = json.loads(done.stdout)
    assert found["tables"][0]["columns"][1]["field"] == "donor_name"
    assert found["on_load"]["rows_accepted"] == 1


def test_map_can_be_piped(tmp_path: Path, export: Path) -> None:
    done = run_approvals(tmp_path / "home", "map", str(export), "--office", "lab")

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "dataset,office_id,field,language,alias,priority"
    assert "the header is the alias 'Donor'" in done.stderr


def test_map_writes_a_file(tmp_path: Path, export: Path) -> None:
    target = tmp_path / "lab.csv"

    done = run_approvals(
        tmp_path / "home", "map", str(export), "--office", "lab", "--output", str(target)
    )

    assert (done.returncode, done.stdout) == (0, "")
    assert "approvals,lab,donor_name,en,Donor,1" in target.read_text(encoding="utf-8")


def test_map_makes_the_folder_that_it_writes_into(tmp_path: Path, export: Path) -> None:
    target = tmp_path / "config" / "column_maps" / "lab.csv"

    done = run_approvals(
        tmp_path / "home", "map", str(export), "--office", "lab", "--output", str(target)
    )

    assert done.returncode == 0, done.stderr
    assert target.is_file()


def test_map_leaves_a_reviewed_map_alone(tmp_path: Path, export: Path) -> None:
    target = tmp_path / "lab.csv"
    target.write_text("reviewed\n")

    done = run_approvals(
        tmp_path / "home", "map", str(export), "--office", "lab", "--output", str(target)
    )

    assert (done.returncode, target.read_text()) == (2, "reviewed\n")
    assert "delete it first" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["inspect", "nowhere.csv"], 7, "does not exist", id="no-file"),
        pytest.param(["inspect", "{export}", "--office", "A B"], 2, "office id", id="bad-office"),
        pytest.param(["map", "{empty}", "--office", "lab"], 9, "no bytes", id="empty-file"),
        pytest.param(["map", "{folder}", "--office", "lab"], 7, "a folder", id="map-a-folder"),
        pytest.param(["map", "{readme}", "--office", "lab"], 7, "rename it", id="map-no-export"),
        pytest.param(["inspect", "{link}"], 2, "not followed", id="inspect-a-link"),
        pytest.param(["inspect", "/dev/null"], 7, "/dev/null is no regular", id="a-device"),
        pytest.param(["map", "{export}"], 2, "--office", id="map-without-office"),
    ],
)
def test_failures_have_their_exit_codes(
    tmp_path: Path, export: Path, arguments: list[str], code: int, said: str
) -> None:
    empty = tmp_path / "empty.csv"
    empty.touch()
    (tmp_path / "README.md").write_text("Donor,Amount\n")
    (tmp_path / "link.csv").symlink_to(export)
    places = {"folder": tmp_path, "readme": tmp_path / "README.md", "link": tmp_path / "link.csv"}
    given = [part.format(export=export, empty=empty, **places) for part in arguments]

    done = run_approvals(tmp_path / "home", *given)

    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
