"""IATI activity files (2.0x, and 1.0x as far as they differ): one record for each transaction.

Budgets and planned disbursements are plans, not transactions, and are not read. The rules of the
standard fill what a transaction leaves out: the activity's currency, recipients, sectors and
default types; for money that goes out, the reporting organisation as provider.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pyarrow as pa
from babel import Locale
from lxml import etree

from extract.errors import RefusedFileError
from extract.readers.cells import join_batches
from extract.readers.iati_codes import INCOMING, OLD_TYPES, TYPE_NAMES
from extract.readers.iati_text import code, coded_list, narrative, narratives, organisation
from extract.readers.records import RECORD_NUMBER, ArrowRecords
from extract.readers.table import RawTable
from extract.readers.xml_streams import elements

HEADERS = (
    "iati-identifier",
    "title",
    "description",
    "reporting-org",
    "reporting-org-ref",
    "transaction-ref",
    "transaction-type",
    "transaction-type-name",
    "transaction-date",
    "value-date",
    "value",
    "currency",
    "provider-org",
    "provider-org-ref",
    "provider-org-type",
    "receiver-org",
    "receiver-org-ref",
    "receiver-org-type",
    "funding-org",
    "recipient-country",
    "recipient-country-code",
    "recipient-region",
    "recipient-region-code",
    "sector",
    "sector-code",
    "sector-vocabulary",
    "flow-type-code",
    "finance-type-code",
    "aid-type-code",
    "tied-status-code",
    "activity-status",
    "start-date",
    "end-date",
    "transaction-description",
    "title-narratives",
    "last-updated",
)
CODED = ("flow-type", "finance-type", "aid-type", "tied-status")
"""Elements that an activity gives a default of, and a transaction may have of its own."""
MACHINE = frozenset({"transaction-date", "value-date", "value", "start-date", "end-date"})
"""Columns whose cells the standard fixes to decimal numbers and ISO dates; others are text."""
CANONICAL = re.compile(r"-?\d+(\.\d+)?|\d{4}-\d{2}-\d{2}")
BATCH_RECORDS = 1 << 13
FUNDING_ROLES = {"1", "funding"}
START_DATES, END_DATES = (
    ("2", "start-actual", "1", "start-planned"),
    ("4", "end-actual", "3", "end-planned"),
)
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
Row = dict[str, str | None]


def parse(path: Path, code_page: str | None) -> list[RawTable]:  # noqa: ARG001
    """Return the file's transactions as its only table, below a record of headers.

    Raises:
        RefusedFileError: the XML is not well-formed or unsafe, or holds no transaction.
    """
    batches = [
        pa.RecordBatch.from_pydict(
            {RECORD_NUMBER: pa.array([1], pa.int64())}
            | {f"c{place}": pa.array([name]) for place, name in enumerate(HEADERS)}
        )
    ]
    number = 2
    with path.open("rb") as source:
        rows = _rows(source)
        while batch := list(islice(rows, BATCH_RECORDS)):
            batches.append(_batch(batch, number))
            number += len(batch)
    if number == 2:
        raise RefusedFileError(
            "file_empty", "no activity of the file has a transaction: publish it with transactions"
        )
    return [RawTable("", ArrowRecords(join_batches(batches)), "iati")]


def _batch(rows: list[Row], first: int) -> pa.RecordBatch:
    named = {RECORD_NUMBER: pa.array(range(first, first + len(rows)), pa.int64())}
    marks = {}
    for place, header in enumerate(HEADERS):
        cells = [row[header] for row in rows]
        named[f"c{place}"] = pa.array(cells, pa.string())
        if header in MACHINE:
            marks[f"m{place}"] = pa.array([bool(c and CANONICAL.fullmatch(c)) for c in cells])
    return pa.RecordBatch.from_pydict(named | marks)


def _rows(source: object) -> Iterator[Row]:
    for activity in elements(source, "{*}iati-activity", broken="xml_damaged"):  # type: ignore[arg-type]
        common = _activity(activity)
        for transaction in activity.iterchildren("{*}transaction"):
            yield _transaction(transaction, activity, common)


def _activity(activity: etree._Element) -> Row:
    """Return what holds for every transaction of an activity."""
    root = activity.getparent()
    language = activity.get(XML_LANGUAGE)
    if language is None and root is not None:
        language = root.get(XML_LANGUAGE)
    updated = activity.get("last-updated-datetime")
    if not updated and root is not None:
        updated = root.get("generated-datetime")
    common: Row = dict.fromkeys(HEADERS)
    common["iati-identifier"] = _text(activity, "iati-identifier")
    common["title"] = narrative(activity, "title", language)
    common["title-narratives"] = narratives(activity, "title")
    common["description"] = narrative(activity, "description", language)
    common["activity-status"] = code(activity, "activity-status")
    common["start-date"] = _activity_date(activity, START_DATES)
    common["end-date"] = _activity_date(activity, END_DATES)
    common["last-updated"] = _utc(updated)
    common["currency"] = _filled(activity.get("default-currency"))
    common["reporting-org"], common["reporting-org-ref"], _ = organisation(
        activity.find("{*}reporting-org"), language
    )
    funding = [
        organisation(element, language)[0]
        for element in activity.iterchildren("{*}participating-org")
        if (element.get("role") or "").lower() in FUNDING_ROLES
    ]
    common["funding-org"] = "; ".join(name for name in funding if name) or None
    for name in CODED:
        common[f"{name}-code"] = code(activity, f"default-{name}")
    return common | _where_and_what(activity, language)


def _transaction(transaction: etree._Element, activity: etree._Element, common: Row) -> Row:
    language = activity.get(XML_LANGUAGE)
    row = dict(common)
    type_code = code(transaction, "transaction-type") or ""
    type_code = OLD_TYPES.get(type_code, type_code)
    row["transaction-ref"] = _filled(transaction.get("ref"))
    row["transaction-type"] = type_code or None
    row["transaction-type-name"] = TYPE_NAMES.get(type_code, type_code) or None
    row["transaction-date"] = _date(transaction.find("{*}transaction-date"))
    value = transaction.find("{*}value")
    if value is not None:
        row["value"] = _filled(value.text)
        row["value-date"] = _filled(value.get("value-date"))
        row["currency"] = _filled(value.get("currency")) or row["currency"]
    for side in ("provider-org", "receiver-org"):
        names = organisation(transaction.find(f"{{*}}{side}"), language)
        row[side], row[f"{side}-ref"], row[f"{side}-type"] = names
    if not row["provider-org"] and type_code not in INCOMING:
        row["provider-org"], row["provider-org-ref"] = (
            row["reporting-org"],
            row["reporting-org-ref"],
        )
    row["transaction-description"] = narrative(transaction, "description", language)
    for name in CODED:
        row[f"{name}-code"] = code(transaction, name) or row[f"{name}-code"]
    own = _where_and_what(transaction, language)
    return row | {name: text for name, text in own.items() if text}


def _where_and_what(element: etree._Element, language: str | None) -> Row:
    """Return recipients and sectors that an activity or a transaction states."""
    countries = list(element.iterchildren("{*}recipient-country"))
    regions = list(element.iterchildren("{*}recipient-region"))
    sectors = list(element.iterchildren("{*}sector"))
    vocabularies = {sector.get("vocabulary") or "1" for sector in sectors}
    vocabulary = next(
        (name for name in ("1", "DAC", *sorted(vocabularies)) if name in vocabularies), None
    )
    used = [sector for sector in sectors if (sector.get("vocabulary") or "1") == vocabulary]
    country_names, country_codes = coded_list(countries, language, _country_name)
    region_names, region_codes = coded_list(regions, language)
    sector_names, sector_codes = coded_list(used, language)
    return {
        "recipient-country": country_names,
        "recipient-country-code": country_codes,
        "recipient-region": region_names,
        "recipient-region-code": region_codes,
        "sector": sector_names,
        "sector-code": sector_codes,
        "sector-vocabulary": vocabulary,
    }


def _country_name(country_code: str) -> str:
    """Return the English name of an ISO 3166 code; an unknown code as it is."""
    return str(Locale("en").territories.get(country_code.upper(), country_code))


def _activity_date(activity: etree._Element, kinds: tuple[str, ...]) -> str | None:
    """Return the first stated date of these types, in their order."""
    dates = {
        (e.get("type") or "").lower(): _date(e) for e in activity.iterchildren("{*}activity-date")
    }
    return next((dates[kind] for kind in kinds if dates.get(kind)), None)


def _date(element: etree._Element | None) -> str | None:
    if element is None:
        return None
    return _filled((element.get("iso-date") or element.text or "").removesuffix("Z"))


def _utc(moment: str | None) -> str | None:
    """Return a timestamp in UTC without its zone; one that is no ISO timestamp as it is."""
    if not moment:
        return None
    try:
        parsed = datetime.fromisoformat(moment.strip())
    except ValueError:
        return moment.strip()
    aware = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat(" ")


def _text(element: etree._Element, name: str) -> str | None:
    found = element.find(f"{{*}}{name}")
    return None if found is None else _filled("".join(found.itertext()))


def _filled(text: str | None) -> str | None:
    return (text or "").strip() or None
