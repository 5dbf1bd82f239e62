"""Words in IATI elements: narratives by language, codes, organisations, shares in percent."""

import json
from collections.abc import Callable

from lxml import etree

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def code(parent: etree._Element, name: str) -> str | None:
    """Return the first code of such children that is not empty."""
    codes = (child.get("code", "").strip() for child in parent.iterchildren(f"{{*}}{name}"))
    return next(filter(None, codes), None)


def narrative(parent: etree._Element, name: str, language: str | None) -> str | None:
    """Return the text of the first such child: in the activity's language, else the first one."""
    for child in parent.iterchildren(f"{{*}}{name}"):
        text = said(child, language)
        if text:
            return text
    return None


def narratives(parent: etree._Element, name: str) -> str | None:
    """Return the texts in all languages as JSON, if there are several."""
    texts = {
        part.get(LANGUAGE) or "": _clean(part)
        for child in parent.iterchildren(f"{{*}}{name}")
        for part in _parts(child)
    }
    texts = {language: text for language, text in texts.items() if text}
    return json.dumps(texts, ensure_ascii=False) if len(texts) > 1 else None


def said(element: etree._Element, language: str | None) -> str | None:
    """Return what an element says in a language (none stated is the default), else the first."""
    parts = [part for part in _parts(element) if _clean(part)]
    own = [part for part in parts if part.get(LANGUAGE) in {None, language}]
    return _clean((own or parts)[0]) if parts else None


def organisation(
    element: etree._Element | None, language: str | None
) -> tuple[str | None, str | None, str | None]:
    """Return name (its reference, if it has none), reference and type of an organisation."""
    if element is None:
        return None, None, None
    reference = element.get("ref", "").strip() or None
    return said(element, language) or reference, reference, element.get("type", "").strip() or None


def coded_list(
    found: list[etree._Element], language: str | None, name_of: Callable[[str], str] = str
) -> tuple[str | None, str | None]:
    """Return names and codes of recipients or sectors; several are parted and have their shares."""
    filled = [e for e in found if e.get("code", "").strip() or said(e, language)]
    names, codes = [], []
    for element in filled:
        share = element.get("percentage", "").strip()
        behind = f" ({_plain(share)}%)" if share and len(filled) > 1 else ""
        own_code = element.get("code", "").strip()
        names.append((said(element, language) or name_of(own_code)) + behind)
        codes.append(own_code + behind)
    return "; ".join(names) or None, "; ".join(codes) or None


def _parts(element: etree._Element) -> list[etree._Element]:
    """Return the narratives of an element; version 1 writes the text into the element itself."""
    return list(element.iterchildren("{*}narrative")) or [element]


def _clean(element: etree._Element) -> str:
    return " ".join((element.text or "").split())


def _plain(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number
