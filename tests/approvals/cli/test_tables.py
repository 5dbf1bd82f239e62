"""Tables and trees into a pipe and on a terminal.

Not here: which columns a command shows (test_night.py, test_files.py, test_quarantine.py).
"""

import pytest
from rich.cells import cell_len
from rich.text import Text

from approvals.cli.show_trace import print_trace
from approvals.cli.tables import print_table
from approvals.trace import Trace
from approvals.trace.model import Step

LONG = "a name of a donor that no terminal has room for, " * 6
ROWS = [
    [Text("f81e"), Text(LONG.strip()), Text("5")],
    [Text("60e6"), Text("日本"), Text("1,000")],
    [Text("99a7"), Text("two\nlines"), Text("")],
]


def _printed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    print_table(["id", "donor", "amount"], ROWS)
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("columns", [None, "40"])
def test_each_row_is_one_line_into_a_pipe_whatever_the_width(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str | None
) -> None:
    if columns:
        monkeypatch.setenv("COLUMNS", columns)

    header, first, second, third = _printed(capsys)

    place = first.index("5", first.index(LONG.strip()))
    assert header.index("amount") == place
    assert second.split() == ["60e6", "日本", "1,000"]
    # Each of the two signs is two columns of a terminal wide.
    assert second.index("1,000") == place - 2
    assert third == "99a7  two␊lines"


def test_a_terminal_folds_the_table_to_its_width(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "40")

    _, *folded = _printed(capsys)  # the header is bold

    assert len(folded) > len(ROWS)
    assert max(map(cell_len, folded)) <= 40


def test_errors_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["id"], [[Text("f81e")]], to_errors=True)

    assert capsys.readouterr() == ("", "id\nf81e\n")


def test_each_line_of_a_tree_is_one_line_into_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    step = Step("table", "1", {}, "amount_usd", "5", "sum", LONG.strip(), "5", True)

    print_trace(Trace("release", "2026-12-01", "hash", step))

    assert f"{LONG.strip()} → 5" in capsys.readouterr().out
