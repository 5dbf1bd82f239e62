"""Regular files are left to DuckDB, with true record numbers; all others are cut by ourselves.

Not tested here: that both ways give equal cells (`test_round_trip.py`); speed (`benchmarks`).
"""

import gc
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from approvals.configuration import resolve_configuration
from approvals.settings import Settings
from extract import load_exports
from extract.cells import create_cells
from extract.errors import IrregularRecordsError
from extract.readers import RawTable, csv_records, reader_for
from extract.readers.csv_records import CsvRecords
from extract.readers.delimited import DelimitedReader

HEADER = "id,name,amount\n"
DATA = "".join(f"{number},Name {number},{number}.50\n" for number in range(1, 40))


@pytest.fixture(autouse=True)
def _small_files_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_records, "WORTHWHILE", 0)


def raw_table(tmp_path: Path, content: str, encoding: str = "utf-8") -> RawTable:
    path = tmp_path / "export.csv"
    path.write_bytes(content.encode(encoding))
    (raw,) = reader_for(path).read(path, None)
    return raw


REGULAR = [
    pytest.param(HEADER + DATA, "utf-8", id="plain"),
    pytest.param((HEADER + DATA).replace("\n", "\r\n"), "utf-8-sig", id="crlf-and-mark"),
    pytest.param("A title\n" + HEADER + DATA, "utf-8", id="title"),
    pytest.param("Le été\n\n" + HEADER + DATA, "cp1252", id="title-blank-line-code-page"),
    pytest.param(HEADER + DATA, "utf-16", id="utf-16"),
    pytest.param((HEADER + DATA).replace(",", ", "), "utf-8", id="comma-and-space"),
    pytest.param(HEADER + DATA + "\n\n", "utf-8", id="blank-lines-at-the-end"),
    pytest.param(HEADER + DATA.replace("Name 7", '"Name\n7"'), "utf-8", id="line-end-in-quotes"),
]


@pytest.mark.parametrize(("content", "encoding"), REGULAR)
def test_regular_file_stays_in_its_file_with_true_record_numbers(
    tmp_path: Path, content: str, encoding: str
) -> None:
    raw = raw_table(tmp_path, content, encoding)

    assert isinstance(raw.records, CsvRecords)
    with duckdb.connect() as connection:
        raw.records.bind(connection, "records")
        found = connection.execute(
            "select record_number - cast(c0 as integer) from records where c0 ~ '^[0-9]+$'"
        ).fetchall()
    lines_above = content.split(HEADER[:2], maxsplit=1)[0].count("\n") + 1
    assert found == [(lines_above,)] * 39


IRREGULAR = [
    pytest.param(HEADER + "\n" + DATA, id="blank-line"),
    pytest.param(HEADER + DATA + "40,short\n", id="short-record"),
    pytest.param(HEADER + DATA + "40,a,b,c\n", id="long-record"),
    pytest.param(HEADER + DATA + '40,"a" b,1\n', id="text-behind-quote"),
    pytest.param(HEADER + DATA.replace("Name 7", "Na\x00me"), id="nul"),
]


@pytest.mark.parametrize("content", IRREGULAR)
def test_irregular_file_is_cut_line_by_line(tmp_path: Path, content: str) -> None:
    raw = raw_table(tmp_path, content)

    assert not isinstance(raw.records, CsvRecords)
    assert raw.sample(1) == [["id", "name", "amount"]]


def test_no_record_is_lost_when_the_header_stands_inside_the_title(tmp_path: Path) -> None:
    narrow = "id,name\n0,Short\n"
    raw = raw_table(tmp_path, narrow + DATA)

    with duckdb.connect() as connection:
        create_cells(connection, raw.records, header_row=1)
        found = connection.execute("select record_number, c0 from cells limit 2").fetchall()

    assert isinstance(raw.records, CsvRecords)
    assert found == [(2, "0"), (3, "1")]


def test_copy_in_utf8_goes_when_its_records_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    raw = raw_table(tmp_path, HEADER + DATA.replace("Name", "Été"), "cp1252")
    copies = list(tmp_path.glob("approvals-text-*/records.csv"))

    del raw
    gc.collect()

    assert len(copies) == 1
    assert not copies[0].exists()


def test_cells_are_copied_as_the_file_has_them_and_numbered_by_their_place(tmp_path: Path) -> None:
    raw = raw_table(tmp_path, "A title\n" + HEADER + DATA)

    with duckdb.connect() as connection:
        create_cells(connection, raw.records, 2)
        copied = connection.execute("describe stored_cells").fetchall()
        found = connection.execute("select record_number, c0 from cells limit 2").fetchall()

    assert [row[0] for row in copied] == ["c0", "c1", "c2"]
    assert found == [(3, "1"), (4, "2")]


def test_the_first_records_are_read_without_the_rest_of_the_file(tmp_path: Path) -> None:
    regular = raw_table(tmp_path, "A title\n" + HEADER + DATA).records
    assert isinstance(regular, CsvRecords)
    with regular.path.open("a", encoding="utf-8") as file:
        file.write("1,Name,1\n" * 400_000 + "a record of two cells,too few\n")

    assert regular.head(1) == [["A title", "", ""]]
    assert regular.head(3)[1:] == [["id", "name", "amount"], ["1", "Name 1", "1.50"]]


def test_cells_are_numbered_record_by_record_when_the_copy_lacks_some(tmp_path: Path) -> None:
    raw = raw_table(tmp_path, HEADER + DATA)
    assert isinstance(raw.records, CsvRecords)
    assert raw.records.count == 40

    with duckdb.connect() as connection:
        create_cells(connection, replace(raw.records, count=41), 1)
        kind = connection.execute(
            "select table_type from information_schema.tables where table_name = 'cells'"
        ).fetchone()
        found = connection.execute("select record_number, c0 from cells limit 1").fetchall()

    assert kind == ("LOCAL TEMPORARY",)
    assert found == [(2, "1")]


LATE = "".join(f"{number},Name {number},{number}.50\n" for number in range(1, 5000))
NOT_REGULAR_LATER = [
    pytest.param("40,short\n", id="short-record"),
    pytest.param("40,a,b,c\n", id="long-record"),
    pytest.param("\n", id="blank-line"),
    pytest.param('40,"two\nlines",1\n', id="line-end-in-quotes"),
    pytest.param('40,"a" b,1\n', id="text-behind-quote"),
]


@pytest.mark.parametrize("record", NOT_REGULAR_LATER)
def test_the_copy_of_records_proves_them_or_refuses(tmp_path: Path, record: str) -> None:
    path = tmp_path / "export.csv"
    path.write_text(HEADER + LATE + record + "1,Last,1.00\n", encoding="utf-8")
    (raw,) = DelimitedReader(is_proof_due=False).read(path, None)

    with duckdb.connect() as connection, pytest.raises(IrregularRecordsError):
        create_cells(connection, raw.records, 1)


def test_regular_records_need_no_other_proof_than_their_copy(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(HEADER + LATE + '1,"Last, quoted",1.00\n', encoding="utf-8")
    (raw,) = DelimitedReader(is_proof_due=False).read(path, None)

    with duckdb.connect() as connection:
        create_cells(connection, raw.records, 1)
        found = connection.execute("select max(record_number), count(*) from cells").fetchone()

    assert isinstance(raw.records, CsvRecords)
    assert not raw.records.is_proven
    assert found == (5001, 5000)


@pytest.mark.parametrize("record", NOT_REGULAR_LATER)
def test_a_file_that_proves_irregular_is_loaded_as_if_it_had_been_proven_first(
    tmp_path: Path, record: str
) -> None:
    header = "Project symbol,Donor,Approval date,Currency,Amount\n"
    rows = "".join(f"RAS/06/{n:04d},Norway,2006-01-05,USD,{n}.50\n" for n in range(1, 3000))
    odd = record.replace("40", "RAS/06/9999,Norway,2006-01-05").replace(",a,b,c", ",USD,1,2,3")
    path = tmp_path / "bangkok_approvals_x_exported_2006-12-31.csv"
    path.write_text(header + rows + odd, encoding="utf-8")
    settings = Settings(home=tmp_path / "home", threads=1)

    configuration = resolve_configuration(settings)
    report = load_exports(settings, configuration, paths=[path], office_id="bangkok").files[0]

    assert report.rows_accepted >= 2999, report.messages
    assert 4_499_999 <= float(report.totals["USD"]) <= 4_500_010
