"""Proposals on quarantined records: how values are typed, and what is refused.

What an approved record changes in the marts is tested in tests/dbt_project/test_released.py.
"""

from datetime import date
from pathlib import Path

import pytest

from approvals import quarantine
from approvals.decisions import Entry
from approvals.errors import ConfigurationError, DecisionRefusedError, RecordNotFoundError
from approvals.quarantine import QuarantinedRecord, quarantined, quarantined_record
from tests.extract.conftest import Warehouse

HEADER = "Reference;Donor;Approval date;Currency;Amount;Status;Remarks\n"
ROWS = (
    "L-1;Norvège;03/02/2006;EUR;1.250,50;approuvé;\n"
    "L-2;Norvège;31/02/2006;EUR;2.500,75;approuvé;deux\n"
    "L-3;Norvège;04/02/1890;EUR;3.000,00;approuvé;\n"
    "L-4;;05/02/2006;EUR;x;approuvé;\n"
)
WHO = {"by": "Ana Silva", "reason": "the agreement says so"}


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = Warehouse(tmp_path)
    warehouse.drop("labo/export_2006-03-31.csv", HEADER + ROWS)
    assert warehouse.load()["labo/export_2006-03-31.csv"].rows_rejected == 3
    return warehouse


def waiting(warehouse: Warehouse, record_number: int) -> QuarantinedRecord:
    records = {r.facts["record_number"]: r for r in quarantined(warehouse.settings)}
    return records[record_number]


def propose(warehouse: Warehouse, record_number: int, **corrected: str) -> Entry:
    record_id = waiting(warehouse, record_number).quarantine_id
    return quarantine.propose(warehouse.settings, record_id, corrected=corrected, **WHO)


def test_what_waits_is_listed_before_any_build(warehouse: Warehouse) -> None:
    listed = [record.summary() for record in quarantined(warehouse.settings)]

    assert [(row["record_number"], row["reason_code"], row["state"]) for row in listed] == [
        (3, "approval_date_unreadable", "waiting"),
        (4, "approval_date_out_of_range", "waiting"),
        (5, "amount_missing", "waiting"),
    ]
    assert quarantined(warehouse.settings, office_id="lab") == []
    assert waiting(warehouse, 3).as_json()["raw_cells"][2] == "31/02/2006"


def test_a_correction_leaves_the_other_cells_as_their_table_writes_them(
    warehouse: Warehouse,
) -> None:
    entry = propose(warehouse, 3, approval_date="28/02/2006")

    assert entry.row_values is not None
    assert (entry.decision, entry.corrected) == ("correct", {"approval_date": "28/02/2006"})
    assert entry.row_values["approval_date"] == "2006-02-28"
    assert (
        entry.row_values["amount_original"] == "2500.75"
    )  # a decimal comma, as in the whole column
    assert (entry.row_values["donor_name"], entry.row_values["status"]) == ("Norvège", "approved")
    assert (entry.row_values["remarks"], entry.row_values["project_symbol"]) == ("deux", None)
    assert waiting(warehouse, 3).standing.state == "proposed"


def test_a_release_as_it_stands_says_what_it_overrules(warehouse: Warehouse) -> None:
    entry = propose(warehouse, 4)

    assert entry.row_values is not None
    assert (entry.decision, entry.accepted_codes) == ("release", "approval_date_out_of_range")
    assert entry.row_values["approval_date"] == "1890-02-04"


def test_an_amount_brings_its_currency(warehouse: Warehouse) -> None:
    entry = propose(warehouse, 5, amount_original="USD 1.000,00", donor_name="Suède")

    assert entry.row_values is not None
    assert (entry.row_values["amount_original"], entry.row_values["currency_code"]) == (
        "1000.00",
        "USD",
    )


@pytest.mark.parametrize(
    ("record_number", "corrected", "message"),
    [
        pytest.param(3, {"approval_date": "30/02/2006"}, "does not exist", id="no-such-day"),
        pytest.param(3, {"approval_date": "01/02/1890"}, "outside the years", id="out-of-range"),
        pytest.param(3, {}, "no value for approval_date", id="not-complete"),
        pytest.param(3, {"approval_date": ""}, "no value for approval_date", id="emptied"),
        pytest.param(5, {"amount_original": "5"}, "no value for donor_name", id="one-of-two"),
        pytest.param(
            5, {"amount_original": "1.2.3,4"}, "amount_original='1.2.3,4'", id="no-number"
        ),
        pytest.param(3, {"status": "perhaps"}, "no word that the warehouse", id="unknown-word"),
        pytest.param(3, {"start_date": "soon"}, "cannot be read", id="optional-field"),
        pytest.param(3, {"donor": "Norway"}, "not a field of approvals", id="no-field"),
    ],
)
def test_a_record_that_could_not_count_is_not_proposed(
    warehouse: Warehouse, record_number: int, corrected: dict[str, str], message: str
) -> None:
    with pytest.raises(DecisionRefusedError, match=message):
        propose(warehouse, record_number, **corrected)

    assert waiting(warehouse, record_number).standing.state == "waiting"


def test_an_id_must_name_one_record(warehouse: Warehouse) -> None:
    record = waiting(warehouse, 3)
    assert quarantined_record(warehouse.settings, record.quarantine_id[:6]) == record
    for unclear in ("", record.quarantine_id[:5], "f" * 32):
        with pytest.raises(RecordNotFoundError, match="quarantine list"):
            quarantined_record(warehouse.settings, unclear)
    with pytest.raises(RecordNotFoundError, match="too short"):
        quarantined_record(warehouse.settings, record.quarantine_id[:2])


def test_options_are_refused_with_their_names(warehouse: Warehouse) -> None:
    assert quarantine.assignments(["a=b=c", "d="]) == {"a": "b=c", "d": ""}
    for wrong in (["a"], ["a=1", "a=2"]):
        with pytest.raises(DecisionRefusedError, match="--set"):
            quarantine.assignments(wrong)
    with pytest.raises(ConfigurationError, match="--state"):
        quarantined(warehouse.settings, state="open")
    record_id = waiting(warehouse, 4).quarantine_id
    with pytest.raises(ConfigurationError, match="--expires"):
        quarantine.propose(
            warehouse.settings, record_id, corrected={}, expires_on=date(2007, 1, 1), **WHO
        )
