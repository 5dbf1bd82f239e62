"""Which map is proposed for a file, and that the proposal loads as it is.

Not tested here: that every proposal is right; a person reviews it.
"""

from pathlib import Path

import pandas as pd
import pytest

from extract import load_exports
from extract.errors import RefusedFileError
from extract.proposal import Proposal, propose_map
from tests.extract.conftest import DATED, Warehouse

HANOI = (
    "Hanoi mission,,,,,\n"
    "Symbol of it,Payer,Country of work,Agreed on,Cur,Sum pledged\n"
    'VIE/06/01/NOR,Norway,Viet Nam,31/03/2006,USD,"1,250,000.50"\n'
    'VIE/06/02/NET,Netherlands,Viet Nam,12/02/2006,EUR,"250,000.00"\n'
    'VIE/06/03/JPN,Japan,Lao PDR,15/01/2006,JPY,"10,000,000"\n'
)
NAME = "hanoi_2006-03-31.csv"
OFFICE = (
    f"lab,Laboratory,field,,Asia/Bangkok,en,.,dmy,cp1252,monthly,delta,lab/*,{DATED},"
    "file_name,rates,unique,local,,,yes\n"
)


def _propose(warehouse: Warehouse, folder: Path, content: str, office: str = "hanoi") -> Proposal:
    path = folder / NAME
    path.write_text(content, encoding="utf-8")
    return propose_map(warehouse.configuration, path, office)


def _fields(proposal: Proposal) -> dict[str, str | None]:
    return {column.header: column.field for column in proposal.columns}


def test_columns_are_known_by_their_cells_where_headers_say_nothing(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    proposal = _propose(warehouse, tmp_path, HANOI)

    assert (proposal.dataset, proposal.header_record, proposal.missing) == ("approvals", 2, ())
    assert _fields(proposal) == {
        "Symbol of it": "project_symbol",
        "Payer": "donor_name",
        "Country of work": "recipient_name",
        "Agreed on": "approval_date",
        "Cur": "currency_code",
        "Sum pledged": "amount_original",
    }
    assert all(column.why for column in proposal.columns)


def test_proposal_loads_as_it_is(warehouse: Warehouse, tmp_path: Path) -> None:
    proposal = _propose(warehouse, tmp_path, HANOI)
    offices = warehouse.config / "offices.csv"
    hanoi = OFFICE.replace("lab,Laboratory", "hanoi,Hanoi mission").replace("lab/*", "hanoi/*")
    offices.write_text(offices.read_text(encoding="utf-8") + hanoi, encoding="utf-8")
    (warehouse.config / "column_maps").mkdir()
    (warehouse.config / "column_maps" / "hanoi.csv").write_text(proposal.as_csv(), encoding="utf-8")

    report = load_exports(
        warehouse.settings,
        warehouse.configuration,
        office_id="hanoi",
        paths=[tmp_path / NAME],
    ).files[0]

    assert (report.rows_accepted, report.rows_rejected) == (3, 0)
    assert report.totals == {"EUR": "250000.00", "JPY": "10000000.00", "USD": "1250000.50"}


@pytest.mark.parametrize(
    ("header", "cells", "field", "least"),
    [
        pytest.param("Donateur", ["x"], "donor_name", 100, id="alias"),
        pytest.param("Donnor name", ["x", "y"], "donor_name", 85, id="misspelt"),
        pytest.param("Col 5", ["EUR", "USD", "CHF"], "currency_code", 80, id="iso-codes"),
        pytest.param("Col 5", ["France", "Norway"], "donor_name", 60, id="donors"),
        pytest.param("Col 5", ["Viet Nam", "Nepal"], "recipient_name", 80, id="recipients"),
        pytest.param("Col 5", ["2006-03-01", "2006-04-01"], "approval_date", 50, id="only-dates"),
        pytest.param("Col 5", ["RAS/06/01/NOR", "RAS/06/2/NET"], "project_symbol", 80, id="symbol"),
        pytest.param("Col 5", ["aa", "bb"], None, 0, id="nothing"),
        pytest.param("Col 5", ["yes", "no"], None, 0, id="any-marker"),
    ],
)
def test_one_column_is_proposed_by_header_and_cells(
    warehouse: Warehouse,
    tmp_path: Path,
    header: str,
    cells: list[str],
    field: str | None,
    least: int,
) -> None:
    rows = "".join(f"{cell},free text\n" for cell in cells)

    proposal = _propose(warehouse, tmp_path, f"{header},Zzz\n{rows}")

    column = proposal.columns[0]
    assert column.field == field
    assert column.score >= least


def test_short_references_are_no_second_column_of_numbers(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    content = "Our No,Payer,Sum\nHN-1,Norway,120000.00\nHN-2,Sweden,80500.00\n"

    proposal = _propose(warehouse, tmp_path, content)

    assert _fields(proposal)["Sum"] == "amount_original"


def test_header_is_doubted_where_the_cells_do_not_fit(warehouse: Warehouse, tmp_path: Path) -> None:
    proposal = _propose(warehouse, tmp_path, "Approvals dates,Zzz\nNorth,1\nSouth,2\n")

    assert proposal.columns[0].field is None


def test_missing_required_fields_are_named(warehouse: Warehouse, tmp_path: Path) -> None:
    proposal = _propose(warehouse, tmp_path, "Donor,Amount,Currency\nNorway,5,USD\n")

    assert proposal.missing == ("approval_date",)


def test_csv_has_the_columns_of_a_column_map_and_no_formula(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    proposal = _propose(warehouse, tmp_path, HANOI.replace("Payer", "=Payer"))
    path = tmp_path / "map.csv"
    path.write_text(proposal.as_csv(), encoding="utf-8")

    table = pd.read_csv(path, dtype=str)

    assert list(table.columns) == [
        "dataset",
        "office_id",
        "field",
        "language",
        "alias",
        "priority",
    ]
    assert "'=Payer" in set(table["alias"])
    assert set(table["office_id"]) == {"hanoi"}


def test_file_that_cannot_be_read_is_refused(warehouse: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(RefusedFileError):
        _propose(warehouse, tmp_path, "")
