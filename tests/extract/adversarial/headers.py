"""Headers in four languages, near misses of them, and none at all."""

from tests.extract.adversarial.case import (
    Case,
    Expected,
    either,
    loads,
    refused,
    usd,
)
from tests.extract.adversarial.files import HEADER, PLAIN, PLAIN_TOTAL, csv, table

ROWS = table(PLAIN)
READ = loads(usd(PLAIN_TOTAL), 3)
FULL = (
    ("Project symbol", "Title", "Donor", "Recipient", "Region", "Sector", "Approval Date",
     "Currency", "Amount", "Funding Channel"),
    ("Symbole du projet", "Titre", "Bailleur de fonds", "Bénéficiaire", "Région", "Secteur",
     "Date d'approbation", "Devise", "Montant", "Canal de financement (central ou local)"),
    ("Símbolo del proyecto", "Título", "Donante", "Beneficiario", "Región", "Sector",
     "Fecha de aprobación", "Moneda", "Importe", "Canal de financiación (central o local)"),
    ("Símbolo do projeto", "Título", "Doador", "Beneficiário", "Região", "Setor",
     "Data de aprovação", "Moeda", "Valor", "Canal de financiamento (central ou local)"),
)  # fmt: skip
OTHERS = (
    ("Code projet", "Titre", "Donateur", "Pays bénéficiaire", "Région", "Secteur",
     "Date d'approbation", "Monnaie", "Montant", "Canal de financement"),
    ("Código del proyecto", "Título", "Donante", "Destinatario", "Región", "Sector",
     "Fecha de aprobación", "Divisa", "Monto", "Canal de financiamiento"),
    ("Código do projeto", "Título", "Doador", "Destinatário", "Região", "Sector",
     "Data de aprovação", "Moeda", "Montante", "Canal de financiamento"),
)  # fmt: skip
VALUES = (
    ("RAF/06/01/NOR", "A", "Norway", "Senegal", "Africa", "Employment", "2006-03-11", "EUR",
     "1000.50", "Local"),
    ("RAF/06/02/NOR", "B", "Norway", "Mali", "Africa", "Employment", "2006-03-12", "EUR",
     "20.25", "Central"),
)  # fmt: skip
FULL_READ = loads(
    {"EUR": "1020.75"},
    2,
    project_symbol=("RAF/06/01/NOR", "RAF/06/02/NOR"),
    project_title=("A", "B"),
    donor_name=("Norway", "Norway"),
    recipient_name=("Senegal", "Mali"),
    region_name=("Africa", "Africa"),
    sector_name=("Employment", "Employment"),
    negotiation=("local", "central"),
)


def _headers(*headers: str) -> list[list[object]]:
    return [list(headers), *ROWS[1:]]


def _case(case_id: str, nasty: str, content: bytes, expected: Expected = READ) -> Case:
    return Case(f"header-{case_id}", nasty, content, expected)


def _renamed(case_id: str, nasty: str, old: str, new: str, expected: Expected = READ) -> Case:
    return _case(
        case_id, nasty, csv(_headers(*(new if name == old else name for name in HEADER))), expected
    )


def _near(case_id: str, *headers: str) -> Case:
    """Return a case whose near misses are read, or the file is refused: both are right."""
    return _case(
        case_id,
        f"headers {', '.join(headers)}",
        csv(_headers(*headers), delimiter="\t"),
        either(usd(PLAIN_TOTAL)),
    )


CASES = [
    *(
        _case(
            f"{language}-full",
            "every column of the vocabulary",
            csv([header, *VALUES], delimiter=";"),
            FULL_READ,
        )
        for language, header in zip(
            ("english", "french", "spanish", "portuguese"), FULL, strict=True
        )
    ),
    *(
        _case(
            f"{language}-other-words",
            "other words for the same columns",
            csv([header, *VALUES], delimiter=";"),
            FULL_READ,
        )
        for language, header in zip(("french", "spanish", "portuguese"), OTHERS, strict=True)
    ),
    _case(
        "without-accents",
        "capitals without accents",
        csv(
            [
                [name.upper().translate(str.maketrans("ÉÍÃÇÓÁ", "EIACOA")) for name in FULL[3]],
                *VALUES,
            ],
            delimiter="\t",
        ),
        FULL_READ,
    ),
    _case(
        "two-languages",
        "English / French in each header",
        csv(
            _headers(
                "Project Code / Code du projet",
                "Title / Titre",
                "Donor / Bailleur",
                "Recipient / Bénéficiaire",
                "Approval Date / Date d'approbation",
                "Currency / Devise",
                "Amount / Montant",
                "Channel",
            )
        ),
        either(usd(PLAIN_TOTAL)),
    ),
    _near(
        "underscores",
        "project_code",
        "title",
        "donor",
        "recipient",
        "approval_date",
        "currency",
        "amount",
        "funding_channel",
    ),
    _near(
        "camel-case",
        "ProjectCode",
        "Title",
        "DonorName",
        "Recipient",
        "ApprovalDate",
        "CurrencyCode",
        "Amount",
        "FundingChannel",
    ),
    _near(
        "typing-errors",
        "Project Cde",
        "Titel",
        "Donnor",
        "Recipiant",
        "Aproval Date",
        "Curency",
        "Amuont",
        "Funding Chanel",
    ),
    _near(
        "numbered",
        "1. Project Code",
        "2. Title",
        "3. Donor",
        "4. Recipient",
        "5. Approval Date",
        "6. Currency",
        "7. Amount",
        "8. Funding Channel",
    ),
    _near(
        "footnotes",
        "Project Code*",
        "Title",
        "Donor (1)",
        "Recipient",
        "Approval Date (2)",
        "Currency",
        "Amount**",
        "Funding Channel",
    ),
    _near(
        "homoglyph",
        "Project Code",
        "Title",
        "Dоnоr",
        "Recipient",
        "Approval Date",
        "Currency",
        "Аmount",
        "Funding Channel",
    ),
    _near(
        "invisible",
        "Project\u00a0Code",
        "\u200bTitle",
        "Do\u00adnor",
        "Recipient",
        "Approval\u00a0Date:",
        " Currency ",
        "Amount\ufeff",
        "Funding Channel",
    ),
    _near(
        "abbreviated",
        "Proj. code",
        "Title",
        "Donor",
        "Recipient",
        "Appr. date",
        "Curr.",
        "Amt.",
        "Channel",
    ),
    _renamed("expenditure-only", "spending is no approval", "Amount", "Expenditure", refused()),
    _renamed("balance-only", "a balance is no approval", "Amount", "Balance available", refused()),
    _renamed("no-donor-column", "no column of donors", "Donor", "Officer in charge", refused()),
    _case("none", "no header at all", csv(ROWS[1:]), refused("header_not_found")),
    _case(
        "none-three-hundred",
        "no header above 300 rows",
        csv(table((f"{n}.50" for n in range(1, 301)), day="2006-03-15")[1:], delimiter=";"),
        refused("header_not_found"),
    ),
]
