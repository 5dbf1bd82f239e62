"""What an inspection says of a file, and that it leaves the lake alone.

Not tested here: how files are read and rows are typed; an inspection takes that from the loader.
"""

import os
from pathlib import Path

import pytest

from approvals.errors import ConfigurationError, ExportsNotFoundError
from extract.inspection import Findings, inspect_file
from extract.inspection.encodings import why_encoding
from tests.extract.conftest import Warehouse

NAME = "export_2006-03-31.csv"
ROWS = (
    "Report of the first quarter\n"
    "Project symbol,Donor,Aproval date,Currency,Amount (thousands),Colour\n"
    "RAS/06/01/NOR,Norway,15/03/2006,USD,1.5,red\n"
    "RAS/06/02/NOR,Norway,31/02/2006,USD,2.5,\n"
)


def _inspect(
    warehouse: Warehouse, folder: Path, content: str | bytes, name: str = NAME
) -> Findings:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return inspect_file(warehouse.settings, warehouse.configuration, path, "lab")


def test_inspection_says_where_the_table_is_and_what_each_column_means(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    found = _inspect(warehouse, tmp_path, ROWS)

    table = found.tables[0]
    columns = {column.header: column for column in table.columns}
    assert (found.format, found.encoding, found.office_id) == ("delimited", "utf-8", "lab")
    assert table.header_rows == (2,)
    assert columns["Donor"].field == "donor_name"
    assert columns["Colour"].field is None
    assert columns["Amount (thousands)"].multiplier == 1000
    assert columns["Aproval date"].score < 95
    assert columns["Aproval date"].alias == "Approval date"
    assert "recipient_name" in table.fields_missing


def test_inspection_counts_how_cells_are_written(warehouse: Warehouse, tmp_path: Path) -> None:
    found = _inspect(warehouse, tmp_path, ROWS)

    columns = {column.header: column for column in found.tables[0].columns}
    notations = [(n.pattern, n.cells) for n in columns["Aproval date"].notations]
    assert notations == [("9/99/9999", 2)]
    assert (columns["Colour"].filled, columns["Donor"].filled) == (1, 2)
    assert columns["Donor"].notations == ()


def test_inspection_shows_the_first_rows_typed_or_why_not(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    found = _inspect(warehouse, tmp_path, ROWS)

    first, second = found.tables[0].first_rows
    assert (first.record_number, first.is_loaded) == (3, True)
    assert first.values["approval_date"] == "2006-03-15"
    assert (second.record_number, second.reasons) == (4, ("approval_date_unreadable",))


def test_inspection_says_what_a_load_would_report(warehouse: Warehouse, tmp_path: Path) -> None:
    found = _inspect(warehouse, tmp_path, ROWS)

    assert found.on_load["status"] == "quarantined_rows"
    assert (found.on_load["rows_accepted"], found.on_load["rows_rejected"]) == (1, 1)


def test_inspection_writes_nothing_to_the_lake(warehouse: Warehouse, tmp_path: Path) -> None:
    _inspect(warehouse, tmp_path, ROWS)

    assert not warehouse.settings.lake.exists()
    assert not warehouse.settings.feedback.exists()


def test_file_without_a_header_shows_its_first_records(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    found = _inspect(warehouse, tmp_path, "alpha,beta\n1,2\n")

    assert found.tables == ()
    assert found.on_load["reasons"] == {"header_not_found": 1}
    assert found.sheets[0].first_records == (("alpha", "beta"), ("1", "2"))
    assert not found.sheets[0].is_read


def test_unreadable_file_is_reported_and_no_failure(warehouse: Warehouse, tmp_path: Path) -> None:
    found = _inspect(warehouse, tmp_path, b"")

    assert (found.format, found.sheets) == (None, ())
    assert found.on_load["reasons"] == {"file_empty": 1}


def test_file_that_would_be_refused_at_the_end_is_inspected_all_the_same(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    found = _inspect(warehouse, tmp_path, ROWS, "undated.csv")

    assert found.on_load["reasons"] == {"export_date_missing": 1}
    assert found.tables[0].rows_accepted == 1


@pytest.mark.parametrize(
    ("content", "codec", "code_page", "because"),
    [
        pytest.param(b"a,b\n", "utf-8", None, "ASCII", id="ascii"),
        pytest.param("é,b\n".encode(), "utf-8", None, "valid UTF-8, 1 char", id="utf-8"),
        pytest.param("é".encode("utf-8-sig"), "utf-8-sig", None, "mark", id="utf-8-mark"),
        pytest.param("é".encode("utf-16"), "utf-16", None, "mark", id="utf-16-mark"),
        pytest.param("ab".encode("utf-16-le"), "utf-16-le", None, "zero bytes", id="utf-16-bare"),
        pytest.param(b"\xe9", "cp1252", "cp1252", "the office declares", id="declared"),
        pytest.param(b"\xe9", "cp1250", None, "a guess", id="guess"),
    ],
)
def test_encoding_has_a_ground(
    tmp_path: Path, content: bytes, codec: str, code_page: str | None, because: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)

    assert because in (why_encoding(path, codec, code_page) or "")


def test_encoding_of_a_file_in_an_archive_is_not_judged_by_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"PK\x03\x04")

    assert why_encoding(path, "utf-8", None) is None


def test_folder_is_no_file(warehouse: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(ExportsNotFoundError, match="name one file"):
        inspect_file(warehouse.settings, warehouse.configuration, tmp_path)


def test_malformed_office_is_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text(ROWS, encoding="utf-8")

    with pytest.raises(ConfigurationError, match="office id"):
        inspect_file(warehouse.settings, warehouse.configuration, path, "No Such")


@pytest.mark.skipif("REAL_SAMPLES" not in os.environ, reason="REAL_SAMPLES names no folder")
@pytest.mark.parametrize("name", ["fts", "ceb", "iati", "headers", "."])
def test_real_files_are_inspected_without_a_failure(warehouse: Warehouse, name: str) -> None:
    folder = Path(os.environ["REAL_SAMPLES"]) / name
    files = [path for path in sorted(folder.iterdir()) if path.suffix in {".csv", ".xml"}]

    found = [inspect_file(warehouse.settings, warehouse.configuration, path) for path in files]

    assert found
    assert all(one.on_load["status"] for one in found)
