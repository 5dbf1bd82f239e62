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
    "spanish": "proyecto;donante;año\nEducación niñez;Cooperación española;Perú\n¿Qué?;Ñandú;acción\n",
    "portuguese": "projeto;doador;ação\nEducação básica;Cooperação;São Tomé\nÓrgão;não;avô\n",
    "german": "Projekt;Geldgeber;Förderung\nBerufsbildung für Jugend;Größe;Österreich\nStraße;Müller;\n",
    "polish": "projekt;darczyńca;kwota\nŁódź;Wrocław;Gdańsk\nśrodki własne;żółć;Kraków\n",
    "czech": "projekt;dárce;částka\nPříspěvek;Žilina;čtvrtek\nvýška;řízení;děti\n",
    "hungarian": "projekt;támogató;összeg\nSzőlő;fűtő;őszi\nÉrd;gyűjtő;hírű\n",
    "romanian": "proiect;finanţator;sumă\nBucureşti;învăţământ;Iaşi\n",
    "russian": "проект;донор;сумма\nОбразование;Норвегия;Москва\nздоровье;Швеция;1000\n",
    "ukrainian": "проєкт;донор;сума\nОсвіта;Київ;їжак\nздоров'я;Швеція;1000\n",
    "turkish": "proje;bağışçı;tutar\nEğitim;Türkiye;İstanbul\nçalışma;sağlık;ığdır\n",
    "arabic": "مشروع;المانح;المبلغ\nالتعليم;النرويج;عمان\nالصحة;السويد;1000\n",
    "greek": "έργο;δωρητής;ποσό\nΕκπαίδευση;Νορβηγία;Αθήνα\n",
    "chinese": "项目;捐助者;金额\n教育;挪威;北京\n卫生;瑞典;1000\n",
}
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
    ("hungarian", "cp1250"),
    ("hungarian", "iso-8859-2"),
    ("romanian", "cp1250"),
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


def encoded(language: str, codec: str) -> bytes:
    """Return a text in an encoding; without the apostrophe that old pages lack."""
    text = TEXTS[language]
    return (text if codec != "cp850" and "8859" not in codec else text.replace("’", "'")).encode(
        codec
    )


@pytest.mark.parametrize(("language", "codec"), PAGES, ids="-".join)
@pytest.mark.parametrize("repeats", [1, 40])
def test_encoding_is_found_from_the_bytes_alone(
    path: Path, language: str, codec: str, repeats: int
) -> None:
    content = encoded(language, codec)
    path.write_bytes(content + encoded(language, codec.replace("utf-8-sig", "utf-8")) * (repeats - 1)
        if codec not in {"utf-16", "utf-32"} else content)

    text, _ = read(path)

    expected = content.decode(codec)
    assert text.startswith(expected)


@pytest.mark.parametrize(("language", "codec"), PAGES, ids="-".join)
def test_wrongly_declared_page_gives_a_warning_and_the_better_reading(
    path: Path, language: str, codec: str
) -> None:
    declared = "cp1251" if language in {"french", "spanish", "portuguese", "german"} else "cp1252"
    path.write_bytes(encoded(language, codec))

    text, warnings = read(path, declared)

    assert text == encoded(language, codec).decode(codec)
    assert codec.startswith("utf") or any(declared in warning for warning in warnings)


@pytest.mark.parametrize(
    ("language", "codec"), [pair for pair in PAGES if not pair[1].startswith("utf")], ids="-".join
)
def test_rightly_declared_page_gives_no_warning(path: Path, language: str, codec: str) -> None:
    path.write_bytes(encoded(language, codec))

    text, warnings = read(path, codec)

    assert (text, warnings) == (encoded(language, codec).decode(codec), [])
