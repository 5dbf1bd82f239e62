"""The approvals of each year as they finally stand, without errors, delays and second thoughts."""

from calendar import monthrange
from collections import Counter
from datetime import date

from examples.approval import HEADQUARTERS, Approval
from examples.calibration import assign_amounts
from examples.dice import Dice
from examples.names import Donor, Recipient, donors, recipients, titles
from examples.plan import (
    CENTRAL_COUNT,
    DWCP_PERCENT,
    LOCAL_COUNT,
    OFFICE_WEIGHTS,
    REGION_PER_MILLE,
    SECTOR_WEIGHTS,
    YEARS,
)

SEED = 300
INSTALMENT_YEARS = (2003, 2005, 2006)
"""Years in which Suva reports two equal instalments under one reference: both count."""
LOCAL_CURRENCY = {"jakarta": "IDR", "dakar": "XOF", "brasilia": "BRL"}
AGREEMENT_YEARS = {
    "netherlands": (2002, 2006),
    "norway": (2002, 2006),
    "denmark": (2003, 2006),
    "united-kingdom": (2003, 2006),
    "france": (2001, 2006),
    "sweden": (2007,),
}
FIXED_MODALITIES = {
    "one-un-fund": "one-un-fund",
    "mdg-achievement-fund": "mdg-achievement-fund",
    "multi-donor-trust-fund": "multi-donor-trust-fund",
    "gates-foundation": "public-private-partnership",
    "petrobras": "public-private-partnership",
    "brazil": "direct-trust-fund",
    "nigeria": "direct-trust-fund",
    "kuwait": "direct-trust-fund",
    "saudi-arabia": "direct-trust-fund",
}
UNITED_NATIONS = {"undp", "unfpa", "unicef"}
UNSTATED_SECTORS = 4
"""So many approvals of 2001 have no sector."""


class Synthesis:
    """Makes approvals; numbers them so that every symbol and reference occurs once."""

    def __init__(self) -> None:
        self.dice = Dice(SEED)
        self._symbols: Counter[tuple[str, int]] = Counter()
        self._references: Counter[tuple[str, int]] = Counter()

    def year(self, year: int) -> list[Approval]:
        """Return the approvals of a year, with amounts that add up as planned."""
        regions = REGION_PER_MILLE.get(year, REGION_PER_MILLE[2005])
        approvals = [self._central(year, region) for region in regions]  # none stays empty
        while len(approvals) < CENTRAL_COUNT[year]:
            approvals.append(self._central(year, self.dice.weighted(regions)))
        for office in OFFICE_WEIGHTS:
            approvals += [self._local(year, office) for _ in range(3)]
        while len(approvals) < CENTRAL_COUNT[year] + LOCAL_COUNT[year]:
            approvals.append(self._local(year, self.dice.weighted(OFFICE_WEIGHTS)))
        if year == 2001:
            self._leave_sectors_open(approvals)
        weights = [10 + self.dice.below(10) * self.dice.below(10) for _ in approvals]
        if year in INSTALMENT_YEARS:
            self._add_instalment(approvals, weights)
        assign_amounts(approvals, weights, year)
        return approvals

    def number(self, approval: Approval) -> None:
        """Give an approval its project symbol and its office's reference."""
        year = approval.approval_date.year
        code = donors()[approval.donor_id].symbol_code
        self._symbols[approval.recipient_id, year] += 1
        number = self._symbols[approval.recipient_id, year]
        approval.project_symbol = f"{approval.recipient_id}/{year % 100:02}/{number:02}/{code}"
        approval.office_reference = self.reference(approval.office_id, year)

    def reference(self, office_id: str, year: int) -> str:
        """Return the next reference of an office in a year."""
        self._references[office_id, year] += 1
        prefix = "CR" if office_id == HEADQUARTERS else office_id[:3].upper()
        return f"{prefix}-{year}-{self._references[office_id, year]:03}"

    def draft(
        self, office_id: str, recipient: Recipient, donor: Donor, year: int, negotiation: str
    ) -> Approval:
        """Return an approval without an amount."""
        month = self.dice.between(1, 12)
        sector = self.dice.weighted(SECTOR_WEIGHTS)
        approval = Approval(
            office_id=office_id,
            negotiation=negotiation,
            region_id=recipient.region_id,
            recipient_id=recipient.recipient_id,
            sector_id=sector,
            donor_id=donor.donor_id,
            currency_code=self._currency(donor, office_id),
            approval_date=date(year, month, self.dice.between(1, monthrange(year, month)[1])),
            title_number=self.dice.below(len(titles()[sector])),
        )
        self._qualify(approval)
        self.number(approval)
        return approval

    def _central(self, year: int, region: str) -> Approval:
        weights = {
            recipient: recipient.weight
            for recipient in recipients().values()
            if recipient.region_id == region
        }
        return self.draft(
            HEADQUARTERS,
            self.dice.weighted(weights),
            self._donor(year, HEADQUARTERS),
            year,
            "central",
        )

    def _local(self, year: int, office: str) -> Approval:
        weights = {
            recipient: recipient.weight
            for recipient in recipients().values()
            if recipient.office_id == office
        }
        return self.draft(
            office, self.dice.weighted(weights), self._donor(year, office), year, "local"
        )

    def _donor(self, year: int, office: str) -> Donor:
        central = office == HEADQUARTERS
        return self.dice.weighted(
            {
                donor: donor.central_weight if central else donor.local_weight
                for donor in donors().values()
                if year >= donor.first_year and (not donor.offices or office in donor.offices)
            }
        )

    def _currency(self, donor: Donor, office: str) -> str:
        if office == "suva":
            return "AUD"
        if office == "beirut":
            return "USD"
        if office in LOCAL_CURRENCY and self.dice.percent(15):
            return LOCAL_CURRENCY[office]
        return "USD" if self.dice.percent(25) else donor.currency_code

    def _qualify(self, approval: Approval) -> None:
        """Set modality, agreement, markers and duration."""
        donor, day = approval.donor_id, approval.approval_date
        signed = [year for year in AGREEMENT_YEARS.get(donor, ()) if year <= day.year]
        if donor in FIXED_MODALITIES:
            approval.modality_id = FIXED_MODALITIES[donor]
        elif donor in UNITED_NATIONS and day.year >= 2004 and self.dice.percent(35):
            approval.modality_id = "joint-programme"
        elif signed and self.dice.percent(60):
            approval.modality_id = "partnership-agreement"
            approval.agreement_reference = f"{donors()[donor].symbol_code}-{signed[-1]}"
        if day.year >= 2004:
            approval.gender_marker = "yes" if self.dice.percent(55 + day.year - 2004) else "no"
            approval.tripartism_marker = "yes" if self.dice.percent(70) else "no"
        regional = approval.recipient_id.startswith("R") and approval.recipient_id != "RUS"
        worldwide = approval.region_id == "interregional"
        if not (regional or worldwide) and self.dice.percent(DWCP_PERCENT.get(day.year, 0)):
            approval.dwcp_outcome = f"{approval.recipient_id}{self.dice.between(101, 130)}"
        months = day.month + 1
        approval.start_date = date(day.year + (months > 12), (months - 1) % 12 + 1, 1)
        approval.end_date = date(day.year + self.dice.between(1, 4), 12, 31)

    def _leave_sectors_open(self, approvals: list[Approval]) -> None:
        bangkok = [approval for approval in approvals if approval.office_id == "bangkok"]
        for approval in bangkok[:UNSTATED_SECTORS]:
            approval.sector_id, approval.title_number = "", 0

    def _add_instalment(self, approvals: list[Approval], weights: list[int]) -> None:
        """Turn Suva's second approval into another instalment of the first, in all its cells."""
        first, second = [
            place for place, approval in enumerate(approvals) if approval.office_id == "suva"
        ][:2]
        approvals[second] = approvals[first]
        weights[second] = weights[first]


def final_approvals() -> tuple[Synthesis, list[Approval]]:
    """Return every approval of the examples, and the numbering to go on with."""
    synthesis = Synthesis()
    return synthesis, [approval for year in YEARS for approval in synthesis.year(year)]
