"""Loading files: what becomes of each, what the lake then holds, and what a crash leaves.

Not here: single values (test_values.py). Real files, real processes, no mock.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from approvals.contracts import LAKE_TABLES
from approvals.errors import ConfigurationError, ExportsNotFoundError
from extract import FileReport
from tests.extract.conftest import Warehouse

ROWS = (
    "Project symbol,Donor,Approval date,Currency,Amount\n"
    "RAS/06/01/NET,Netherlands,2006-03-15,USD,100.50\n"
    "RAS/06/02/NOR,Norway,2006-03-16,EUR,200\n"
)


def _workbook(path: Path, *, hidden_first: bool = False) -> None:
    """Write a sheet with a title block, a header in row 4, two rows and a total."""
    book = xlsxwriter.Workbook(str(path))
    if hidden_first:
        old = book.add_worksheet("Old")
        old.write_row(0, 0, ["Donor", "Approval date", "Currency", "Amount"])
        old.write_row(1, 0, ["Nobody", "2006-01-01", "USD", 999])
    sheet = book.add_worksheet("Approvals")
    if hidden_first:
        sheet.activate()
        sheet.set_first_sheet()
        book.get_worksheet_by_name("Old").hide()
    sheet.write(0, 0, "Approvals of the first quarter (synthetic)")
    sheet.write_row(3, 0, ["Donor", "Approval date", "Currency", "Amount", "Remarks"])
    sheet.write_row(4, 0, ["Netherlands", "2006-03-15", "USD", 1234.125, "a"])
    sheet.write_row(5, 0, ["Norway", "2006-03-16", "USD", 1000, "b"])
    sheet.write_row(6, 0, ["Total", "", "", 2234.125])
    book.close()


def test_load_writes_rows_with_their_place_in_the_file(
    load_one: Callable[..., FileReport], warehouse: Warehouse
) -> None:
    report = load_one(ROWS)

    assert report.status == "loaded"
    assert report.totals == {"EUR": "200.00", "USD": "100.50"}
    assert warehouse.rows("record_number, donor_name, raw_cells") == [
        (2, "Netherlands", '["RAS/06/01/NET","Netherlands","2006-03-15","USD","100.50"]'),
        (3, "Norway", '["RAS/06/02/NOR","Norway","2006-03-16","EUR","200"]'),
    ]


def test_lake_tables_have_exactly_the_contracts_columns(
    load_one: Callable[..., FileReport], warehouse: Warehouse
) -> None:
    load_one(ROWS)

    for table, schema in LAKE_TABLES.items():
        for path in (warehouse.settings.lake / table).rglob("*.parquet"):
            described = duckdb.sql(f"describe from '{path}'").fetchall()
            assert [row[0] for row in described if row[0] != "office"] == schema.names, table


def test_manifest_reconciles_what_was_read(
    load_one: Callable[..., FileReport], warehouse: Warehouse
) -> None:
    text = ROWS + "\nRAS/06/03/UKM,,2006-03-17,USD,5\nTotal,,,,305.50\n"

    report = load_one(text)

    manifest = json.loads(next((warehouse.settings.lake / "files").iterdir()).read_text())
    assert manifest["rows_read"] == 5
    assert (manifest["rows_accepted"], manifest["rows_rejected"]) == (2, 1)
    assert manifest["dropped"] == [{"reason": "blank", "rows": 1}, {"reason": "total", "rows": 1}]
    assert [(total["sheet_name"], total["agrees"]) for total in manifest["control_totals"]] == [
        ("", True)
    ]
    assert manifest["exported_at"] == "2006-03-31T05:00:00+00:00"
    assert report.reasons == {"donor_missing": 1}


def test_control_total_that_disagrees_is_a_warning(load_one: Callable[..., FileReport]) -> None:
    report = load_one(ROWS + "Total,,,,300.00\n")

    assert report.status == "loaded_with_warnings"
    assert "states a total of 300.00, the rows above it add up to 300.50" in report.messages[0]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        pytest.param("utf-8", "utf-8", id="utf-8"),
        pytest.param("utf-8-sig", "utf-8-sig", id="utf-8-bom"),
        pytest.param("cp1252", "cp1252", id="windows-1252"),
        pytest.param("utf-16", "utf-16", id="utf-16-bom"),
        pytest.param("utf-16-le", "utf-16-le", id="utf-16-without-bom"),
    ],
)
@pytest.mark.parametrize(
    "delimiter", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "pipe"]
)
def test_text_is_read_in_any_encoding_and_dialect(
    warehouse: Warehouse, content: str, encoding: str, delimiter: str
) -> None:
    header = ["Bailleur de fonds", "Date d'approbation", "Devise", "Montant"]
    lines = [delimiter.join(header), delimiter.join(["Suède", "2006-03-15", "EUR", '"1 234,50"'])]
    warehouse.drop("labo/x_2006-03-31.csv", "\r\n".join(lines), content)

    report = warehouse.load()["labo/x_2006-03-31.csv"]

    assert report.rows_accepted == 1, report.messages
    assert warehouse.rows("donor_name, amount_original") == [("Suède", Decimal("1234.50"))]
    manifest = json.loads(next((warehouse.settings.lake / "files").iterdir()).read_text())
    assert manifest["encoding"] == encoding
    assert manifest["dialect"]["delimiter"] == delimiter


@pytest.mark.parametrize("hidden_first", [False, True], ids=["one-sheet", "hidden-sheet-first"])
def test_workbook_is_read_below_its_title_and_above_its_total(
    warehouse: Warehouse, hidden_first: bool
) -> None:
    _workbook(warehouse.exports / "lab" / "q_2006-03-31.xlsx", hidden_first=hidden_first)

    report = warehouse.load()["lab/q_2006-03-31.xlsx"]

    assert report.rows_accepted == 2, report.messages
    assert warehouse.rows("sheet_name, record_number, amount_original") == [
        ("Approvals", 5, Decimal("1234.13")),
        ("Approvals", 6, Decimal("1000.00")),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "file_empty", id="empty"),
        pytest.param(b"a,b\n1,2\n", "header_not_found", id="no-known-header"),
        pytest.param(b"PK\x03\x04 broken", "archive_damaged", id="cut-archive"),
        pytest.param(b"\x00\x01\x02\xff" * 50, "format_unknown", id="binary"),
        pytest.param(ROWS.encode() + b'x,"never closed', "record_damaged", id="open-quote"),
    ],
)
def test_file_is_refused_with_a_reason_and_the_rest_is_loaded(
    warehouse: Warehouse, content: bytes, reason: str
) -> None:
    warehouse.drop("lab/bad_2006-03-31.csv", content)
    warehouse.drop("lab/good_2006-03-31.csv", ROWS)

    reports = warehouse.load()

    bad = reports["lab/bad_2006-03-31.csv"]
    assert (bad.status, bad.reasons) == ("rejected", {reason: 1})
    assert bad.messages[0].startswith("lab/bad_2006-03-31.csv")
    assert reports["lab/good_2006-03-31.csv"].rows_accepted == 2


def test_header_that_is_not_found_is_named_with_what_it_lacks(
    load_one: Callable[..., FileReport],
) -> None:
    message = load_one("Donor,When,Amount\nNorway,2006-01-01,5\n").messages[0]

    assert "'Donor', 'When', 'Amount'" in message
    assert "lacks approval_date" in message


def test_refused_file_is_tried_again_when_the_configuration_changes(warehouse: Warehouse) -> None:
    warehouse.drop("lab/x_2006-03-31.csv", ROWS.replace("Donor", "Paymaster"))
    first = warehouse.load()["lab/x_2006-03-31.csv"]
    (warehouse.config / "column_maps").mkdir()
    (warehouse.config / "column_maps" / "lab.csv").write_text(
        "dataset,office_id,field,language,alias,priority\napprovals,lab,donor_name,en,Paymaster,1\n"
    )

    second = warehouse.load()["lab/x_2006-03-31.csv"]

    assert (first.status, second.status) == ("rejected", "loaded")


def test_same_bytes_load_once_under_any_name_and_the_arrival_is_recorded(
    warehouse: Warehouse,
) -> None:
    warehouse.drop("lab/a_2006-03-31.csv", ROWS)
    warehouse.drop("lab/b_2006-04-30.csv", ROWS)

    first, second = warehouse.load(), warehouse.load()

    assert [report.status for report in first.values()] == ["loaded", "skipped_duplicate"]
    assert {report.status for report in second.values()} == {"skipped_duplicate"}
    assert len(warehouse.rows("1")) == 2
    arrivals = list((warehouse.settings.lake / "arrivals").iterdir())
    assert json.loads(arrivals[0].read_text())["original_name"] == "lab/b_2006-04-30.csv"
    assert len(arrivals) == 1


def test_file_without_export_date_is_refused(load_one: Callable[..., FileReport]) -> None:
    assert load_one(ROWS, "lab/undated.csv").reasons == {"export_date_missing": 1}


def test_links_and_pipes_in_the_drop_folder_are_not_followed(warehouse: Warehouse) -> None:
    secret = warehouse.settings.home.parent / "secret_2006-01-01.csv"
    secret.write_text(ROWS)
    (warehouse.exports / "lab" / "link_2006-01-01.csv").symlink_to(secret)
    os.mkfifo(warehouse.exports / "lab" / "pipe_2006-01-01.csv")
    warehouse.drop("lab/good_2006-03-31.csv", ROWS.replace("100.50", "7"))

    reports = warehouse.load()

    assert list(reports) == ["lab/good_2006-03-31.csv"]


def test_drop_folder_that_is_missing_is_an_error_with_the_fix(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    settings = warehouse.settings.model_copy(update={"exports": str(tmp_path / "nowhere")})
    warehouse.settings = settings

    with pytest.raises(ExportsNotFoundError, match="APPROVALS_EXPORTS"):
        warehouse.load()


def test_office_that_is_unknown_is_an_error_that_lists_the_known_ones(warehouse: Warehouse) -> None:
    with pytest.raises(ConfigurationError, match="lab"):
        warehouse.configuration.office("nowhere")


def test_killed_load_leaves_nothing_half_and_the_next_one_completes(warehouse: Warehouse) -> None:
    body = "".join(f"A{n},Norway,2006-01-02,USD,{n}.25\n" for n in range(2, 60_000))
    for month in range(1, 7):
        warehouse.drop(
            f"lab/m_2006-0{month + 3}-15.csv", f"{ROWS}{body}X{month},Norway,2006-01-02,USD,1\n"
        )
    command = [sys.executable, "-c", "from approvals.cli import main; main()", "extract"]
    environment = {
        **os.environ,
        "APPROVALS_EXPORTS": str(warehouse.exports),
        "APPROVALS_HOME": str(warehouse.settings.home),
        "APPROVALS_CONFIG": str(warehouse.config),
    }
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    files = warehouse.settings.lake / "files"
    deadline = time.monotonic() + 60
    while not (files.is_dir() and any(files.glob("*.json"))) and time.monotonic() < deadline:
        os.sched_yield()
    process.send_signal(signal.SIGKILL)
    process.wait()
    committed = len(list(files.glob("*.json")))

    reports = warehouse.load()

    assert 1 <= committed < 6
    statuses = [report.status for report in reports.values()]
    assert (statuses.count("skipped_duplicate"), statuses.count("loaded")) == (
        committed,
        6 - committed,
    )
    assert len(warehouse.rows("1")) == 6 * (2 + 59_998 + 1)


def test_load_succeeds_when_an_agency_replaces_everything_and_maps_no_value(
    warehouse: Warehouse,
) -> None:
    (warehouse.config / "column_maps").mkdir()
    (warehouse.config / "column_maps" / "own.csv").write_text(
        "dataset,office_id,field,language,alias,priority\n"
        "approvals,,donor_name,en,Payer,1\n"
        "approvals,,approval_date,en,Agreed on,1\n"
        "approvals,,currency_code,en,Cur,1\n"
        "approvals,,amount_original,en,Sum,1\n"
    )
    warehouse.settings = warehouse.settings.model_copy(update={"config_mode": "replace"})
    name = "lab/export_2006-03-31.csv"
    warehouse.drop(name, "Payer,Agreed on,Cur,Sum\nNorway,31/03/2006,USD,100.50\n")

    report = warehouse.load()[name]

    assert report.status == "loaded"
    assert warehouse.rows("donor_name, amount_original, status") == [
        ("Norway", Decimal("100.50"), "approved")
    ]
