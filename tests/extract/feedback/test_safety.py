"""What an export must not do to those who read the answer to it."""

import re

import pytest

from tests.extract.conftest import Warehouse
from tests.extract.feedback.answers import GOOD, HEADER, answer_of, lines_of, page_of


def test_hostile_text_is_shown_and_not_obeyed(warehouse: Warehouse) -> None:
    name = "lab/<img src=x>\u202e_2006-03-31.csv"
    hostile = "<script>alert(1)</script>{{ 7*7 }}"
    content = HEADER.replace("Recipient", "<b>Recipient</b>") + (
        GOOD.replace("2006-03-01", hostile)
    )
    page, table = answer_of(warehouse, content, name)

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
    _, table = answer_of(warehouse, HEADER + GOOD.replace("2006-03-01", f'"{cell}"'))

    assert table.startswith("\ufeff")
    remark = next(line for line in lines_of(table) if line["Code"] == "approval_date_unreadable")
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

    page = page_of(next(iter(warehouse.load().values())))

    assert page.parent == warehouse.settings.feedback / "lab"
    assert re.fullmatch(r"[\w.-]+-[0-9a-f]{12}\.html", page.name)
    assert len(page.name.encode()) <= 255
