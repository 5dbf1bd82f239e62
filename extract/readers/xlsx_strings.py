"""The strings that the cells of an XLSX workbook share: told apart by patterns, not by a parser."""

import re
from itertools import chain, islice

import pyarrow as pa
import pyarrow.compute as pc

from extract.readers.xlsx_forms import IrregularMarkupError
from extract.readers.xlsx_markup import demand
from extract.readers.xlsx_texts import is_plain, meant

ITEM_END = b"</si>"
_PLAIN = re.compile(rb'<si><t(?: xml:space="(preserve)")?>([^<]*)</t></si>')
_PLAIN_TAGS = 4
_ITEM = re.compile(
    rb"""(?:T | <r>(?:<rPr>(?:<[A-Za-z]+[^<>]*/>)*</rPr> | <rPr/>)?T</r>
    | <rPh[ ][^<>]*>T</rPh> | <phoneticPr[^<>]*/>)*""".replace(
        b"T", rb"""(?:<t/>|<t(?:[ ]xml:space="preserve")?>[^<]*</t>)"""
    ),
    re.VERBOSE,
)
_PHONETIC = re.compile(rb"<rPh[ >].*?</rPh>", re.DOTALL)
_RUN = re.compile(rb'<t(?: xml:space="(preserve)")?>([^<]*)</t>')


def shared_strings(content: bytes) -> pa.Array:
    """Return the shared strings in their order.

    Raises:
        IrregularMarkupError: they are written in another way than programs mostly do.
    """
    start, end = content.find(b"<sst"), content.rfind(b"</sst>")
    demand(start >= 0 and is_plain(content))
    items = content[content.find(b">", start) + 1 : end] if end >= 0 else b""
    found = _PLAIN.findall(items)
    if items.count(b"<") == _PLAIN_TAGS * len(found):
        return _texts(found, content)
    runs_of_items = [_runs(item) for item in _items(items)]
    texts = iter(_texts(list(chain.from_iterable(runs_of_items)), content).to_pylist())
    joined = ["".join(islice(texts, len(runs))) for runs in runs_of_items]
    return pa.array(joined, pa.string())


def _items(items: bytes) -> list[bytes]:
    """Return what each item holds; demand that it is text as programs write it."""
    before, *parts = items.replace(b"<si/>", b"<si></si>").split(b"<si>")
    demand(not before and all(part.endswith(ITEM_END) for part in parts))
    inner = [part[: -len(ITEM_END)] for part in parts]
    demand(all(map(_ITEM.fullmatch, inner)))
    return inner


def _runs(item: bytes) -> list[tuple[bytes, bytes]]:
    """Return the runs of text of an item, without how it is pronounced."""
    return _RUN.findall(_PHONETIC.sub(b"", item))


def _texts(runs: list[tuple[bytes, bytes]], content: bytes) -> pa.Array:
    """Return what runs mean, without the blanks around those that do not keep them."""
    try:
        texts = pa.array([text for _, text in runs], pa.binary()).cast(pa.string())
    except pa.ArrowInvalid as error:
        raise IrregularMarkupError from error
    texts = meant(texts, content)
    kept = pa.array([bool(kept) for kept, _ in runs], pa.bool_())
    return pc.if_else(kept, texts, pc.utf8_trim_whitespace(texts))
