"""One synthetic approval, and what was known of it when."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

HEADQUARTERS = "headquarters"


@dataclass(slots=True)
class Approval:
    """What an office reports of one approval at one time."""

    office_id: str
    negotiation: str
    region_id: str
    recipient_id: str
    sector_id: str
    """Empty: the office left it open."""
    donor_id: str
    currency_code: str
    approval_date: date
    title_number: int
    modality_id: str = "standard-trust-fund"
    funding_source_id: str = "extra-budgetary"
    status: str = "approved"
    amount_original: Decimal = Decimal(0)
    project_symbol: str = ""
    office_reference: str = ""
    agreement_reference: str = ""
    dwcp_outcome: str = ""
    gender_marker: str = ""
    tripartism_marker: str = ""
    start_date: date | None = None
    end_date: date | None = None
    spoilt: dict[str, str] = field(default_factory=dict)
    """Cells that a careless clerk typed instead, by field: the row belongs in quarantine."""


@dataclass(frozen=True, slots=True)
class Version:
    """What an office knew of an approval from a day on; None: it was withdrawn."""

    known_from: date
    approval: Approval | None


@dataclass(slots=True)
class History:
    """An approval through time, as one office tells it."""

    versions: list[Version]
    counts: bool = True
    """False for the second report of an approval that another office also reports."""
    copies: int = 1
    """How often its row stands in one export."""
    copies_count: bool = False
    """Whether each copy is an approval of its own (instalments) or a slip of the clerk."""

    @property
    def last(self) -> Approval | None:
        """What is known of it in the end."""
        return self.versions[-1].approval

    @property
    def first(self) -> Approval:
        """What was reported first."""
        approval = self.versions[0].approval
        if approval is None:
            raise ValueError("a history begins with a report, not with a withdrawal")
        return approval

    def known_on(self, day: date) -> Approval | None:
        """Return what the office knew of it at the end of a day."""
        known = [version for version in self.versions if version.known_from <= day]
        return known[-1].approval if known else None
