"""A lake full of chance: what offices may send, in any order, drawn from a seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.dbt_project.lake_builder import LakeBuilder, Row

FIRST_DAY = date(2006, 4, 1)
DAYS = 40
MONTHS = [date(2006, 1, 1), date(2006, 2, 1), date(2007, 1, 1)]


@dataclass(frozen=True)
class Sent:
    """One file as the lake holds it."""

    office_id: str
    exported_on: date
    rows: list[Row]
    dataset: str = "approvals"
    coverage: str = "delta"
    year: int | None = None
    rejected: list[Row] = field(default_factory=list)

    def add_to(self, lake: LakeBuilder, **options: Any) -> None:
        """Write the file into a lake."""
        lake.add(
            self.office_id,
            str(self.exported_on),
            self.rows,
            dataset=self.dataset,
            rejected=self.rejected,
            coverage=self.coverage,
            year=self.year,
            **options,
        )


def random_files(seed: int) -> list[Sent]:
    """Return the files of three offices and a treasury, each sent on another day."""
    chance = random.Random(seed)  # noqa: S311 - reproducible tests, no secrets
    files = []
    for office_id, sender in (
        ("hq", _headquarters),
        ("field", _field_office),
        ("repeats", _repeating_office),
        ("treasury", _treasury),
    ):
        days = sorted(chance.sample(range(DAYS), 7))
        sent = sender(chance)
        files += [
            _addressed(office_id, FIRST_DAY + timedelta(days=day), next(sent)) for day in days
        ]
    return files


def _addressed(office_id: str, day: date, options: dict[str, Any]) -> Sent:
    return Sent(office_id, day, **options)


def _approval(chance: random.Random, reference: str) -> Row:
    month = chance.choice(MONTHS)
    return {
        "office_reference": reference,
        "project_symbol": chance.choice([None, f"RAS/06/0{reference[-1]}/NET"]),
        "approval_date": month + timedelta(days=chance.randrange(28)),
        "amount_original": chance.randrange(1, 5) * 100,
        "currency_code": chance.choice(["USD", "USD", "CHF", "EUR"]),
        "negotiation": chance.choice(["central", "local", None]),
        "status": chance.choice(["approved", "approved", "revised", "cancelled", "forecast"]),
        "sector_name": chance.choice(["Employment", "Social Dialogue"]),
        "recipient_name": chance.choice(["India", "Chad", None]),
        "region_name": chance.choice(["Arab States", "Africa", "Pacific"]),
        "donor_name": chance.choice(["Netherlands", "Petrobras"]),
    }


def _headquarters(chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield cumulative exports, of one year or of all time; some records cannot be read."""
    while True:
        year = chance.choice([2006, 2006, 2007, None])
        rows = [
            row
            for row in (_approval(chance, f"H{n}") for n in range(6) if chance.random() < 0.7)
            if year is None or row["approval_date"].year == year
        ]
        unread = [
            {"raw_cells": f'["H{n}", "unreadable"]', "amount_original": 5, "currency_code": "USD"}
            for n in range(6)
            if chance.random() < 0.1
        ]
        yield {"rows": rows, "coverage": "cumulative", "year": year, "rejected": unread}


def _field_office(chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield deltas."""
    while True:
        yield {"rows": [_approval(chance, f"A{n}") for n in range(6) if chance.random() < 0.4]}


def _repeating_office(chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield deltas in which a reference may stand more than once, or be missing."""
    while True:
        rows = []
        for number in range(4):
            row = _approval(chance, f"B{number}") | {"project_symbol": None}
            rows += [row | chance.choice([{}, {"office_reference": None}])] * chance.randrange(3)
        yield {"rows": rows}


def _treasury(chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield rates, some of them stated again with another value."""
    while True:
        rates = [
            {"currency_code": code, "rate_month": month, "units_per_usd": chance.choice([0.5, 2])}
            for code in ("CHF", "EUR")
            for month in MONTHS
            if chance.random() < 0.4
        ]
        yield {"rows": rates, "dataset": "rates"}
