"""One year with everything in it that an office does to a warehouse."""

from datetime import date

from tests.dbt_project.lake_builder import LakeBuilder


def fill_year_2006(lake: LakeBuilder) -> None:
    """Add rates, restatements, a withdrawal, duplicates, forecasts and quarantined records."""
    chf = {"currency_code": "CHF", "units_per_usd": 1.25}
    lake.add("treasury", "2006-04-01", [chf], dataset="rates")
    kept = {"office_reference": "H1", "project_symbol": "RAS/06/01/NET", "negotiation": "central"}
    twice = {"office_reference": "H2", "project_symbol": "RAS/06/02/NET", "negotiation": "local"}
    gone = {"office_reference": "H3", "negotiation": "central", "amount_original": 7}
    unread = {"office_reference": "H4", "negotiation": "central", "amount_original": 5}
    april = [kept | {"amount_original": 100}, twice | {"amount_original": 51}, gone, unread]
    lake.add("hq", "2006-04-30", april, coverage="cumulative", year=2006)
    may = [kept | {"amount_original": 120}, twice | {"amount_original": 51}]
    bad = {
        "raw_cells": '["H4", "15 Marz 2006"]',
        "amount_original": 5,
        "currency_code": "USD",
        "approval_date": date(2006, 3, 15),
    }
    worse = bad | {"raw_cells": '["H9"]', "amount_original": 3}
    lake.add("hq", "2006-05-31", may, rejected=[bad, worse], coverage="cumulative", year=2006)
    field = {"negotiation": "local", "donor_name": "PAYS-BAS"}
    lake.add(
        "field",
        "2006-05-15",
        [
            field
            | {"office_reference": "A1", "project_symbol": "RAS/06/02/NET"}
            | {"amount_original": 50},
            field | {"office_reference": "A2", "currency_code": "CHF", "amount_original": 100},
            field | {"office_reference": "A3", "currency_code": "EUR", "amount_original": 100},
            field
            | {"office_reference": "A4", "status": "forecast", "amount_original": 9}
            | {"approval_date": date(2007, 6, 1)},
            field
            | {"office_reference": "A5", "amount_original": 1, "donor_name": "Atlantis Fund"}
            | {"recipient_name": None, "sector_name": "Plumbing", "remarks": "for Atlantis Aid"},
        ],
    )
    repeat = {"office_reference": "B1", "amount_original": 10, "negotiation": "local"}
    lake.add("repeats", "2006-05-20", [repeat, repeat])
    flow = {
        "office_reference": "F1",
        "currency_code": "EUR",
        "amount_original": 20,
        "amount_usd_reported": 30,
        "exchange_rate_reported": 0.67,
    }
    lake.add("reported", "2006-05-21", [flow, flow])
    lake.add("reported", "2006-05-22", [flow])
    lake.add("field", "2006-05-23", [field | {"amount_original": 999}], with_manifest=False)
