"""Printed tables: rounding is allowed for where it is declared, and a misprint is found.

The rows of the page and, where `REAL_SAMPLES` names the folder, tables that the ILO printed.
"""

import os
import re
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from approvals.configuration import Configuration, resolve_configuration
from approvals.settings import PROJECT_ROOT, Settings
from expectations.published_tables import create_published_table_checks


def _configured(folder: Path, tables: str) -> Configuration:
    (folder / "config").mkdir()
    (folder / "config" / "published_tables.csv").write_text(tables, encoding="utf-8")
    return resolve_configuration(Settings(home=folder / "home", config=folder / "config"))


def _checks(configuration: Configuration) -> list[tuple[str, str, bool]]:
    with duckdb.connect() as connection:
        connection.execute("create schema audit")
        create_published_table_checks(connection, configuration)
        return connection.execute(
            'select "year", what, is_agreed from audit.published_table_checks order by all'
        ).fetchall()


def _of_the_page() -> str:
    page = (PROJECT_ROOT / "docs" / "published-figures.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"(?:^    table_id,.*\n)(?:^    .*\n)+", page, re.MULTILINE)
    return "".join(f"{line.strip()}\n" for line in str(block).splitlines())


def test_tables_of_the_page_agree_within_the_declared_rounding(tmp_path: Path) -> None:
    found = _checks(_configured(tmp_path, _of_the_page()))

    assert len(found) == 5
    assert all(agrees for _, _, agrees in found)


def test_total_off_by_one_fails_without_a_declared_rounding(tmp_path: Path) -> None:
    exact = re.sub(r",1,0\.1,", ",,0.1,", _of_the_page())

    found = _checks(_configured(tmp_path, exact))

    assert [what for _, what, agrees in found if not agrees] == ["sum of members"]


def test_misprint_is_found_though_rounding_is_declared(tmp_path: Path) -> None:
    misprinted = _of_the_page().replace(",no,100,", ",no,104,")

    found = _checks(_configured(tmp_path, misprinted))

    assert "sum of members" in [what for _, what, agrees in found if not agrees]


def test_there_are_no_checks_without_printed_tables(tmp_path: Path) -> None:
    assert _checks(resolve_configuration(Settings(home=tmp_path / "home"))) == []


@pytest.mark.skipif("REAL_SAMPLES" not in os.environ, reason="REAL_SAMPLES names no folder")
@pytest.mark.parametrize(("rounding", "off"), [("1", 0), ("", 7)])
def test_tables_that_the_ilo_printed_agree_but_for_rounding(
    tmp_path: Path, rounding: str, off: int
) -> None:
    path = Path(os.environ["REAL_SAMPLES"]) / "ilo_tc_expenditure_1993_1997.csv"
    printed = pd.read_csv(path, dtype=str, keep_default_na=False)
    printed = printed.rename(
        columns={"amount_usd_thousand": "amount", "published_share_pct": "share_pct"}
    ).assign(
        table_id=printed.source.str.split(" ").str[0],
        is_total=printed.member.map(lambda name: "yes" if name == "Total" else "no"),
        unit="USD thousand",
        rounding_unit=rounding,
        share_rounding_unit="0.1",
    )

    found = _checks(_configured(tmp_path, printed.to_csv(index=False)))

    sums = [agrees for _, what, agrees in found if what == "sum of members"]
    assert len(sums) == 12
    assert sums.count(False) == off
    assert all(agrees for _, what, agrees in found if what != "sum of members") or not rounding
