"""What a page shows and what it hides: hidden text is no part of a cell, as nobody checked it."""

import re
from collections.abc import Iterator

from lxml import etree

HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)|mso-ignore\s*:\s*hidden", re.IGNORECASE
)
BREAKS = {"br", "p", "div", "li"}
NOT_TEXT = {"script", "style", "table"}


def is_hidden(element: etree._Element) -> bool:
    """Whether an element says of itself that it is not shown; style sheets are not followed."""
    return element.get("hidden") is not None or bool(HIDDEN.search(element.get("style", "")))


def is_inside_hidden(element: etree._Element) -> bool:
    """Whether an element, or one around it, is hidden."""
    return is_hidden(element) or any(map(is_hidden, element.iterancestors()))


def shown_text(cell: etree._Element) -> str:
    """Return the text of a cell without what is hidden in it; blanks are single."""
    return " ".join("".join(_texts(cell)).split())


def hides_text(cell: etree._Element) -> bool:
    """Whether an element inside a cell holds text that is not shown."""
    return any(
        is_hidden(element) and "".join(element.itertext()).strip()
        for element in cell.iterdescendants(etree.Element)
        if element.tag not in NOT_TEXT
    )


def _texts(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag not in NOT_TEXT and not is_hidden(child):
            yield from _texts(child)
        if child.tag in BREAKS:
            yield " "
        yield child.tail or ""
