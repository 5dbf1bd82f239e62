"""Text in every encoding that offices use, with names that show whether it was understood."""

from tests.extract.adversarial.case import Case, clean, either, flagged, loads, usd
from tests.extract.adversarial.files import HEADER, csv, record

TOTAL = usd("2100.00")


def _rows(names: tuple[str, ...]) -> list[list[object]]:
    return [
        list(HEADER),
        *(
            record(number, f"{number}00.00", donor=name, title=f"{name}: projekt {number}")
            for number, name in enumerate(names, start=1)
        ),
    ]


def _text(encoding: str, names: tuple[str, ...], delimiter: str = ";") -> bytes:
    return csv(_rows(names), encoding, delimiter=delimiter, end="\r\n")


def _case(case_id: str, encoding: str, names: tuple[str, ...], delimiter: str = ";") -> Case:
    return Case(
        f"encoding-{case_id}",
        f"{encoding}, undeclared",
        _text(encoding, names, delimiter),
        loads(TOTAL, 6, donor_name=names),
    )


CENTRAL = ("Łódź", "Česko", "Maďarsko", "Šiauliai", "Žilina", "Gdańsk – województwo")
RUSSIAN = ("Москва", "Российская Федерация", "Правительство Норвегии", "Швеция", "Киев", "Минск")
WESTERN = ("Suède", "Coopération française", "España", "Österreich", "Português", "Curaçao")
CURLY = ("Côte d’Ivoire", "“Fonds” français", "Bruxelles — Région", "Société œuvre", "€uro", "Śr")
TURKISH = ("Türkiye", "İstanbul", "Şişli Belediyesi", "Iğdır", "Çalışma Bakanlığı", "Diyarbakır")
ARABIC = ("العربية", "المملكة العربية السعودية", "الكويت", "قطر", "الإمارات", "لبنان")
GREEK = ("Ελλάδα", "Αθήνα", "Θεσσαλονίκη", "Κύπρος", "Υπουργείο Εργασίας", "Πειραιάς")
CHINESE = ("中文", "中华人民共和国", "北京", "人力资源和社会保障部", "上海", "广东省")
MIXED_SCRIPTS = ("Łódź", "Москва", "İstanbul", "العربية", "中文", "Côte d’Ivoire")
MAC = ("Suède", "Coopération française", "España", "Österreich", "Côte d’Ivoire", "Curaçao")

_UTF8 = _text("utf-8", MIXED_SCRIPTS)
_MIXED = _text("utf-8", WESTERN).replace("Österreich".encode(), "Österreich".encode("cp1252"))

CASES = [
    Case(
        "encoding-utf8",
        "six scripts in one file",
        _UTF8,
        clean(TOTAL, 6, donor_name=MIXED_SCRIPTS),
    ),
    _case("utf8-bom", "utf-8-sig", MIXED_SCRIPTS, ","),
    _case("utf16-bom", "utf-16", MIXED_SCRIPTS, "\t"),
    _case("utf16-le", "utf-16-le", MIXED_SCRIPTS),
    _case("utf16-be", "utf-16-be", WESTERN),
    _case("utf16-le-chinese", "utf-16-le", CHINESE, ","),
    _case("utf32-bom", "utf-32", MIXED_SCRIPTS),
    _case("utf32-le", "utf-32-le", WESTERN),
    _case("utf32-be", "utf-32-be", RUSSIAN),
    _case("cp1250", "cp1250", CENTRAL),
    _case("cp1251", "cp1251", RUSSIAN),
    _case("cp1252", "cp1252", WESTERN),
    _case("cp1252-punctuation", "cp1252", (*CURLY[:5], "Zürich")),
    _case("cp1254", "cp1254", TURKISH),
    _case("cp1256", "cp1256", ARABIC),
    _case("latin1", "iso-8859-1", (*WESTERN[:5], "Ålesund")),
    _case("latin2", "iso-8859-2", (*CENTRAL[:5], "Gdańsk")),
    _case("latin5-cyrillic", "iso-8859-5", RUSSIAN),
    _case("latin7-greek", "iso-8859-7", GREEK),
    _case("latin9-turkish", "iso-8859-9", (*TURKISH[:5], "Ağrı")),
    _case("mac-roman", "mac_roman", MAC, ","),
    _case("gb18030", "gb18030", CHINESE),
    Case(
        "encoding-cp1252-one-accent",
        "one letter with an accent in the whole file",
        csv(_rows(("Suède", "Norway", "Japan", "Italy", "Spain", "Peru")), "cp1252"),
        loads(TOTAL, 6, donor_name=("Suède", "Norway", "Japan", "Italy", "Spain", "Peru")),
    ),
    Case(
        "encoding-late-accent",
        "the first letter that is not ASCII stands far behind any sample",
        csv(
            [
                *_rows(("Norway",) * 6),
                *(record(7, "0.01", donor="Norway", title="Padding " * 40) for _ in range(3000)),
                record(8, "5.00", donor="Suède"),
            ],
            "cp1252",
        ),
        loads(usd("2135.00"), 3007),
    ),
    Case(
        "encoding-mixed",
        "UTF-8, but one name typed in cp1252",
        _MIXED,
        flagged(TOTAL, usd("1700.00")),
    ),
    Case(
        "encoding-bom-lies",
        "a UTF-8 mark before cp1252 bytes",
        b"\xef\xbb\xbf" + _text("cp1252", (*WESTERN[:5], "Genève")),
        flagged(TOTAL),
    ),
    Case(
        "encoding-utf16-cut",
        "UTF-16 that ends in the middle of a character",
        _text("utf-16", WESTERN)[:-1],
        flagged(TOTAL, usd("1500.00")),
    ),
    Case(
        "encoding-twice",
        "UTF-8 taken for cp1252 and written as UTF-8 again: SuÃ¨de",
        csv(_rows((*(name.encode().decode("cp1252") for name in WESTERN[:5]), "Peru"))),
        loads(TOTAL, 6),
    ),
    Case(
        "encoding-replacement-marks",
        "the office's own system has lost letters: Su�de",
        csv(_rows(("Su\ufffdde", "C\ufffdte d'Ivoire", "Norway", "Japan", "Peru", "Chad"))),
        flagged(TOTAL, usd("1800.00")),
    ),
    Case(
        "encoding-nfd",
        "accents as marks of their own, as macOS writes them",
        csv(_rows(("Sue\u0300de", "Espan\u0303a", "Norway", "Japan", "Peru", "Chad"))),
        loads(TOTAL, 6, donor_name=("Suède", "España", "Norway", "Japan", "Peru", "Chad")),
    ),
    Case(
        "encoding-cp850",
        "an old DOS code page, which is not promised",
        _text("cp850", WESTERN),
        either(TOTAL),
    ),
    Case(
        "encoding-euro-sign-cp1252",
        "€ as one byte before amounts, no currency column",
        csv(
            [
                ["Donor", "Approval Date", "Amount"],
                ["Norway", "2006-03-11", "€ 1.000,50"],
                ["Suède", "2006-03-12", "€ 250,00"],
            ],
            "cp1252",
            delimiter=";",
        ),
        loads({"EUR": "1250.50"}, 2),
    ),
    Case(
        "encoding-no-break-space-cp1252",
        "thousands parted by the byte A0",
        csv(
            [
                ["Bailleur", "Date d'approbation", "Devise", "Montant"],
                ["Suède", "2006-03-11", "EUR", "1\u00a0000,50"],
                ["Norvège", "2006-03-12", "EUR", "250\u00a0000,25"],
            ],
            "cp1252",
            delimiter=";",
        ),
        loads({"EUR": "251000.75"}, 2),
    ),
    Case(
        "encoding-narrow-space-mac",
        "thousands parted by the byte CA, Mac Roman's no-break space",
        csv(
            [
                ["Bailleur", "Date d'approbation", "Devise", "Montant"],
                ["Suède", "2006-03-11", "EUR", "1\u00a0000,50"],
                ["Norvège", "2006-03-12", "EUR", "250\u00a0000,75"],
            ],
            "mac_roman",
            delimiter=";",
            end="\r",
        ),
        flagged({"EUR": "251001.25"}),
    ),
]
