"""A file without a header that is understood is answered with the file its headers are added to."""

import html

import pytest

from approvals.configuration import resolve_configuration
from approvals.settings import Settings
from tests.extract.conftest import Warehouse
from tests.extract.feedback.answers import answer_of

NOT_UNDERSTOOD = "Donor,Approval date,Sum of it all\nNorway,2006-03-01,7\n"
MAP = "dataset,office_id,field,language,alias,priority\napprovals,lab,donor_name,en,Giver,1\n"
SAID = {
    "en": "Add the headers as aliases to {}",
    "fr": "Faites ajouter ces en-têtes à {}",
    "es": "Haga añadir esos encabezados a {}",
    "pt": "Peça que esses cabeçalhos sejam acrescentados a {}",
}


@pytest.mark.parametrize("language", SAID)
def test_the_file_of_the_agencys_own_folder_is_named(warehouse: Warehouse, language: str) -> None:
    offices = warehouse.config / "offices.csv"
    offices.write_text(offices.read_text().replace("Bangkok,en,", f"Bangkok,{language},"))

    page, _ = answer_of(warehouse, NOT_UNDERSTOOD)

    path = warehouse.config / "column_maps" / "approvals.csv"
    assert SAID[language].format(path) in html.unescape(page)


def test_a_map_of_the_offices_own_is_named_before_that_of_all(warehouse: Warehouse) -> None:
    folder = warehouse.config / "column_maps"
    folder.mkdir()
    (folder / "givers.csv").write_text(MAP)

    page, _ = answer_of(warehouse, NOT_UNDERSTOOD)

    assert SAID["en"].format(folder / "givers.csv") in html.unescape(page)
    assert warehouse.configuration.column_map_file("rates", "lab") == str(folder / "rates.csv")


def test_without_a_folder_the_file_of_the_examples_is_named(warehouse: Warehouse) -> None:
    settings = Settings(home=warehouse.settings.home, config=None)

    configuration = resolve_configuration(settings)

    assert configuration.column_map_file("approvals", "lima") == "extract/column_maps/approvals.csv"
    assert configuration.column_map_file("approvals", "ocha_fts") == "extract/column_maps/fts.csv"
