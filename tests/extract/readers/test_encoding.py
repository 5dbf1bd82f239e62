"""Encodings are found from the bytes alone, or from the office's word where it is plausible.

Not tested here: what chardet itself knows; languages beyond those that field offices write.
"""

from pathlib import Path

import pytest

from extract.errors import RefusedFileError
from extract.readers.encoding import find_encoding
from extract.readers.text_lines import LineRepairs, open_lines

TEXTS = {
    "french": "projet;donateur;région\nÉducation préscolaire;Coopération française;Côte d’Ivoire\n"
    "Santé;Où l’été;à Genève\n",
    "spanish": "proyecto;donante;año\nEducación niñez;Cooperación española;Perú\n"
    "¿Qué?;Ñandú;acción\n",
    "portuguese": "projeto;doador;ação\nEducação básica;Cooperação;São Tomé\nÓrgão;não;avô\n",
    "german": "Projekt;Geldgeber;Förderung\nBerufsbildung für Jugend;Größe;Österreich\n"
    "Straße;Müller;\n",
    "polish": "projekt;darczyńca;kwota\nŁódź;Wrocław;Gdańsk\nśrodki własne;żółć;Kraków\n",
    "czech": "projekt;dárce;částka\nPříspěvek;Žilina;čtvrtek\nvýška;řízení;děti\n",
    "slovene": "leto;država;kč\n2006;Češka;č\n2007;č;čč\n",
    "hungarian": "projekt;támogató;összeg\nSzőlő;fűtő;őszi\nÉrd;gyűjtő;hírű\n",
    "romanian": "proiect;finanţator;sumă\nBucureşti;învăţământ;Iaşi\n",
    "russian": "проект;донор;сумма\nОбразование;Норвегия;Москва\nздоровье;Швеция;1000\n",
    "ukrainian": "проєкт;донор;сума\nОсвіта;Київ;їжак\nздоров'я;Швеція;1000\n",
    "turkish": "proje;bağışçı;tutar\nEğitim;Türkiye;İstanbul\nçalışma;sağlık;ığdır\n",
    "arabic": "مشروع;المانح;المبلغ\nالتعليم;النرويج;عمان\nالصحة;السويد;1000\n",
    "greek": "έργο;δωρητής;ποσό\nΕκπαίδευση;Νορβηγία;Αθήνα\n",
    "latvian": "projekts;līdzekļi;mēnesis\nIzglītība;Norvēģija;Rīga\nveselība;ģimene;1000\n",
    "japanese": "事業;援助国;金額\nプロジェクトの名前;ノルウェー;東京\n"
    "きょういく;スウェーデン;1000\n",
    "korean": "사업;공여국;금액\n교육 지원;노르웨이;서울\n보건 사업;스웨덴;1000\n",
    "chinese": "项目;捐助者;金额\n教育;挪威;北京\n卫生;瑞典;1000\n",
}
TEXTS_OF_OLD_PAGES = {name: text.replace("’", "'") for name, text in TEXTS.items()}
"""Without the sign that some pages lack."""
PAGES = [
    ("french", "cp1252"),
    ("french", "mac-roman"),
    ("french", "iso-8859-15"),
    ("french", "utf-8"),
    ("french", "utf-8-sig"),
    ("french", "utf-16"),
    ("french", "utf-16-le"),
    ("french", "utf-16-be"),
    ("french", "utf-32"),
    ("french", "utf-32-le"),
    ("french", "utf-32-be"),
    ("spanish", "cp1252"),
    ("spanish", "iso-8859-1"),
    ("spanish", "mac-roman"),
    ("spanish", "cp850"),
    ("portuguese", "cp1252"),
    ("portuguese", "mac-roman"),
    ("portuguese", "cp850"),
    ("german", "cp1252"),
    ("german", "mac-roman"),
    ("polish", "cp1250"),
    ("polish", "iso-8859-2"),
    ("czech", "cp1250"),
    ("czech", "iso-8859-2"),
    ("slovene", "utf-16-le"),
    ("slovene", "utf-16-be"),
    ("hungarian", "cp1250"),
    ("hungarian", "iso-8859-2"),
    ("romanian", "cp1250"),
    ("polish", "cp852"),
    ("polish", "mac-latin2"),
    ("polish", "iso-8859-16"),
    ("latvian", "iso-8859-4"),
    ("latvian", "cp1257"),
    ("russian", "cp855"),
    ("russian", "cp1251"),
    ("russian", "iso-8859-5"),
    ("russian", "koi8-r"),
    ("russian", "cp866"),
    ("russian", "utf-16-le"),
    ("russian", "utf-16-be"),
    ("russian", "utf-32-le"),
    ("ukrainian", "cp1251"),
    ("turkish", "cp1254"),
    ("turkish", "iso-8859-9"),
    ("arabic", "cp1256"),
    ("arabic", "iso-8859-6"),
    ("arabic", "utf-16-le"),
    ("arabic", "utf-16-be"),
    ("greek", "cp1253"),
    ("greek", "iso-8859-7"),
    ("chinese", "gb18030"),
    ("japanese", "shift_jis"),
    ("japanese", "euc-jp"),
    ("japanese", "iso2022_jp"),
    ("korean", "euc-kr"),
    ("chinese", "utf-16-le"),
    ("chinese", "utf-16-be"),
    ("chinese", "utf-32-be"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a test writes its file."""
    return tmp_path / "export.csv"


def read(path: Path, code_page: str | None = None) -> tuple[str, list[str]]:
    """Return the whole text and every warning."""
    encoding = find_encoding(path, code_page)
    repairs = LineRepairs()
    with open_lines(path, encoding, repairs) as lines:
        text = "".join(lines)
    return text, [*([encoding.warning] if encoding.warning else []), *repairs.warnings(encoding)]


@pytest.mark.parametrize(("language", "codec"), PAGES, ids=list(map("-".join, PAGES)))
@pytest.mark.parametrize("repeats", [1, 40])
def test_encoding_is_found_from_the_bytes_alone(
    path: Path, language: str, codec: str, repeats: int
) -> None:
    path.write_bytes((TEXTS_OF_OLD_PAGES[language] * repeats).encode(codec))

    text, _ = read(path)

    assert text == TEXTS_OF_OLD_PAGES[language] * repeats


@pytest.mark.parametrize(("language", "codec"), PAGES, ids=list(map("-".join, PAGES)))
def test_wrongly_declared_page_gives_a_warning_and_the_better_reading(
    path: Path, language: str, codec: str
) -> None:
    declared = "cp1251" if language in {"french", "spanish", "portuguese", "german"} else "cp1252"
    path.write_bytes(TEXTS_OF_OLD_PAGES[language].encode(codec))

    text, warnings = read(path, declared)

    assert text == TEXTS_OF_OLD_PAGES[language]
    assert codec.startswith(("utf", "iso2022")) or any(declared in warning for warning in warnings)


@pytest.mark.parametrize(
    ("language", "codec"),
    [pytest.param(*pair, id="-".join(pair)) for pair in PAGES if not pair[1].startswith("utf")],
)
def test_rightly_declared_page_gives_no_warning(path: Path, language: str, codec: str) -> None:
    path.write_bytes(TEXTS_OF_OLD_PAGES[language].encode(codec))

    text, warnings = read(path, codec)

    assert (text, warnings) == (TEXTS_OF_OLD_PAGES[language], [])


REPAIRED = [
    pytest.param(
        "a;é\n".encode() * 9 + "b;è\n".encode("cp1252"),
        "a;é\n" * 9 + "b;è\n",
        "line 10 were no UTF-8 and were read as cp1252",
        id="one-line-of-cp1252",
    ),
    pytest.param(
        "a;é\n".encode() * 9 + "b;Москва\n".encode("cp1251"),
        "a;é\n" * 9 + "b;Москва\n",
        "line 10 were no UTF-8 and were read as cp1251",
        id="one-line-of-cp1251",
    ),
    pytest.param(
        "Coopération;Côte d’Ivoire\n".encode().decode("cp1252").encode(),
        "Coopération;Côte d’Ivoire\n",
        "line 1 had UTF-8 encoded twice (Ã© for é), which was undone",
        id="encoded-twice",
    ),
    pytest.param(
        ("a;é\n" * 9).encode("cp1252") + "b;Côte;São\n".encode(),
        "a;é\n" * 9 + "b;Côte;São\n",
        "encoding guessed as cp1252",
        id="one-line-of-utf-8",
    ),
    pytest.param(b"a,b\n1,\x002\n", "a,b\n1,2\n", "line 2 held NUL", id="nul"),
]


@pytest.mark.parametrize(("content", "expected", "warning"), REPAIRED)
def test_damaged_lines_are_repaired_with_a_warning_that_names_them(
    path: Path, content: bytes, expected: str, warning: str
) -> None:
    path.write_bytes(content)

    text, warnings = read(path)

    assert text == expected
    assert warnings
    assert warnings[0].startswith(warning)


REFUSED = [
    pytest.param("a;é".encode() + "ü;b\n".encode("cp1252"), "encoding_broken", id="mixed-line"),
    pytest.param(b"\xef\xbb\xbfa;\xe9\n" * 9, "encoding_broken", id="false-mark"),
    pytest.param("a;b\n".encode("utf-16")[:-1], "encoding_broken", id="cut-utf-16"),
    pytest.param(bytes(range(1, 256)) * 40, "format_unknown", id="binary"),
    pytest.param(b"\x00\x01\x02\xff" * 50, "format_unknown", id="zeros"),
]


@pytest.mark.parametrize(("content", "reason"), REFUSED)
def test_bytes_that_fit_no_encoding_for_certain_are_refused(
    path: Path, content: bytes, reason: str
) -> None:
    path.write_bytes(content)

    with pytest.raises(RefusedFileError) as refusal:
        read(path)

    assert refusal.value.reason_code == reason


@pytest.mark.parametrize(
    ("codec", "word"),
    [("utf-8", "é"), ("utf-16-le", "Москва"), ("gb18030", "北京教育"), ("cp1251", "Москва")],
)
def test_accents_far_behind_the_sample_and_cut_characters_do_not_matter(
    path: Path, codec: str, word: str
) -> None:
    text = "id;name\n" + "1;plain\n" * 140_001 + f"2;{word}\n"
    path.write_bytes(text.encode(codec))

    assert read(path)[0] == text


@pytest.mark.parametrize(
    ("language", "codec"),
    [("chinese", "gb18030"), ("japanese", "euc-jp"), ("japanese", "shift_jis")],
)
def test_long_lines_are_weighed_without_cutting_a_character(
    path: Path, language: str, codec: str
) -> None:
    text = (TEXTS[language].replace("\n", ";") * 40 + "\n") * 3
    path.write_bytes(text.encode(codec))

    assert read(path)[0] == text


def test_long_lines_of_utf8_before_one_of_a_code_page_are_whole(path: Path) -> None:
    before = ("é" * 700 + "\n") * 3
    path.write_bytes(before.encode() + b";projet d\xe9cid\xe9 \xe0 Paris\n")

    text, warnings = read(path)

    assert text == before + ";projet décidé à Paris\n"
    assert warnings == ["line 4 were no UTF-8 and were read as cp1252"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"item;\xa3825\nbet;\xa32\n", "item;£825\nbet;£2\n", id="pounds"),
        pytest.param(b"a;Projet \x85 Paris\n", "a;Projet … Paris\n", id="one-ellipsis"),
        pytest.param(
            "montant en ¤;été\n5 ¤;à\n".encode("iso-8859-15", "replace").replace(b"?", b"\xa4"),
            "montant en €;été\n5 €;à\n",
            id="euro-of-latin-9",
        ),
        pytest.param("a;sağlık işleri\n".encode("cp1254"), "a;sağlık işleri\n", id="few-turkish"),
        pytest.param("a;sağlık\n".encode("cp1254"), "a;sağlık\n", id="turkish-or-icelandic"),
        pytest.param(
            "a;\U00010330 b\n".encode("utf-32-be") * 9, "a;\U00010330 b\n" * 9, id="plane-1"
        ),
    ],
)
def test_few_signs_are_read_as_most_offices_mean_them(
    path: Path, content: bytes, expected: str
) -> None:
    path.write_bytes(content)

    assert read(path)[0] == expected
