"""The audit page: escaped, self-contained, and complete.

Not tested here: its look. Open `build/<run>/quality/report.html` after `approvals run`.
"""

import base64
import hashlib
import re
from pathlib import Path

import pytest

import expectations
from expectations.html import render
from tests.expectations.warehouse import RUN_ID, write_warehouse

SLIP = (
    "update approvals set amount_original = amount_original * 1000 "
    "where file_sha256 = sha256('hq-4')"
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    warehouse = write_warehouse(tmp_path_factory.mktemp("page"), SLIP)
    expectations.audit_lake(warehouse.settings, warehouse.configuration, RUN_ID)
    report = expectations.audit_marts(warehouse.settings, warehouse.configuration, RUN_ID)
    return report.report_path.read_text(encoding="utf-8")


def test_page_escapes_what_offices_wrote(page: str) -> None:
    assert "hq-4 &lt;i&gt;.csv" in page
    assert "<i>" not in page


def test_page_shows_no_free_text_of_quarantined_rows(page: str) -> None:
    assert "secret" not in page


def test_page_loads_nothing_from_outside_and_runs_no_script(page: str) -> None:
    assert not re.search(r"<(script|img|link|iframe|object|form)\b|@import|url\(|https?:", page)


def test_page_allows_its_own_style_alone(page: str) -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page


@pytest.mark.parametrize(
    "expected",
    [
        "Nothing of this run was published",
        "Synthetic data.",
        "hq-4 &lt;i&gt;.csv record 2",
        "amount_unreadable",
        "With quarantine",
        "H01",
        "file_slip_factor",
        "Every approval has a donor.",
    ],
)
def test_page_says_what_was_checked_and_what_failed(page: str, expected: str) -> None:
    assert expected in page


def test_page_says_that_marts_are_to_come_when_only_the_lake_was_audited(tmp_path: Path) -> None:
    warehouse = write_warehouse(tmp_path)

    report = expectations.audit_lake(warehouse.settings, warehouse.configuration, RUN_ID)

    assert "Passed so far." in report.report_path.read_text(encoding="utf-8")


def test_page_tells_why_when_the_lake_could_not_be_read(tmp_path: Path) -> None:
    warehouse = write_warehouse(tmp_path)
    next((tmp_path / "lake" / "files").iterdir()).write_text("{", encoding="utf-8")

    report = expectations.audit_lake(warehouse.settings, warehouse.configuration, RUN_ID)

    assert "The rule could not be checked" in report.report_path.read_text(encoding="utf-8")


def test_render_returns_the_same_page_when_called_again() -> None:
    record = {"run_id": "run", "gates": {}}

    assert render(record) == render(record)
