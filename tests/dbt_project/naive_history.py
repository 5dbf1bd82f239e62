"""What was known of every approval on a day, worked out in plain Python from the first file on.

The rules of docs/history.md and of decisions 0002, 0011 and 0015, said again without the models:
lists, loops and no versions at all. Not here: offices that report their own conversion or when a
record was last touched; names of members and members that were introduced on a day.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from hashlib import md5
from typing import Any

from tests.dbt_project.lake_builder import DEFAULTS, Row, sha256_of
from tests.dbt_project.random_lake import Sent
from tests.dbt_project.released import Released

ROLES = {"hq": "headquarters", "field": "field", "repeats": "field"}
REFERENCES_REPEAT = {"repeats"}
NATURAL_KEY = (
    *("donor_name", "recipient_name", "region_name", "project_title", "agreement_reference"),
    *("approval_date", "currency_code"),
)
NOT_APPROVALS = {"Regular budget (RBTC)"}
RECIPIENTS = {"India": ("IND", "asia-and-the-pacific"), "Chad": ("TCD", "africa")}
SECTORS = {"Employment": "employment", "Social Dialogue": "social-dialogue"}
DONORS = {
    "Netherlands": ("netherlands", "Governments"),
    "Petrobras": ("petrobras", "Private sector and foundations"),
}


@dataclass(slots=True)
class Known:
    """What an office last said of an approval, and by which file it last spoke of it."""

    record: Row
    spoken_by: Sent
    spoken_date: date | None
    """None where it spoke by a record in quarantine, whose date nobody could read."""
    is_withdrawn: bool = False
    is_duplicate: bool = False
    amount_usd: Decimal | None = None
    members: tuple[str, ...] = ()
    """Region, sector and donor group."""

    @property
    def counts(self) -> bool:
        """Whether it is part of the total of its year."""
        return (
            not self.is_withdrawn
            and not self.is_duplicate
            and self.record["status"] in ("approved", "revised")
            and self.record["funding_source_name"] not in NOT_APPROVALS
            and self.amount_usd is not None
        )


def known_at(
    files: list[Sent],
    day: date,
    released: tuple[Released, ...] = (),
    said: tuple[Row, ...] = (),
) -> dict[str, Known]:
    """Return approval id → what was known of it at the end of a day.

    What only a record said that is back in quarantine is withdrawn, as it was last known.
    """
    known: dict[str, Known] = {}
    steps = {step for one in released for step in (one.approved_on, one.ended_on) if step}
    for moment in sorted(steps | {file.exported_on for file in files}):
        if moment <= day:
            before = {key: replace(one, is_withdrawn=True) for key, one in known.items()}
            known = before | _folded(files, moment, released)
    seen = [file for file in files if file.exported_on <= day]
    for approval in known.values():
        approval.amount_usd = _usd(approval.record, seen)
        approval.members = members_on(
            approval.record["approval_date"], approval.record, [*_known(said, day)]
        )
    _decide_duplicates(known)
    return known


def members_on(day: date, record: Row, said: list[Row]) -> tuple[str, ...]:
    """Return region, sector and donor group to which a record belongs on a day."""
    recipient, region = RECIPIENTS[record["recipient_name"]]
    donor, group = DONORS[record["donor_name"]]
    sector = SECTORS[record["sector_name"]]
    region = _last_said(said, "recipient", recipient, day) or region
    return (
        _last_said(said, "region", region, day) or region,
        _last_said(said, "sector", sector, day) or sector,
        _last_said(said, "donor", donor, day) or group,
    )


def totals(known: dict[str, Known]) -> list[tuple[int, int, Decimal]]:
    """Return year, number and US$ of the approvals that count."""
    by_year: dict[int, list[Decimal]] = {}
    for approval in known.values():
        if approval.counts and approval.amount_usd is not None:
            year = approval.record["approval_date"].year
            by_year.setdefault(year, []).append(approval.amount_usd)
    return [
        (year, len(amounts), sum(amounts, Decimal(0))) for year, amounts in sorted(by_year.items())
    ]


def _folded(files: list[Sent], day: date, released: tuple[Released, ...]) -> dict[str, Known]:
    """Replay what was at hand on a day, office by office."""
    approved = sorted(
        (one for one in released if one.approved_on <= day), key=lambda one: one.approved_on
    )
    known: dict[str, Known] = {}
    for office_id in ROLES:
        own = [file for file in files if file.office_id == office_id and file.exported_on <= day]
        in_order = sorted(own, key=lambda file: (file.exported_on, _sha256(file)))
        known |= _said([(file, list(_records(file, approved, day))) for file in in_order])
    return known


def _said(files: list[tuple[Sent, list[tuple[str, str | None, Row]]]]) -> dict[str, Known]:
    """Replay the files of one office, in the order of knowledge."""
    known: dict[str, Known] = {}
    values: dict[str, str | None] = {}
    for file, records in files:
        spoken = set()
        for approval_id, name, record in records:
            known[approval_id] = Known(record, file, record["approval_date"])
            values[approval_id] = name
            spoken.add(approval_id)
        unread = {cell for row in file.rejected for cell in json.loads(row["raw_cells"])}
        for approval_id, approval in known.items():
            if approval_id in spoken:
                continue
            if values[approval_id] in unread:
                approval.spoken_by, approval.spoken_date = file, None
            elif file.coverage == "cumulative" and _states(file, approval):
                approval.is_withdrawn = True
    return known


def _states(file: Sent, approval: Known) -> bool:
    """Whether a cumulative export would hold the approval if it still stood."""
    start, end = _period(file)
    before_start, before_end = _period(approval.spoken_by)
    is_whole = start <= before_start and before_end <= end
    is_part = before_start <= start and end <= before_end
    dated = approval.spoken_date
    return is_whole or (is_part and dated is not None and start <= dated <= end)


def _period(file: Sent) -> tuple[date, date]:
    if file.year is None:
        return date.min, date.max
    return date(file.year, 1, 1), date(file.year, 12, 31)


def _records(
    file: Sent, approved: list[Released], day: date
) -> Iterator[tuple[str, str | None, Row]]:
    """Yield approval id, the name that a cell may quote, and record; what was released last."""
    repeats: Counter[tuple[str, str]] = Counter()
    for row in file.rows:
        record = {**DEFAULTS["approvals"], **row}
        identity, is_unique = _identity(file, record)
        repeats[identity] += 1
        if not (is_unique and repeats[identity] > 1):
            yield _approval_id(file, identity, repeats[identity]), _name(record), record
    places: dict[tuple[str, str], list[int]] = {}
    for one in approved:
        if one.file is not file:
            continue
        identity, is_unique = _identity(file, one.record)
        same = places.setdefault(identity, [])
        if one.place not in same:
            same.append(one.place)
        if one.is_held_on(day):
            number = 1 if is_unique else repeats[identity] + same.index(one.place) + 1
            yield _approval_id(file, identity, number), _name(one.record), one.record


def _identity(file: Sent, record: Row) -> tuple[tuple[str, str], bool]:
    """Return what a record is known by, and whether that stands for one approval of the file."""
    reference, symbol = record.get("office_reference"), record.get("project_symbol")
    if reference:
        return ("office_reference", reference), file.office_id not in REFERENCES_REPEAT
    if symbol:
        return ("project_symbol", symbol), False
    natural = "|".join(_text(record.get(name)) for name in NATURAL_KEY)
    return ("natural_key", _md5(natural)), False


def _approval_id(file: Sent, identity: tuple[str, str], number: int) -> str:
    return _md5("|".join([file.office_id, *identity, str(number)]))


def _name(record: Row) -> str | None:
    return record.get("office_reference") or record.get("project_symbol")


def _usd(record: Row, seen: list[Sent]) -> Decimal | None:
    """Convert at the rate of the month of approval, as last stated."""
    amount = Decimal(record["amount_original"])
    if record["currency_code"] == "USD":
        return amount
    stated = [
        (file.exported_on, _sha256(file), number, rate["units_per_usd"])
        for file in seen
        if file.dataset == "rates"
        for number, rate in enumerate(file.rows)
        if rate["currency_code"] == record["currency_code"]
        and rate["rate_month"] == record["approval_date"].replace(day=1)
    ]
    if not stated:
        return None
    ratio = amount / Decimal(str(max(stated)[-1]))
    return ratio.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _known(said: Iterable[Row], day: date) -> Iterator[Row]:
    for row in said:
        if row["known_from"] is None or row["known_from"] <= day:
            yield row


def _last_said(said: list[Row], dimension: str, member_id: str, day: date) -> str | None:
    found = [
        (row["known_from"] or date.min, row["value"])
        for row in said
        if (row["dimension"], row["member_id"]) == (dimension, member_id)
        and (row["valid_from"] or date.min) <= day <= (row["valid_to"] or date.max)
    ]
    return max(found)[1] if found else None


def _decide_duplicates(known: dict[str, Known]) -> None:
    """Let the side that negotiated count, where both sides report one symbol."""
    sides: dict[tuple[str, bool], dict[str, list[Known]]] = {}
    for approval in known.values():
        symbol = approval.record.get("project_symbol")
        if symbol and not approval.is_withdrawn:
            key = (symbol.replace(" ", "").upper(), approval.record["status"] == "forecast")
            role = ROLES[approval.spoken_by.office_id]
            sides.setdefault(key, {}).setdefault(role, []).append(approval)
    for both in sides.values():
        if len(both) < 2:
            continue
        words = {
            role: min((w for a in side if (w := a.record.get("negotiation"))), default=None)
            for role, side in both.items()
        }
        is_local = (words["headquarters"] or words["field"]) == "local"
        for approval in both["headquarters" if is_local else "field"]:
            approval.is_duplicate = True


def _sha256(file: Sent) -> str:
    return sha256_of(file.office_id, str(file.exported_on), file.rows)


def _md5(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def _text(value: Any) -> str:
    return "" if value is None else str(value)
