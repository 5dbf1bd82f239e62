"""Keys that an agency's tables name: unknown ones are refused with file, row, value and the known.

Not here: what a value may be by itself (test_configuration.py).
"""

import re
from pathlib import Path

import pandas as pd
import pytest

from approvals.configuration import resolve_configuration
from approvals.errors import ConfigurationError
from approvals.references import CANONICAL, canonical_values
from approvals.settings import PROJECT_ROOT, Settings
from extract import load_exports
from tests.extract.conftest import OFFICE_COLUMNS

MAP_COLUMNS = "dataset,office_id,field,language,alias,priority"


def _office(region: str = "africa", currency: str = "", required: str = "") -> str:
    return (
        f"{OFFICE_COLUMNS}\nmission,Mission,field,{region},Asia/Bangkok,en,.,dmy,cp1252,monthly,"
        f"delta,mission/*,,modified_time,rates,unique,local,{currency},{required},no\n"
    )


@pytest.mark.parametrize(
    ("name", "content", "value", "known"),
    [
        pytest.param("offices.csv", _office("asia-pacific"), "asia-pacific", "africa", id="region"),
        pytest.param("offices.csv", _office(currency="EUX"), "EUX", "EUR", id="currency"),
        pytest.param(
            "offices.csv",
            _office(required="donor_name|amount"),
            "amount",
            "amount_original",
            id="required-field",
        ),
        pytest.param(
            "column_maps/own.csv",
            f"{MAP_COLUMNS}\napprovals,,donor,en,Payer,1\n",
            "donor",
            "donor_name",
            id="field-of-the-dataset",
        ),
        pytest.param(
            "column_maps/own.csv",
            f"{MAP_COLUMNS}\napproval,,donor_name,en,Payer,1\n",
            "approval",
            "approvals",
            id="dataset",
        ),
        pytest.param(
            "column_maps/own.csv",
            f"{MAP_COLUMNS}\napprovals,banckok,donor_name,en,Payer,1\n",
            "banckok",
            "bangkok",
            id="office-of-a-map",
        ),
        pytest.param(
            "value_maps.csv",
            "field,office_id,alias,value\nstatos,,granted,approved\n",
            "statos",
            "status",
            id="field-of-a-value",
        ),
        pytest.param(
            "value_maps.csv",
            "field,office_id,alias,value\nstatus,,granted,aproved\n",
            "aproved",
            "approved",
            id="value-of-a-status",
        ),
        pytest.param(
            "value_maps.csv",
            "field,office_id,alias,value\ncurrency_code,,Taka,BDX\n",
            "BDX",
            "BDT",
            id="value-of-a-currency",
        ),
        pytest.param(
            "seeds/recipients.csv",
            "recipient_id,recipient_name,recipient_type,region_id\nXAT,Atlantis,country,sea\n",
            "sea",
            "arab-states",
            id="region-of-a-recipient",
        ),
        pytest.param(
            "seeds/aliases.csv",
            "dimension,alias,member_id\nregion,Mers,sea\n",
            "sea",
            "arab-states",
            id="member-of-an-alias",
        ),
    ],
)
def test_configuration_refuses_a_key_that_is_not_known_and_names_those_that_are(
    tmp_path: Path, name: str, content: str, value: str, known: str
) -> None:
    path = tmp_path / "config" / name
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")

    with pytest.raises(ConfigurationError) as caught:
        resolve_configuration(Settings(home=tmp_path / "home", config=tmp_path / "config"))

    message = str(caught.value)
    assert message.startswith(f"{path}, row 2: ")
    assert f"{value!r} is not known" in message
    assert known in message


def test_words_of_the_project_mean_what_an_agencys_may_mean() -> None:
    table = pd.read_csv(PROJECT_ROOT / "extract" / "value_maps.csv", dtype=str)

    strange = [row for _, row in table.iterrows() if row["value"] not in canonical_values(row)]

    assert not strange
    assert set(table["field"]) == {*CANONICAL, "currency_code"}


def test_a_priority_that_is_no_number_is_refused_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "config" / "column_maps" / "own.csv"
    path.parent.mkdir(parents=True)
    path.write_text(f"{MAP_COLUMNS}\napprovals,,donor_name,en,Payer,first\n", encoding="utf-8")

    with pytest.raises(ConfigurationError, match="row 2: priority 'first' cannot be read"):
        resolve_configuration(Settings(home=tmp_path / "home", config=tmp_path / "config"))


def test_office_of_the_page_loads_when_the_page_is_followed(tmp_path: Path) -> None:
    page = (PROJECT_ROOT / "docs" / "add-an-office.md").read_text(encoding="utf-8")
    blocks = re.findall(r"(?:^       .*\n)+", page, re.MULTILINE)
    tables = ["".join(f"{line.strip()}\n" for line in block.splitlines()) for block in blocks]
    (offices,) = [table for table in tables if table.startswith("office_id,")]
    (headers,) = [table for table in tables if table.startswith("dataset,")]
    config, exports = tmp_path / "config", tmp_path / "exports"
    (config / "column_maps").mkdir(parents=True)
    (config / "offices.csv").write_text(offices, encoding="utf-8")
    (config / "column_maps" / "hanoi.csv").write_text(headers, encoding="utf-8")
    (exports / "hanoi").mkdir(parents=True)
    (exports / "hanoi" / "approvals_2006-03-31.csv").write_text(
        "Payer,Agreed on,Cur,Sum\nNorway,31/03/2006,USD,100.50\n", encoding="utf-8"
    )
    settings = Settings(home=tmp_path / "home", config=config, exports=str(exports))

    report = load_exports(settings, resolve_configuration(settings), office_id="hanoi")

    assert [(file.status, file.rows_accepted) for file in report.files] == [("loaded", 1)]
