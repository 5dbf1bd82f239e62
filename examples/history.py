"""How the approvals came to be known: restated, withdrawn, forecast, reported by two offices.

The synthesis says how each approval finally stands; here it gets a past. Nothing done here moves
the final figures.
"""

from collections import Counter
from copy import copy
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from examples.approval import HEADQUARTERS, Approval, History, Version
from examples.dice import Dice
from examples.names import SECTORS, donors, recipients, titles
from examples.plan import FORECAST_USD
from examples.schedule import Export, candidates
from examples.synthesis import Synthesis, final_approvals

SEED = 2006
RESTATED_PERCENT = 6
MIRRORED_LOCAL, MIRRORED_CENTRAL = 24, 8
MIRRORING_OFFICES = ("bangkok", "addis_ababa", "lima")
"""Offices whose exports say who negotiated, so that they can list a central approval too."""
WITHDRAWN = {HEADQUARTERS: 5, "lima": 2, "moscow": 1, "bangkok": 3, "addis_ababa": 2, "dakar": 1}
PASTED = {"jakarta": 2}
"""Rows that a clerk pasted twice: the same reference, so they count once."""
CONVERTED = 10
"""Forecasts of 2007 that became approvals."""
CONVERTED_USD = Decimal(1_400_000)
FORECAST_KNOWN = {
    HEADQUARTERS: date(2006, 10, 16),
    "bangkok": date(2006, 10, 9),
    "jakarta": date(2006, 9, 20),
    "addis_ababa": date(2006, 10, 4),
    "dakar": date(2006, 9, 26),
    "lima": date(2006, 12, 11),
}
SPOILT = (
    ("bangkok", date(2006, 5, 12), {"amount_original": "see agreement"}),
    ("bangkok", date(2007, 3, 9), {"currency_code": ""}),
    ("jakarta", date(2006, 8, 1), {"currency_code": "XQZ"}),
    ("addis_ababa", date(2006, 2, 14), {"approval_date": "02/31/2006"}),
    ("addis_ababa", date(2007, 5, 15), {"amount_original": ""}),
    ("dakar", date(2005, 11, 3), {"donor_name": ""}),
    ("dakar", date(2007, 2, 20), {"approval_date": "31/02/2007"}),
    ("brasilia", date(2006, 4, 4), {"amount_original": "1.2.3,4,5"}),
    ("moscow", date(2008, 1, 15), {"amount_original": "1O5000.00"}),
    (HEADQUARTERS, date(2008, 2, 11), {"donor_name": ""}),
)
"""Office, the day it was written, and the cells that cannot be read."""
BUDGET_ROWS_PER_YEAR = 7
RBSA = (("united-kingdom", 4_000_000), ("rbsa-contributors", 2_500_000), ("ireland", 900_000))


@cache
def all_histories() -> tuple[History, ...]:
    """Return every approval of the examples with its past, and the rows that count for nothing."""
    synthesis, approvals = final_approvals()
    dice = Dice(SEED)
    histories = _settled(approvals, dice)
    histories += _mirrored(synthesis, histories, dice)
    histories += _withdrawn(synthesis, dice)
    histories += _forecast(synthesis, histories)
    histories += _other_funding(synthesis, dice)
    histories += _spoilt(synthesis)
    return tuple(histories)


def _settled(approvals: list[Approval], dice: Dice) -> list[History]:
    """Return the histories of the final approvals; some were first reported otherwise."""
    occurrences = Counter(id(approval) for approval in approvals)
    unique = list({id(approval): approval for approval in approvals}.values())
    pasted = Counter(PASTED)
    histories = []
    for approval in unique:
        history = History([Version(approval.approval_date, approval)])
        if occurrences[id(approval)] > 1:
            history.copies, history.copies_count = occurrences[id(approval)], True
        elif approval.approval_date.year == 2006 and pasted[approval.office_id]:
            pasted[approval.office_id] -= 1
            history.copies = 2
        elif dice.percent(RESTATED_PERCENT):
            history = _restated(approval, dice)
        histories.append(history)
    return histories


def _restated(approval: Approval, dice: Dice) -> History:
    """Return a history in which amount, sector or date were different at first."""
    earlier = copy(approval)
    change = dice.weighted({"amount": 65, "sector": 15, "date": 20})
    if change == "amount":
        factor = Decimal(dice.pick((70, 80, 90, 110, 125, 140))) / 100
        earlier.amount_original = (approval.amount_original * factor).quantize(Decimal(1))
    elif change == "sector" and approval.sector_id:
        others = [sector for sector in SECTORS if sector != approval.sector_id]
        earlier.sector_id = dice.pick(others)
        earlier.title_number = approval.title_number % len(titles()[earlier.sector_id])
    else:
        day = approval.approval_date - timedelta(days=dice.between(8, 40))
        earlier.approval_date = max(day, date(approval.approval_date.year, 1, 3))
    return _revised(earlier, approval, dice)


def _revised(earlier: Approval, final: Approval | None, dice: Dice) -> History:
    """Return the history first `earlier`, then `final`, if there is an export to tell it."""
    day = earlier.approval_date
    later = candidates(earlier.office_id, day.year, day)[:5]
    usable = [export for export in later[1:] if not export.is_late and _after(export, final)]
    if later[0].is_late or not usable:
        return History([Version(day, final)])
    told = usable[dice.below(len(usable))]
    return History([Version(day, earlier), Version(told.cutoff, final)])


def _after(export: Export, final: Approval | None) -> bool:
    return final is None or export.cutoff >= final.approval_date


def _mirrored(synthesis: Synthesis, histories: list[History], dice: Dice) -> list[History]:
    """Return second reports: headquarters' of local approvals, offices' of central ones."""
    plain = [
        history
        for history in histories
        if len(history.versions) == 1
        and history.copies == 1
        and history.first.approval_date.year >= 2002
        and history.first.region_id != "interregional"
    ]
    local = [history for history in plain if history.first.negotiation == "local"]
    central = [
        history
        for history in plain
        if history.first.negotiation == "central"
        and recipients()[history.first.recipient_id].office_id in MIRRORING_OFFICES
    ]
    chosen = [
        (local.pop(dice.below(len(local))).first, HEADQUARTERS) for _ in range(MIRRORED_LOCAL)
    ]
    for _ in range(MIRRORED_CENTRAL):
        approval = central.pop(dice.below(len(central))).first
        chosen.append((approval, recipients()[approval.recipient_id].office_id))
    mirrored = []
    for approval, office in chosen:
        reference = synthesis.reference(office, approval.approval_date.year)
        second = replace(approval, office_id=office, office_reference=reference)
        mirrored.append(History([Version(approval.approval_date, second)], counts=False))
    return mirrored


def _withdrawn(synthesis: Synthesis, dice: Dice) -> list[History]:
    """Return approvals that were reported and later taken back."""
    found = []
    for office, wanted in WITHDRAWN.items():
        negotiation = "central" if office == HEADQUARTERS else "local"
        for number in range(wanted):
            served = [
                recipient
                for recipient in recipients().values()
                if office in (HEADQUARTERS, recipient.office_id)
            ]
            approval = synthesis.draft(
                office,
                dice.pick(served),
                donors()["undp" if number % 2 else "italy"],
                2005 + number % 2,
                negotiation,
            )
            approval.approval_date = approval.approval_date.replace(month=1 + number, day=17)
            approval.amount_original = Decimal(dice.between(80, 900) * 1000)
            history = _revised(approval, None, dice)
            if len(history.versions) == 2:
                found.append(history)
    return found


def _forecast(synthesis: Synthesis, histories: list[History]) -> list[History]:
    """Return the forecasts for 2007; let some approvals of 2007 have begun as forecasts."""
    found = []
    for office, expected in FORECAST_USD.items():
        own = "" if office == HEADQUARTERS else office
        served = [item for item in recipients().values() if item.office_id == own]
        for number, (donor, usd) in enumerate(expected):
            recipient = served[number % len(served)]
            negotiation = "central" if office == HEADQUARTERS else "local"
            approval = synthesis.draft(office, recipient, donors()[donor], 2007, negotiation)
            approval.currency_code, approval.amount_original = "USD", Decimal(usd)
            approval.status = "forecast"
            found.append(History([Version(FORECAST_KNOWN[office], approval)]))
    _convert(histories)
    return found


def _convert(histories: list[History]) -> None:
    """Put a forecast before some of headquarters' approvals of 2007."""
    eligible = [
        history
        for history in histories
        if history.counts
        and len(history.versions) == 1
        and history.first.office_id == HEADQUARTERS
        and history.first.approval_date.year == 2007
        and history.first.donor_id != "european-commission"
    ]
    for history in eligible[:CONVERTED]:
        forecast = copy(history.first)
        forecast.status, forecast.currency_code = "forecast", "USD"
        forecast.amount_original = CONVERTED_USD
        history.versions.insert(0, Version(FORECAST_KNOWN[HEADQUARTERS], forecast))


def _other_funding(synthesis: Synthesis, dice: Dice) -> list[History]:
    """Return rows of the regular budget and of the RBSA: in the register, but no approvals."""
    rows = [
        ("regular-budget", "regular-budget", year, Decimal(dice.between(15, 120) * 1000))
        for year in range(2000, 2008)
        for _ in range(BUDGET_ROWS_PER_YEAR)
    ]
    rows += [("rbsa", donor, 2007, Decimal(usd)) for donor, usd in RBSA]
    served = list(recipients().values())
    found = []
    for source, donor, year, usd in rows:
        approval = synthesis.draft(
            HEADQUARTERS, dice.pick(served), donors()[donor], year, "central"
        )
        approval.funding_source_id, approval.currency_code = source, "USD"
        approval.modality_id, approval.agreement_reference = "standard-trust-fund", ""
        approval.amount_original = usd
        found.append(History([Version(approval.approval_date, approval)]))
    return found


def _spoilt(synthesis: Synthesis) -> list[History]:
    """Return rows that belong in quarantine."""
    found = []
    for office, written, cells in SPOILT:
        year = min(written.year, 2007)
        recipient = next(
            item for item in recipients().values() if office in (HEADQUARTERS, item.office_id)
        )
        negotiation = "central" if office == HEADQUARTERS else "local"
        approval = synthesis.draft(office, recipient, donors()["undp"], year, negotiation)
        approval.currency_code, approval.amount_original = "USD", Decimal(250_000)
        approval.approval_date = min(written, date(2007, 12, 14))
        approval.spoilt = cells
        found.append(History([Version(written, approval)], counts=False))
    return found
