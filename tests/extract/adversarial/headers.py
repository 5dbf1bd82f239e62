"""Headers in four languages and near misses of them, and columns that claim to be another."""

from tests.extract.adversarial.case import (
    Case,
    Expected,
    clean,
    either,
    flagged,
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


def _with_column(name: str, cells: tuple[object, ...], place: int = 7) -> bytes:
    rows = [
        [*row[:place], cell, *row[place:]] for row, cell in zip(ROWS, (name, *cells), strict=True)
    ]
    return csv(rows)


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
    _case(
        "beside-disbursed",
        "amount disbursed beside the amount",
        _with_column("Amount disbursed", ("500.00", "500.00", "5.00")),
        READ,
    ),
    _case(
        "before-requested",
        "amount requested before the amount approved",
        csv(
            [
                [*HEADER[:6], "Amount requested", "Amount approved", HEADER[7]],
                *([*row[:6], "999.00", row[6], row[7]] for row in ROWS[1:]),
            ]
        ),
        READ,
    ),
    _case(
        "amount-twice",
        "two columns called Amount, with different values",
        _with_column("Amount", ("1.00", "2.00", "3.00")),
        flagged(usd(PLAIN_TOTAL)),
    ),
    _case(
        "amount-twice-complementary",
        "two columns called Amount, each half filled",
        csv([[*HEADER, "Amount"], *([*ROWS[1]], [*ROWS[2][:6], "", "Local", "7.25"])]),
        flagged(usd("1000.50"), usd("1007.75")),
    ),
    _case(
        "planned-and-actual-dates",
        "a planned date beside the approval date",
        _with_column("Planned start date", ("2010-01-01",) * 3, 4),
        loads(usd(PLAIN_TOTAL), 3, approval_date=("2006-03-11", "2006-03-12", "2006-03-13")),
    ),
    _case(
        "share-beside",
        "a percentage beside the amount",
        _with_column("Share (%)", ("0.40", "99.57", "0.03"), 6),
        READ,
    ),
    _case(
        "serial-numbers",
        "a first column of serial numbers",
        _with_column("No.", (1, 2, 3), 0),
        READ,
    ),
    _case(
        "digits-as-codes",
        "project codes of digits alone, like amounts",
        csv([[*HEADER], *(["20060301", *row[1:]] for row in ROWS[1:])]),
        loads(usd(PLAIN_TOTAL), 3, project_symbol=("20060301",) * 3),
    ),
    _case(
        "leading-zeros",
        "project codes with zeros in front",
        csv([[*HEADER], *(["000123", *row[1:]] for row in ROWS[1:])]),
        clean(usd(PLAIN_TOTAL), 3, project_symbol=("000123",) * 3),
    ),
    _case(
        "unknown-columns",
        "ten columns that nobody knows, one of them of numbers",
        csv(
            [
                [*row, *(f"X{n}" if place == 0 else n * 1000 for n in range(10))]
                for place, row in enumerate(ROWS)
            ]
        ),
        READ,
    ),
    _case(
        "amounts-by-year",
        "a column for each year and no Amount: a cross table",
        csv(
            [
                ["Project Code", "Donor", "Currency", "2004", "2005", "2006"],
                ["P1", "Norway", "USD", "100", "200", "300"],
                ["P2", "Sweden", "USD", "1", "2", "3"],
            ]
        ),
        refused(),
    ),
    _case(
        "amounts-by-year-with-total",
        "years across and their total beside an approval date",
        csv(
            [
                ["Project Code", "Donor", "Approval Date", "Currency", "2005", "2006", "Amount"],
                ["P1", "Norway", "2006-03-11", "USD", "100", "200", "300"],
                ["P2", "Sweden", "2006-03-12", "USD", "1", "2", "3"],
            ]
        ),
        loads(usd("303.00"), 2),
    ),
    _case(
        "on-its-side",
        "fields down the first column, approvals across",
        csv([list(column) for column in zip(*ROWS, strict=True)]),
        either(usd(PLAIN_TOTAL)),
    ),
    _case(
        "quoted-alone",
        "only the header is quoted",
        csv([HEADER], quote_all=True) + csv(ROWS[1:]),
        READ,
    ),
]
