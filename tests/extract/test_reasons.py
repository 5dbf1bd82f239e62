"""The catalogue of reason codes: complete, used, in four languages, and what the docs say.

Not tested here: that a code is given to the right row (test_values.py, test_load.py), and whether
a translation is good; a person reads that.
"""

import ast
import csv
import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

import pytest

from approvals.contracts import DATASETS, LAKE_TABLES
from approvals.settings import PROJECT_ROOT
from extract.conditions import row_conditions, row_warnings
from extract.reasons import (
    CATALOGUE,
    FILE_REASONS,
    LANGUAGES,
    LEVELS,
    ROW_REASONS,
    SEVERITIES,
    WARNINGS,
    catalogue,
    of_level,
)
from extract.reasons_page import page
from tests.extract.conftest import Warehouse

TREES = [
    ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((PROJECT_ROOT / "extract").rglob("*.py"))
    if path.name not in {"reasons.py", "reasons_page.py"}
]
FIELDS = {name for schema in LAKE_TABLES.values() for name in schema.names}


def _words() -> set[str]:
    """Return every constant of the code that could be a code, also those inside SQL."""
    texts = {
        node.value
        for tree in TREES
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return texts | {word for text in texts for word in re.findall(r"'([a-z_]+)'", text)}


def _refusals() -> Iterator[str]:
    """Return the code of each refusal that the code states as a constant."""
    for node in (node for tree in TREES for node in ast.walk(tree)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        position = {"RefusedFileError": 0, "rejected": 2}.get(node.func.id)
        if position is not None and len(node.args) > position:
            code = node.args[position]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield code.value


def test_page_is_what_the_catalogue_says() -> None:
    written = (PROJECT_ROOT / "docs" / "reason-codes.md").read_text(encoding="utf-8")

    assert written == page(), "run `make docs`"


def test_catalogue_lies_beside_the_package_when_installed() -> None:
    assert files("extract").joinpath("reasons.csv").is_file()


def test_codes_are_given_once() -> None:
    with CATALOGUE.open(encoding="utf-8", newline="") as source:
        counts = Counter(line["code"] for line in csv.DictReader(source))

    assert [code for code, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("code", catalogue())
def test_reason_says_what_and_how_to_mend_it_in_every_language(code: str) -> None:
    reason = catalogue()[code]

    assert reason.level in LEVELS
    assert reason.severity in SEVERITIES
    assert reason.field in FIELDS | {""}
    for language in LANGUAGES:
        assert reason.meanings[language].strip(), language
        assert reason.fixes[language].strip(), language


def test_precedence_of_row_reasons_is_given_once() -> None:
    orders = [reason.order for reason in ROW_REASONS]

    assert sorted(set(orders)) == orders


def test_every_refusal_in_the_code_is_in_the_catalogue() -> None:
    refusals = set(_refusals())

    assert refusals
    assert refusals <= set(FILE_REASONS)


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_row_code_that_is_given_is_in_the_catalogue(
    warehouse: Warehouse, dataset: str
) -> None:
    office = warehouse.configuration.office("lab")

    assert set(row_conditions(dataset, office)) <= {reason.code for reason in ROW_REASONS}
    assert set(row_warnings(dataset)) <= set(WARNINGS)


@pytest.mark.parametrize("level", LEVELS)
def test_every_code_of_the_catalogue_is_used_in_the_code(level: str) -> None:
    words = _words()

    assert [reason.code for reason in of_level(level) if reason.code not in words] == []
