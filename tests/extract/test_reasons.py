"""The catalogue of reason codes: complete, and what the documentation says. No file is read."""

import re
from pathlib import Path

import pytest

from approvals.contracts import DATASETS
from approvals.settings import PROJECT_ROOT
from extract.reasons import FILE_REASONS, ROW_REASONS, WARNINGS, catalogue
from extract.rows import row_conditions, row_warnings
from tests.extract.conftest import Warehouse

SOURCES = [*Path(PROJECT_ROOT / "extract").rglob("*.py")]


def test_catalogue_page_is_what_the_code_says() -> None:
    assert (PROJECT_ROOT / "docs" / "reason-codes.md").read_text(encoding="utf-8") == catalogue()


def test_every_file_reason_that_is_raised_is_in_the_catalogue() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    raised = set(re.findall(r'RefusedFileError\(\s*"([a-z_]+)"', text))

    assert raised
    assert raised <= set(FILE_REASONS)


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_row_code_that_is_given_is_in_the_catalogue(
    warehouse: Warehouse, dataset: str
) -> None:
    office = warehouse.configuration.office("lab")

    given = set(row_conditions(dataset, office)) | set(row_warnings(dataset))

    assert given
    assert given <= {reason.code for reason in ROW_REASONS} | set(WARNINGS)
