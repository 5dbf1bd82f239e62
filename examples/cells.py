"""What an office writes into each cell of a row, in its language and number style."""

from datetime import date
from decimal import Decimal

from examples.approval import Approval
from examples.calibration import usd_of
from examples.layouts import CURRENCY_WORDS, Layout
from examples.names import (
    ANSWERS,
    FUNDING_SOURCES,
    LANGUAGES,
    MODALITIES,
    REGIONS,
    SECTORS,
    SPANISH_REGION,
    STATUSES,
    SYNTHETIC,
    donors,
    recipients,
    titles,
)

Cell = str | Decimal | date | None


def row(approval: Approval, status: str, layout: Layout) -> list[Cell]:
    """Return the cells of a row; amounts and dates still as values."""
    values = _values(approval, status, LANGUAGES.index(layout.language))
    return [approval.spoilt.get(field, values[field]) for field, _ in layout.columns]


def text(cell: Cell, layout: Layout) -> str:
    """Return a cell as the office types it into a text file."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        grouped = f"{cell:,.2f}"
        signs = {",": layout.group_sign, ".": layout.decimal_sign}
        return "".join(signs.get(sign, sign) for sign in grouped)
    return cell if isinstance(cell, str) else cell.strftime(layout.date_format)


def _values(approval: Approval, status: str, language: int) -> dict[str, Cell]:
    recipient = recipients()[approval.recipient_id]
    sector = approval.sector_id
    own = approval.office_id != "headquarters"
    region = SPANISH_REGION if approval.office_id == "lima" else REGIONS[approval.region_id]
    currency = approval.currency_code
    return {
        "office_reference": approval.office_reference,
        "project_symbol": approval.project_symbol,
        "project_title": titles()[sector or "employment"][approval.title_number][language],
        "donor_name": donors()[approval.donor_id].labels[language],
        "agreement_reference": approval.agreement_reference,
        "recipient_name": recipient.label if own else recipient.english_label,
        "region_name": region,
        "sector_name": SECTORS[sector][language] if sector else "",
        "approval_date": approval.approval_date,
        "currency_code": CURRENCY_WORDS.get(approval.office_id, {}).get(currency, currency),
        "amount_original": approval.amount_original,
        "amount_usd_reported": usd_of(approval),
        "negotiation": approval.negotiation.capitalize(),
        "funding_source_name": FUNDING_SOURCES[approval.funding_source_id],
        "modality_name": MODALITIES[approval.modality_id][language],
        "dwcp_outcome": approval.dwcp_outcome,
        "gender_marker": _answer(approval.gender_marker, language),
        "tripartism_marker": _answer(approval.tripartism_marker, language),
        "start_date": approval.start_date,
        "end_date": approval.end_date,
        "status": STATUSES[status][language],
        "remarks": SYNTHETIC[language],
    }


def _answer(marker: str, language: int) -> str:
    return ANSWERS[marker][language] if marker else ""
