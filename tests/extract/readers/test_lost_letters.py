"""Letters that were lost before the file reached us: a warning names them in every format."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from extract.readers import reader_for

LOST = "C\ufffdte d\u2019Ivoire"


def _workbook(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Data").write_column(0, 0, ["Recipient", LOST])


def _text(content: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(content, encoding="utf-8")


@pytest.mark.parametrize(
    ("write", "place"),
    [
        pytest.param(_workbook, "sheet 'Data', record 2: letters", id="xlsx"),
        pytest.param(
            _text(f"<table><tr><td>Recipient</td></tr><tr><td>{LOST}</td></tr></table>"),
            "record 2: letters",
            id="html",
        ),
        pytest.param(_text(f'[{{"Recipient": "{LOST}"}}]'), "record 2: letters", id="json"),
        pytest.param(
            lambda path: pq.write_table(pa.table({"Recipient": ["a", LOST]}), path),
            "record 3: letters",
            id="parquet",
        ),
        pytest.param(_text(f"Recipient,Amount\n{LOST},5\n"), "line 2: letters", id="text"),
    ],
)
def test_lost_letters_are_named(
    tmp_path: Path, write: Callable[[Path], object], place: str
) -> None:
    path = tmp_path / "export"
    write(path)

    [table] = reader_for(path).read(path, None)

    assert any(warning.startswith(f"{place} were lost") for warning in table.warnings)


def test_table_without_lost_letters_has_no_warning(tmp_path: Path) -> None:
    path = tmp_path / "export"
    path.write_text('[{"Recipient": "Côte d’Ivoire"}]', encoding="utf-8")

    [table] = reader_for(path).read(path, None)

    assert table.warnings == ()
