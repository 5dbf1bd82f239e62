"""Exports for the tests of the feedback, and the answers to them."""

import csv
import io
from pathlib import Path

from extract import FileReport
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


def answer_of(warehouse: Warehouse, content: str | bytes, name: str = NAME) -> tuple[str, str]:
    """Load one file and return its page and its table."""
    warehouse.drop(name, content)
    reports = warehouse.load().values()
    page = page_of(next(report for report in reports if report.path == name or len(reports) == 1))
    table = page.with_suffix(".csv").read_bytes().decode("utf-8")
    return page.read_text(encoding="utf-8"), table


def page_of(report: FileReport) -> Path:
    """Return the page that answers a file."""
    assert report.feedback is not None
    return Path(report.feedback)


def lines_of(table: str, delimiter: str = ",") -> list[dict[str, str]]:
    """Return the rows of an answer's table by their column."""
    return list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff")), delimiter=delimiter))
