"""What an office is answered: on the page, in the table, in its language, safely.

Not tested here: how the page looks (docs/feedback.md says how it was looked at), and whether a
translation is good.
"""

import csv
import io
import json
import re
import stat
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from extract import FileReport, load_exports
from extract.feedback.page import sentence
from extract.feedback.words import WORDS, wording
from extract.reasons import LANGUAGES, catalogue
from tests.extract.conftest import Warehouse

NAME = "lab/export_2006-03-31.csv"
FRENCH_NAME = "labo/export_2006-03-31.csv"
HEADER = "Project symbol,Donor,Recipient,Approval date,Currency,Amount,Start date,End date\n"
GOOD = "RAS/06/01/NOR,Norway,Viet Nam,2006-03-01,USD,1000.50,2006-04-01,2006-12-31\n"
FRENCH = (
    "Code projet;Donateur;Bénéficiaire;Date d'approbation;Devise;Montant\n"
    "SEN/06/01/FRA;France;Sénégal;15/01/2006;EUR;1.250.000,50\n"
    "SEN/06/02/FRA;France;Sénégal;31/02/2006;XXZ;250.000,00\n"
    "SEN/06/03/FRA;France;Sénégal;16/01/2006;EUR;-10.000,00\n"
    ";;;;Total;2.000.000,00\n"
)


def _answer(warehouse: Warehouse, content: str | bytes, name: str = NAME) -> tuple[str, str]:
    """Load one file and return its page and its table."""
    warehouse.drop(name, content)
    reports = warehouse.load().values()
    page = _page(next(report for report in reports if report.path == name or len(reports) == 1))
    table = page.with_suffix(".csv").read_bytes().decode("utf-8")
    return page.read_text(encoding="utf-8"), table


def _page(report: FileReport) -> Path:
    assert report.feedback is not None
    return Path(report.feedback)


def _lines(table: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff")), delimiter=delimiter))


def test_report_lies_in_the_folder_of_its_office(warehouse: Warehouse) -> None:
    warehouse.drop(NAME, HEADER + GOOD)

    report = warehouse.load()[NAME]

    page = _page(report)
    assert page.parent == warehouse.settings.feedback / "lab"
    assert page.name == f"export_2006-03-31.csv-{(report.file_sha256 or '')[:12]}.html"
    assert [stat.S_IMODE(path.stat().st_mode) for path in page.parent.iterdir()] == [0o600] * 2
    assert stat.S_IMODE(page.parent.stat().st_mode) == 0o700


def test_page_says_what_was_loaded_when_all_is_well(warehouse: Warehouse) -> None:
    page, table = _answer(warehouse, HEADER + GOOD)

    assert '<html lang="en">' in page
    assert "Loaded completely" in page
    assert "There is nothing to do." in page
    assert "1,000.50" in page
    loaded = [(line["Rows"], line["Currency"], line["Amount"]) for line in _lines(table)]
    assert loaded == [("1", "USD", "1000.50")]


def test_every_reason_of_a_row_is_answered_with_its_own_cell(warehouse: Warehouse) -> None:
    page, table = _answer(warehouse, FRENCH, FRENCH_NAME)

    remarks = [
        (line["Ligne"], line["Colonne"], line["Trouvé"], line["Code"])
        for line in _lines(table, ";")
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
    page, table = _answer(warehouse, FRENCH, FRENCH_NAME)

    assert '<html lang="fr">' in page
    assert "Chargé en partie" in page
    assert "31 mars 2006" in page
    assert "1\u202f240\u202f000,50" in page
    assert _lines(table, ";")[0]["Montant"] == "1240000,50"


def test_warnings_are_counted_and_their_first_rows_named(warehouse: Warehouse) -> None:
    late = GOOD.replace("2006-12-31", "2005-12-31")
    page, table = _answer(warehouse, HEADER + GOOD + late * 7)

    noticed = [line for line in _lines(table) if line["Code"] == "end_before_start"]
    assert [line["Row"] for line in noticed] == [str(row) for row in range(3, 10)]
    assert {line["Found"] for line in noticed} == {"2005-12-31"}
    assert page.count("2005-12-31") == 5


def test_control_total_that_differs_is_compared(warehouse: Warehouse) -> None:
    page, table = _answer(warehouse, FRENCH, FRENCH_NAME)

    assert "Totaux indiqués par le fichier" in page
    assert "diffère" in page
    control = next(line for line in _lines(table, ";") if line["Rubrique"] == "total de contrôle")
    assert (control["Ligne"], control["Trouvé"]) == ("5", "2000000,00")


def test_file_refused_for_its_rows_has_all_of_them_in_the_table(
    warehouse: Warehouse,
) -> None:
    page, table = _answer(warehouse, HEADER + GOOD.replace("Norway", "") * 250)

    assert "Not loaded" in page
    assert page.count("The row names no donor.</b>") == 200
    assert "The first 200 of 250 remarks are shown." in page
    assert sum(line["Code"] == "donor_missing" for line in _lines(table)) == 250


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param("", "file_empty", id="empty"),
        pytest.param("a,b\n1,2\n", "header_not_found", id="no-header"),
    ],
)
def test_rejected_file_gets_an_answer_too(warehouse: Warehouse, content: str, code: str) -> None:
    page, table = _answer(warehouse, content)

    assert "Not loaded" in page
    assert sentence(catalogue()[code].fixes["en"]) in page
    assert [line["Code"] for line in _lines(table)] == [code]


def test_file_of_no_office_is_answered_in_english(warehouse: Warehouse) -> None:
    (warehouse.exports / "stray").mkdir()
    name = "stray/export.csv"
    warehouse.drop(NAME, HEADER + GOOD)

    page, _ = _answer(warehouse, HEADER + GOOD, name)

    assert "No office declares this file as its own." in page
    assert len(list((warehouse.settings.feedback / "_none").iterdir())) == 2


def test_rows_of_every_table_name_their_own_columns(warehouse: Warehouse) -> None:
    second = "Donor,Amount,Approval date,Currency\nNorway,5.00,2006-13-01,USD\n"

    _, table = _answer(warehouse, HEADER + GOOD + "\n" + second)

    remarks = [
        (line["Row"], line["Column"], line["Found"])
        for line in _lines(table)
        if line["Code"] == "approval_date_unreadable"
    ]
    assert remarks == [("5", "Approval date", "2006-13-01")]


def test_undeclared_office_is_answered_in_the_language_of_its_headers(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    path = tmp_path / "quelconque.csv"
    path.write_text(FRENCH, encoding="utf-8")

    report = load_exports(warehouse.settings, warehouse.configuration, paths=[path]).files[0]

    assert _page(report).parent.name == report.office_id
    assert '<html lang="fr">' in _page(report).read_text(encoding="utf-8")


def test_hostile_text_is_shown_and_not_obeyed(warehouse: Warehouse) -> None:
    name = "lab/<img src=x>\u202e_2006-03-31.csv"
    hostile = "<script>alert(1)</script>{{ 7*7 }}"
    content = HEADER.replace("Recipient", "<b>Recipient</b>") + (
        GOOD.replace("2006-03-01", hostile)
    )
    page, table = _answer(warehouse, content, name)

    assert "<script>" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; style-src 'sha256-")
    assert not re.search(r"<[^>]*\s(src|href)=|url\(|https?:", page)
    assert "\u202e" not in page
    assert hostile in table


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        pytest.param("=1+1", "'=1+1", id="equals"),
        pytest.param("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0", id="plus"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="at"),
        pytest.param("-1+cmd", "'-1+cmd", id="minus"),
        pytest.param("-12.5.5", "-12.5.5", id="digits-only"),
        pytest.param("12 March 206", "12 March 206", id="plain"),
    ],
)
def test_table_neutralises_formulas_but_no_numbers(
    warehouse: Warehouse, cell: str, shown: str
) -> None:
    _, table = _answer(warehouse, HEADER + GOOD.replace("2006-03-01", f'"{cell}"'))

    assert table.startswith("\ufeff")
    remark = next(line for line in _lines(table) if line["Code"] == "approval_date_unreadable")
    assert remark["Found"] == shown


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("x\\..\\y _2006-03-31.csv", id="backslashes"),
        pytest.param("a\nb_2006-03-31.csv", id="newline"),
        pytest.param(f"{'é' * 110}_2006-03-31.csv", id="long"),
        pytest.param("$(id)`x`_2006-03-31.csv", id="shell"),
    ],
)
def test_name_of_a_report_is_harmless(warehouse: Warehouse, name: str) -> None:
    warehouse.drop(f"lab/{name}", HEADER + GOOD)

    page = _page(next(iter(warehouse.load().values())))

    assert page.parent == warehouse.settings.feedback / "lab"
    assert re.fullmatch(r"[\w.-]+-[0-9a-f]{12}\.html", page.name)
    assert len(page.name.encode()) <= 255


def test_same_bytes_again_keep_their_answer(warehouse: Warehouse) -> None:
    warehouse.drop(NAME, HEADER + GOOD)
    first = warehouse.load()[NAME]
    written = _page(first).stat().st_mtime_ns

    again = warehouse.load()[NAME]

    assert (again.status, again.feedback) == ("skipped_duplicate", first.feedback)
    assert _page(again).stat().st_mtime_ns == written


def test_archive_leads_to_the_answers_of_its_files(warehouse: Warehouse) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a_2006-03-31.csv", HEADER + GOOD)
        archive.writestr("b_2006-03-31.csv", "no,header\n1,2\n")
    name = "lab/pack_2006-03-31.zip"
    warehouse.drop(name, packed.getvalue())

    report = warehouse.load()[name]

    page = _page(report).read_text(encoding="utf-8")
    links = re.findall(r'href="([^"]+)"', page)
    assert [_page(member).name for member in report.members] == links
    assert all((_page(report).parent / link).is_file() for link in links)
    assert "The archive holds 2 files." in page
    lines = _lines(_page(report).with_suffix(".csv").read_text(encoding="utf-8"))
    assert [line["Section"] for line in lines] == ["Loaded completely", "Not loaded"]


def test_answer_is_the_same_whenever_it_is_written(warehouse: Warehouse) -> None:
    page, table = _answer(warehouse, FRENCH, FRENCH_NAME)
    for path in (warehouse.settings.feedback / "labo").iterdir():
        path.unlink()

    assert _answer(warehouse, FRENCH, FRENCH_NAME) == (page, table)


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


def test_words_are_there_in_every_language() -> None:
    with WORDS.open(encoding="utf-8", newline="") as source:
        lines = list(csv.DictReader(source))

    for line in lines:
        holes = {language: set(re.findall(r"\{\w+\}", line[language])) for language in LANGUAGES}
        assert all(line[language] for language in LANGUAGES), line["key"]
        assert len({frozenset(found) for found in holes.values()}) == 1, line["key"]


@pytest.mark.parametrize(
    ("language", "sign", "delimiter", "amount"),
    [
        pytest.param("en", None, ",", "1,234,567.80", id="english"),
        pytest.param("fr", None, ";", "1\u202f234\u202f567,80", id="french"),
        pytest.param("es", ",", ";", "1.234.567,80", id="spanish"),
        pytest.param("es", ".", ",", "1,234,567.80", id="spanish-with-points"),
        pytest.param("pt", None, ";", "1.234.567,80", id="portuguese"),
    ],
)
def test_wording_follows_language_and_declared_sign(
    language: str, sign: str | None, delimiter: str, amount: str
) -> None:
    chosen = wording(language, sign)

    assert chosen.csv_delimiter == delimiter
    assert chosen.number(Decimal("1234567.80")) == amount
