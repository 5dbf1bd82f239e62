"""JSON, JSON Lines and Parquet: typed already, and wrong in ways of their own."""

import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.extract.adversarial.case import Case, Expected, either, flagged, loads, refused, usd
from tests.extract.adversarial.files import HEADER, PLAIN, PLAIN_TOTAL, json_text, objects

READ = loads(usd(PLAIN_TOTAL), 3)
NUMBERS = objects((1000.5, 250000, 78.25))


def _json(
    case_id: str, nasty: str, content: bytes, expected: Expected = READ, name: str = "a.json"
) -> Case:
    return Case(f"json-{case_id}", nasty, content, expected, name)


def _lines(values: list[Any]) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


def parquet_of(amounts: pa.Array, **columns: pa.Array) -> bytes:
    """Return an export of two rows as Parquet, with this column of amounts."""
    plain = {
        "Project Code": pa.array(["P1", "P2"]),
        "Donor": pa.array(["Norway", "Spain"]),
        "Approval Date": pa.array([date(2006, 3, 11), date(2006, 3, 12)]),
        "Currency": pa.array(["USD", "USD"]),
        "Amount": amounts,
    }
    sink = io.BytesIO()
    pq.write_table(pa.table(plain | columns), sink)
    return sink.getvalue()


def _parquet(
    case_id: str, nasty: str, amounts: pa.Array, expected: Expected, **columns: pa.Array
) -> Case:
    content = parquet_of(amounts, **columns)
    return Case(f"parquet-{case_id}", nasty, content, expected, "approvals.parquet")


DECIMALS = pa.array([Decimal("1000.50"), Decimal("0.25")], pa.decimal128(18, 2))
FLOATS = pa.array([1000.5, 0.1 + 0.2])

CASES = [
    _json("numbers", "a list of objects", json_text(NUMBERS)),
    _json("texts", "amounts as text", json_text(objects(PLAIN))),
    _json("continental-texts", "amounts as continental text",
          json_text(objects(("1.000,50", "250.000,00", "78,25")))),
    _json("lines", "an object on each line", _lines(NUMBERS), READ, "a.jsonl"),
    _json("lines-texts", "JSON Lines named .json", _lines(objects(PLAIN))),
    _json("wrapped", "the list under a key beside others",
          json_text({"meta": {"office": "Hanoi", "count": 3}, "data": NUMBERS})),
    _json("wrapped-deeper", "the list two keys deep",
          json_text({"result": {"total": 3, "records": NUMBERS}})),
    _json("mark", "a byte order mark", b"\xef\xbb\xbf" + json_text(NUMBERS)),
    _json("utf16", "UTF-16", json.dumps(NUMBERS).encode("utf-16"), either(usd(PLAIN_TOTAL))),
    _json("keys-differ", "the second object has its keys in another order and one more",
          json_text([NUMBERS[0], {"Extra": 1, **dict(reversed(NUMBERS[1].items()))}, NUMBERS[2]])),
    _json("nested-values", "donor as an object",
          json_text([{**each, "Donor": {"name": each["Donor"], "id": 7}} for each in NUMBERS]),
          either(usd(PLAIN_TOTAL))),
    _json("lists-of-cells", "lists of cells, the header first",
          json_text([list(HEADER), *([*each.values()] for each in NUMBERS)])),
    _json("exponent", "1e3 as a number", json_text(NUMBERS).replace(b"1000.5", b"1.0005e3")),
    _json("many-digits", "more digits than a float holds",
          json_text(objects((1, 2))).replace(b'"Amount": 1,', b'"Amount": 123456789012345.67,')
          .replace(b'"Amount": 2,', b'"Amount": 0.1,'),
          loads(usd("123456789012345.77"), 2)),
    _json("null-and-missing", "null, and a key that is missing",
          json_text([NUMBERS[0], {**NUMBERS[1], "Amount": None},
                     {key: value for key, value in NUMBERS[2].items() if key != "Amount"}]),
          loads(usd("1000.50"), 1, 2)),
    _json("not-a-number", "NaN and Infinity, which JSON does not know",
          json_text(NUMBERS).replace(b"250000", b"NaN").replace(b"78.25", b"Infinity"),
          flagged(usd("1000.50"))),
    _json("key-twice", "the key Amount twice in one object",
          json_text(NUMBERS).replace(b'"Amount": 250000', b'"Amount": 5, "Amount": 250000'),
          flagged(usd("1078.75"))),
    _json("cut", "cut in the middle", json_text(NUMBERS)[:-60], flagged(usd("251000.50"))),
    _json("line-damaged", "one line of three is damaged",
          _lines(NUMBERS).replace(b'"Project Code": "RAS/06/02/X"', b'"Project Code: "RAS'),
          flagged(usd("1078.75")), "a.jsonl"),
    _json("trailing-comma", "a comma behind the last object",
          json_text(NUMBERS)[:-1] + b",]", either(usd(PLAIN_TOTAL))),
    _json("text-after", "a second list behind the first",
          json_text(NUMBERS) + json_text(objects((5,))),
          either({"USD": "251083.75"})),
    _json("scalar", "a number alone", b"42", refused()),
    _json("empty-list", "an empty list", b"[]", refused()),
    _json("empty-object", "an empty object", b"{}", refused()),
    _json("error-page", "what a server says instead of data",
          b'{"error": "token expired", "code": 401}', refused()),
    _json("by-column", "an object of columns",
          json_text({key: [each[key] for each in NUMBERS] for key in HEADER}),
          either(usd(PLAIN_TOTAL))),
    _json("formatted", "one value on each line", json.dumps(NUMBERS, indent=2).encode()),
    _parquet("plain", "nothing", DECIMALS, loads(usd("1000.75"), 2)),
    _parquet("floats", "floats with noise", FLOATS, loads(usd("1000.80"), 2)),
    _parquet("nulls", "a null and no more", pa.array([None, 5.0]), loads(usd("5.00"), 1, 1)),
    _parquet("not-a-number", "NaN and infinity", pa.array([float("nan"), float("inf")]),
             flagged({})),
    _parquet("integers", "integers", pa.array([1000, 25]), loads(usd("1025.00"), 2)),
    _parquet("texts", "amounts as text", pa.array(["1,000.50", "2.25"]),
             loads(usd("1002.75"), 2)),
    _parquet("dictionary", "dictionaries of donors", pa.array([10, 20]), loads(usd("30.00"), 2),
             Donor=pa.array(["Norway", "Norway"]).dictionary_encode()),
    _parquet("timestamps", "timestamps with a zone", pa.array([10, 21]), loads(usd("31.00"), 2),
             **{"Approval Date": pa.array([1142380800000, 1142467200000],
                                          pa.timestamp("ms", tz="UTC"))}),
    _parquet("nested", "a column of lists", pa.array([10, 22]), loads(usd("32.00"), 2),
             Sector=pa.array([["a", "b"], []])),
    _parquet("many-decimals", "decimals with ten places",
             pa.array([Decimal("1.0049999999"), Decimal(2)], pa.decimal128(30, 10)),
             flagged(usd("3.00"), usd("3.01"))),
    Case("parquet-cut", "cut before its end", parquet_of(DECIMALS)[:-100], refused(),
         "approvals.parquet"),
]  # fmt: skip
