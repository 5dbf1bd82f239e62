"""The vocabulary of the examples: donors, recipients and titles, as CSV data beside this module."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"

MODALITIES = {
    "standard-trust-fund": ("Trust fund", "Fonds fiduciaire", "Fondo fiduciario", "FIT"),
    "direct-trust-fund": ("DTF", "Fonds fiduciaire direct", "Fondo fiduciario directo", "DTF"),
    "one-un-fund": ("One UN Fund", "One UN", "One UN", "One UN"),
    "multi-donor-trust-fund": ("MDTF", "MDTF", "MDTF", "MDTF"),
    "joint-programme": ("Joint programme", "Programme conjoint", "Programa conjunto", "JP"),
    "mdg-achievement-fund": ("MDG-F", "MDG-F", "F-ODM", "MDG-F"),
    "public-private-partnership": ("PPP", "PPP", "Alianza público-privada", "PPP"),
    "partnership-agreement": ("PA", "Accord de partenariat", "Acuerdo de asociación", "PA"),
}
"""Words of the modalities in the order of `LANGUAGES`."""
SECTORS = {
    "standards": ("Standards", "Normes", "Normas", "Normas"),
    "employment": ("Employment", "Emploi", "Empleo", "Emprego"),
    "social-protection": (
        "Social Protection",
        "Protection sociale",
        "Protección social",
        "Proteção social",
    ),
    "social-dialogue": ("Social Dialogue", "Dialogue social", "Diálogo social", "Diálogo social"),
}
REGIONS = {
    "africa": "Africa",
    "asia-and-the-pacific": "Asia and the Pacific",
    "latin-america-and-the-caribbean": "Latin America and the Caribbean",
    "arab-states": "Arab States",
    "europe-and-central-asia": "Europe and Central Asia",
    "interregional": "Interregional",
}
SPANISH_REGION = "América Latina y el Caribe"
STATUSES = {
    "approved": ("Approved", "Approuvé", "Aprobado", "Aprovado"),
    "revised": ("Revised", "Révisé", "Revisado", "Revisado"),
    "cancelled": ("Cancelled", "Annulé", "Anulado", "Cancelado"),
    "forecast": ("Forecast", "Prévision", "Previsto", "Previsto"),
}
ANSWERS = {"yes": ("Yes", "Oui", "Sí", "Sim"), "no": ("No", "Non", "No", "Não")}
FUNDING_SOURCES = {"extra-budgetary": "XBTC", "regular-budget": "RBTC", "rbsa": "RBSA"}
SYNTHETIC = ("synthetic", "synthétique", "sintético", "sintético")
LANGUAGES = ("en", "fr", "es", "pt")


@dataclass(frozen=True, slots=True)
class Donor:
    """A donor of the examples."""

    donor_id: str
    symbol_code: str
    currency_code: str
    central_weight: int
    local_weight: int
    first_year: int
    offices: tuple[str, ...]
    """Empty: gives everywhere."""
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recipient:
    """A country, a region or a worldwide programme."""

    recipient_id: str
    region_id: str
    office_id: str
    """The field office that serves it; empty for worldwide programmes."""
    weight: int
    label: str
    """In the language of that office."""
    english_label: str


@cache
def donors() -> dict[str, Donor]:
    """Return the donors by id."""
    return {
        row["donor_id"]: Donor(
            row["donor_id"],
            row["symbol_code"],
            row["currency_code"],
            int(row["central_weight"]),
            int(row["local_weight"]),
            int(row["first_year"]),
            tuple(row["offices"].split("|")) if row["offices"] else (),
            tuple(row[language] or row["en"] or row["pt"] for language in LANGUAGES),
        )
        for row in read_rows("donors.csv")
    }


@cache
def recipients() -> dict[str, Recipient]:
    """Return the recipients by id, in the order of the file."""
    return {
        row["recipient_id"]: Recipient(
            row["recipient_id"],
            row["region_id"],
            row["office_id"],
            int(row["weight"]),
            row["label"],
            row["english_label"],
        )
        for row in read_rows("recipients.csv")
    }


@cache
def titles() -> dict[str, list[tuple[str, ...]]]:
    """Return for each sector its project titles, each in the order of `LANGUAGES`."""
    found: dict[str, list[tuple[str, ...]]] = {sector: [] for sector in SECTORS}
    for row in read_rows("titles.csv"):
        found[row["sector_id"]].append(tuple(row[language] for language in LANGUAGES))
    return found


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the data files."""
    with (DATA / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))
