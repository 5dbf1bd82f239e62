"""XML from outside, read element by element: no DTD, no entities, nothing fetched."""

from collections.abc import Iterator
from typing import IO

from lxml import etree

from extract.errors import RefusedFileError


def elements(source: IO[bytes], *tags: str, broken: str) -> Iterator[etree._Element]:
    """Yield each closed element with one of the tags; its memory is given back afterwards.

    Args:
        source: the document.
        tags: names such as `{*}row`.
        broken: reason code of a document that is no well-formed XML.

    Raises:
        RefusedFileError: the document is not well-formed, or declares a document type.
    """
    context = etree.iterparse(
        source,
        events=("end",),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for position, (_, element) in enumerate(context):
            if position == 0:
                refuse_document_type(element)
            yield element
            release(element)
    except etree.XMLSyntaxError as error:
        raise RefusedFileError(
            broken, f"the XML is not well-formed ({error.msg}): export it again"
        ) from error


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace; comments and the like have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def refuse_document_type(element: etree._Element) -> None:
    """Refuse a document that declares a type: entities could expand without bound.

    Raises:
        RefusedFileError: it does.
    """
    if element.getroottree().docinfo.doctype:
        raise RefusedFileError(
            "xml_unsafe",
            "the XML declares a document type (DOCTYPE), which may hide entities or references "
            "to other files: export it again without one",
        )


def release(element: etree._Element) -> None:
    """Give back the memory of an element that has been used, and of those before it."""
    parent = element.getparent()
    element.clear(keep_tail=False)
    while parent is not None and element.getprevious() is not None:
        del parent[0]
