"""What an office is answered: on the page, in the table, in its language, safely.

Not tested here: how the page looks (docs/feedback.md says how it was looked at), and whether a
translation is good.
"""

import io
import json
import re
import stat
import zipfile
from pathlib import Path

import pytest

from extract import load_exports
from extract.feedback.page import sentence
from extract.reasons import catalogue
from tests.extract.conftest import Warehouse
from tests.extract.feedback.answers import (
    FRENCH,
    FRENCH_NAME,
    GOOD,
    HEADER,
    NAME,
    answer_of,
    lines_of,
    page_of,
)


def test_report_lies_in_the_folder_of_its_office(warehouse: Warehouse) -> None:
    warehouse.drop(NAME, HEADER + GOOD)

    report = warehouse.load()[NAME]

    page = page_of(report)
    assert page.parent == warehouse.settings.feedback / "lab"
    assert page.name == f"export_2006-03-31.csv-{(report.file_sha256 or '')[:12]}.html"
    assert [stat.S_IMODE(path.stat().st_mode) for path in page.parent.iterdir()] == [0o600] * 2
    assert stat.S_IMODE(page.parent.stat().st_mode) == 0o700


def test_page_says_what_was_loaded_when_all_is_well(warehouse: Warehouse) -> None:
    page, table = answer_of(warehouse, HEADER + GOOD)

    assert '<html lang="en">' in page
    assert "Loaded completely" in page
    assert "There is nothing to do." in page
    assert "1,000.50" in page
    loaded = [(line["Rows"], line["Currency"], line["Amount"]) for line in lines_of(table)]
    assert loaded == [("1", "USD", "1000.50")]


def test_every_reason_of_a_row_is_answered_with_its_own_cell(warehouse: Warehouse) -> None:
    page, table = answer_of(warehouse, FRENCH, FRENCH_NAME)

    remarks = [
        (line["Ligne"], line["Colonne"], line["Trouvé"], line["Code"])
        for line in lines_of(table, ";")
        if line["Rubrique"] == "non chargé"
    ]
    assert remarks == [
        ("3", "Devise", "XXZ", "currency_unknown"),
        ("3", "Date d'approbation", "31/02/2006", "approval_date_unreadable"),
    ]
    assert "31/02/2006" in page
    assert "Écrivez une date qui existe sous la forme AAAA-MM-JJ." in page


def test_office_is_answered_in_its_language_and_its_way_to_write_numbers(
    warehouse: Warehouse,
) -> None:
    page, table = answer_of(warehouse, FRENCH, FRENCH_NAME)

    assert '<html lang="fr">' in page
    assert "Chargé en partie" in page
    assert "31 mars 2006" in page
    assert "1\u202f240\u202f000,50" in page
    assert lines_of(table, ";")[0]["Montant"] == "1240000,50"


def test_warnings_are_counted_and_their_first_rows_named(warehouse: Warehouse) -> None:
    late = GOOD.replace("2006-12-31", "2005-12-31")
    page, table = answer_of(warehouse, HEADER + GOOD + late * 7)

    noticed = [line for line in lines_of(table) if line["Code"] == "end_before_start"]
    assert [line["Row"] for line in noticed] == [str(row) for row in range(3, 10)]
    assert {line["Found"] for line in noticed} == {"2005-12-31"}
    assert page.count("2005-12-31") == 5


def test_control_total_that_differs_is_compared(warehouse: Warehouse) -> None:
    page, table = answer_of(warehouse, FRENCH, FRENCH_NAME)

    assert "Totaux indiqués par le fichier" in page
    assert "diffère" in page
    control = next(line for line in lines_of(table, ";") if line["Rubrique"] == "total de contrôle")
    assert (control["Ligne"], control["Trouvé"]) == ("5", "2000000,00")


def test_file_refused_for_its_rows_has_all_of_them_in_the_table(
    warehouse: Warehouse,
) -> None:
    page, table = answer_of(warehouse, HEADER + GOOD.replace("Norway", "") * 250)

    assert "Not loaded" in page
    assert page.count("The row names no donor.</b>") == 200
    assert "The first 200 of 250 remarks are shown." in page
    assert sum(line["Code"] == "donor_missing" for line in lines_of(table)) == 250


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param("", "file_empty", id="empty"),
        pytest.param("a,b\n1,2\n", "header_not_found", id="no-header"),
    ],
)
def test_rejected_file_gets_an_answer_too(warehouse: Warehouse, content: str, code: str) -> None:
    page, table = answer_of(warehouse, content)

    assert "Not loaded" in page
    assert sentence(catalogue()[code].fixes["en"]) in page
    assert [line["Code"] for line in lines_of(table)] == [code]


def test_file_of_no_office_is_answered_in_english(warehouse: Warehouse) -> None:
    (warehouse.exports / "stray").mkdir()
    name = "stray/export.csv"
    warehouse.drop(NAME, HEADER + GOOD)

    page, _ = answer_of(warehouse, HEADER + GOOD, name)

    assert "No office declares this file as its own." in page
    assert len(list((warehouse.settings.feedback / "_none").iterdir())) == 2


def test_rows_of_every_table_name_their_own_columns(warehouse: Warehouse) -> None:
    second = "Donor,Amount,Approval date,Currency\nNorway,5.00,2006-13-01,USD\n"

    _, table = answer_of(warehouse, HEADER + GOOD + "\n" + second)

    remarks = [
        (line["Row"], line["Column"], line["Found"])
        for line in lines_of(table)
        if line["Code"] == "approval_date_unreadable"
    ]
    assert remarks == [("5", "Approval date", "2006-13-01")]


def test_undeclared_office_is_answered_in_the_language_of_its_headers(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    path = tmp_path / "quelconque.csv"
    path.write_text(FRENCH, encoding="utf-8")

    report = load_exports(warehouse.settings, warehouse.configuration, paths=[path]).files[0]

    assert page_of(report).parent.name == report.office_id
    assert '<html lang="fr">' in page_of(report).read_text(encoding="utf-8")


def test_same_bytes_again_keep_their_answer(warehouse: Warehouse) -> None:
    warehouse.drop(NAME, HEADER + GOOD)
    first = warehouse.load()[NAME]
    written = page_of(first).stat().st_mtime_ns

    again = warehouse.load()[NAME]

    assert (again.status, again.feedback) == ("skipped_duplicate", first.feedback)
    assert page_of(again).stat().st_mtime_ns == written


def test_archive_leads_to_the_answers_of_its_files(warehouse: Warehouse) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a_2006-03-31.csv", HEADER + GOOD)
        archive.writestr("b_2006-03-31.csv", "no,header\n1,2\n")
    name = "lab/pack_2006-03-31.zip"
    warehouse.drop(name, packed.getvalue())

    report = warehouse.load()[name]

    page = page_of(report).read_text(encoding="utf-8")
    links = re.findall(r'href="([^"]+)"', page)
    assert [page_of(member).name for member in report.members] == links
    assert all((page_of(report).parent / link).is_file() for link in links)
    assert "The archive holds 2 files." in page
    lines = lines_of(page_of(report).with_suffix(".csv").read_text(encoding="utf-8"))
    assert [line["Section"] for line in lines] == ["Loaded completely", "Not loaded"]


def test_answer_is_the_same_whenever_it_is_written(warehouse: Warehouse) -> None:
    page, table = answer_of(warehouse, FRENCH, FRENCH_NAME)
    for path in (warehouse.settings.feedback / "labo").iterdir():
        path.unlink()

    assert answer_of(warehouse, FRENCH, FRENCH_NAME) == (page, table)


def test_load_goes_on_when_the_feedback_cannot_be_written(warehouse: Warehouse) -> None:
    warehouse.drop(NAME, HEADER + GOOD)
    warehouse.settings.home.mkdir(exist_ok=True)
    warehouse.settings.feedback.write_text("a file where the folder should be")

    report = warehouse.load()[NAME]

    assert (report.status, report.feedback) == ("loaded", None)
    assert "the feedback cannot be written" in report.messages[-1]


def test_outcome_as_json_names_the_page(warehouse: Warehouse) -> None:
    warehouse.drop(NAME, HEADER + GOOD)

    report = warehouse.load()[NAME]

    assert json.dumps(report.feedback).endswith('.html"')
