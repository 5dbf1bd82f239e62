"""IATI activity files: what a transaction record says, and the sums of real files.

Not here: how words become statuses (value_maps.csv is data) and what the marts do with payments
(tests/dbt_project/test_marts.py).
"""

import os
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from extract import load_exports
from extract.errors import RefusedFileError
from extract.readers import reader_for
from tests.extract.conftest import Warehouse

TRANSACTION = (
    '<transaction><transaction-type code="{code}"/><transaction-date iso-date="2006-01-02"/>'
    '<value value-date="2006-01-03">{value}</value>{more}</transaction>'
)
ACTIVITY = (
    '<iati-activities version="2.03" generated-datetime="2006-02-01T10:00:00+02:00">'
    '<iati-activity xml:lang="fr" default-currency="EUR">'
    "<iati-identifier> XM-1 </iati-identifier>"
    '<reporting-org ref="XM" type="40"><narrative>Agency</narrative></reporting-org>'
    '<title><narrative xml:lang="en">Jobs</narrative><narrative>Emplois</narrative></title>'
    '<participating-org role="1" ref="NL-1"><narrative>Pays-Bas</narrative></participating-org>'
    '<recipient-country code="KH" percentage="60.00"/>'
    '<recipient-country code="VN" percentage="40"><narrative>Viet Nam</narrative>'
    "</recipient-country>"
    '<sector vocabulary="2" code="X"/><sector code="16020"/><sector code=""/>'
    '<default-flow-type code=""/><default-aid-type code="C01"/>'
    "<budget><value>999</value></budget>{transactions}</iati-activity></iati-activities>"
)


def records(folder: Path, content: str) -> list[dict[str, str]]:
    """Return the transactions of a file, each by its headers."""
    path = folder / "activities.xml"
    path.write_text(content, encoding="utf-8")
    header, *rows = reader_for(path).read(path, None)[0].records.head(1000)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_transaction_says_its_own_and_takes_the_rest_from_its_activity(tmp_path: Path) -> None:
    content = ACTIVITY.format(transactions=TRANSACTION.format(code="2", value="15450.50", more=""))

    [row] = records(tmp_path, content)

    assert {name: value for name, value in row.items() if value} == {
        "iati-identifier": "XM-1",
        "title": "Emplois",
        "title-narratives": '{"en": "Jobs", "": "Emplois"}',
        "reporting-org": "Agency",
        "reporting-org-ref": "XM",
        "transaction-type": "2",
        "transaction-type-name": "Outgoing Commitment",
        "transaction-date": "2006-01-02",
        "value-date": "2006-01-03",
        "value": "15450.50",
        "currency": "EUR",
        "provider-org": "Agency",
        "provider-org-ref": "XM",
        "funding-org": "Pays-Bas",
        "recipient-country": "Cambodia (60%); Viet Nam (40%)",
        "recipient-country-code": "KH (60%); VN (40%)",
        "sector": "16020",
        "sector-code": "16020",
        "sector-vocabulary": "1",
        "aid-type-code": "C01",
        "last-updated": "2006-02-01 08:00:00",
    }


@pytest.mark.parametrize(
    ("more", "header", "value"),
    [
        pytest.param('<sector code="11110"/>', "sector-code", "11110", id="own-sector"),
        pytest.param('<recipient-country code="LA"/>', "recipient-country", "Laos", id="country"),
        pytest.param('<aid-type code="D01"/>', "aid-type-code", "D01", id="own-aid-type"),
        pytest.param('<aid-type code=""/>', "aid-type-code", "C01", id="empty-code-is-none"),
        pytest.param('<provider-org ref="NO-1"/>', "provider-org", "NO-1", id="reference-as-name"),
    ],
)
def test_transaction_wins_over_its_activity(
    tmp_path: Path, more: str, header: str, value: str
) -> None:
    content = ACTIVITY.format(transactions=TRANSACTION.format(code="3", value="1", more=more))

    assert records(tmp_path, content)[0][header] == value


def test_provider_of_incoming_money_is_never_the_reporting_organisation(tmp_path: Path) -> None:
    content = ACTIVITY.format(transactions=TRANSACTION.format(code="11", value="1", more=""))

    [row] = records(tmp_path, content)

    assert (row["provider-org"], row["funding-org"]) == ("", "Pays-Bas")


def test_version_one_is_read_with_its_own_codes_and_plain_texts(tmp_path: Path) -> None:
    content = (
        '<iati-activities version="1.05"><iati-activity default-currency="USD">'
        "<iati-identifier>A</iati-identifier><title>Jobs</title>"
        '<reporting-org ref="XM">Agency</reporting-org>'
        '<participating-org role="Funding">Norway</participating-org>'
        '<transaction><transaction-type code="C">Commitment</transaction-type>'
        '<transaction-date iso-date="2006-01-02"/><value>5</value></transaction>'
        "</iati-activity></iati-activities>"
    )

    [row] = records(tmp_path, content)

    assert row["title"] == "Jobs"
    assert (row["transaction-type-name"], row["funding-org"]) == ("Outgoing Commitment", "Norway")


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("content", "reasons"),
    [
        pytest.param(
            '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]><iati-activities>'
            "<iati-activity><iati-identifier>&x;</iati-identifier></iati-activity>"
            "</iati-activities>",
            {"xml_unsafe"},
            id="external-entity",
        ),
        pytest.param(
            f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]><iati-activities><iati-activity>'
            "<title>&a11;</title></iati-activity></iati-activities>",
            {"xml_unsafe", "xml_damaged"},
            id="billion-laughs",
        ),
        pytest.param(ACTIVITY[:300], {"xml_damaged"}, id="cut"),
        pytest.param(ACTIVITY.format(transactions=""), {"file_empty"}, id="no-transaction"),
        pytest.param("<iati-organisations/>", {"format_unknown"}, id="organisation-file"),
    ],
)
def test_file_is_refused_with_a_reason(tmp_path: Path, content: str, reasons: set[str]) -> None:
    with pytest.raises(RefusedFileError) as refusal:
        records(tmp_path, content)

    assert refusal.value.reason_code in reasons


def test_payments_count_in_the_files_totals_under_a_status_of_their_own(
    warehouse: Warehouse,
) -> None:
    transactions = "".join(
        TRANSACTION.format(code=code, value=value, more="")
        for code, value in (("2", 100), ("3", 60), ("11", 7), ("13", 5))
    )
    warehouse.drop("lab/a_2006-03-31.xml", ACTIVITY.format(transactions=transactions))

    report = warehouse.load()["lab/a_2006-03-31.xml"]

    assert report.totals == {"EUR": "172.00"}, report.messages
    assert warehouse.rows("status, amount_original, donor_name") == [
        ("approved", Decimal(100), "Agency"),
        ("payment", Decimal(60), "Agency"),
        ("approved", Decimal(7), "Pays-Bas"),
        ("forecast", Decimal(5), "Pays-Bas"),
    ]


@pytest.mark.skipif("REAL_SAMPLES" not in os.environ, reason="REAL_SAMPLES names no folder")
@pytest.mark.parametrize("name", ["who-arg.xml", "es-maec-indonesia-2015.xml"])
def test_real_file_has_the_totals_of_a_direct_sum_over_its_transactions(
    warehouse: Warehouse, name: str
) -> None:
    path = Path(os.environ["REAL_SAMPLES"]) / "iati" / name
    expected: dict[str, Decimal] = defaultdict(Decimal)
    count = 0
    for value in etree.parse(path).xpath("//iati-activity/transaction/value"):
        default = value.getparent().getparent().get("default-currency")
        expected[value.get("currency") or default] += Decimal(value.text)
        count += 1

    report = load_exports(warehouse.settings, warehouse.configuration, paths=[path]).files[0]

    assert report.rows_accepted == count, report.messages
    assert report.totals == {code: f"{total:.2f}" for code, total in expected.items()}
