"""Workbooks: what stands in their cells and parts, and the older and other kinds of them."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import xlsxwriter

from tests.extract.adversarial.case import Case, Expected, either, flagged, loads, refused, usd
from tests.extract.adversarial.files import HEADER, edited, record, stored, table, xlsx

AMOUNTS = (1000.5, 250000, 78.25)
TOTAL = usd("251078.75")
ROWS = table(AMOUNTS)
READ = loads(TOTAL, 3)
LATE = datetime(2006, 3, 11, 23, 59)  # noqa: DTZ001 - a cell has no zone
DAYS = ("2006-03-11", "2006-03-12", "2006-03-13")
SHEET = "xl/worksheets/sheet1.xml"


def _case(
    case_id: str,
    nasty: str,
    build: Callable[[], bytes],
    expected: Expected = READ,
    name: str = "approvals.xlsx",
) -> Case:
    return Case(f"workbook-{case_id}", nasty, build, expected, name)


def _amounts(case_id: str, nasty: str, amounts: tuple[Any, ...], expected: Expected) -> Case:
    return _case(case_id, nasty, xlsx(table(amounts)), expected)


def _cells(place: str, change: Callable[[Any, xlsxwriter.Workbook], None]) -> Callable[[], bytes]:
    """Return the plain workbook with one more change to its sheet; `place` only names it."""
    assert place
    return xlsx(ROWS, change=lambda book: change(book.worksheets()[0], book))


def _dated(*days: Any, options: dict[str, Any] | None = None) -> Callable[[], bytes]:
    rows = [record(n, n * 10, day=day) for n, day in enumerate(days, start=1)]
    return xlsx([list(HEADER), *rows], options=options)


def _sheet_edit(old: str, new: str) -> Callable[[], bytes]:
    return edited(xlsx(ROWS), {SHEET: lambda text: text.replace(old, new)})


CASES = [
    _amounts("float-noise", "0.1 + 0.2 as a machine number", (0.1 + 0.2, 1234567.8900000001),
             loads(usd("1234568.19"), 2)),
    _amounts("text-amounts", "amounts as text, continental", ("1.000,50", "250.000,00"),
             loads(usd("251000.50"), 2)),
    _amounts("text-and-numbers", "text amounts beside true numbers", (1000.5, "250,000.00"),
             loads(usd("251000.50"), 2)),
    _amounts("text-ambiguous", "1.234 as text beside the true number 1.5", (1.5, "1.234"),
             flagged(usd("1.50"), usd("1235.50"), usd("2.73"))),
    _amounts("true-three-decimals", "the true number 1.234 has three decimals and no doubt",
             (1.234, 10.5), loads(usd("11.73"), 2)),
    _amounts("boolean", "TRUE among the amounts", (10, True), flagged(usd("10.00"), refusal=False)),
    _amounts("big-number", "1E+20 among the amounts", (10, 1e20),
             flagged(usd("10.00"), refusal=False)),
    _case(
        "error-cells",
        "#REF! and #DIV/0! among the amounts",
        _cells("errors", lambda sheet, _: [
            sheet.write_formula(2, 6, "=A1/0", None, "#DIV/0!"),
            sheet.write_formula(3, 6, "=#REF!", None, "#REF!")]),
        loads(usd("1000.50"), 1, 2),
    ),
    _case(
        "formula-without-value",
        "a formula that was never calculated is no 0",
        edited(_cells("formula", lambda sheet, _: sheet.write_formula(2, 6, "=5*5", None, 25)),
               {SHEET: lambda text: text.replace("<f>5*5</f><v>25</v>", "<f>5*5</f>")}),
        flagged(usd("1078.75")),
    ),
    _case(
        "percent-format",
        "the amount 0.12 is shown as 12 %",
        _cells("percent", lambda sheet, book: sheet.write_number(
            2, 6, 0.12, book.add_format({"num_format": "0%"}))),
        flagged(usd("1078.75"), usd("1078.87"), refusal=False),
    ),
    _case(
        "thousands-format",
        "the format shows 250 for 250000: the cell holds the amount",
        _cells("thousands", lambda sheet, book: sheet.write_number(
            2, 6, 250000, book.add_format({"num_format": "#,##0,"}))),
        either(TOTAL, refusal=False),
    ),
    _case(
        "currency-format",
        "€ only in the format of the cells, no column of currencies",
        xlsx(
            [["Project Code", "Donor", "Approval Date", "Amount"],
             ["P1", "Norway", date(2006, 3, 11), None]],
            change=lambda book: book.worksheets()[0].write_number(
                1, 3, 1000.5, book.add_format({"num_format": "#,##0.00 [$€-407]"}))),
        either({"EUR": "1000.50"}),
    ),
    _case("true-dates", "true dates", _dated(*(date(2006, 3, d) for d in (11, 12, 13))),
          loads(usd("60.00"), 3, approval_date=DAYS)),
    _case("true-dates-1904", "true dates counted from 1904",
          _dated(*(date(2006, 3, d) for d in (11, 12, 13)), options={"date_1904": True}),
          loads(usd("60.00"), 3, approval_date=DAYS)),
    _case("serial-numbers", "dates as bare numbers", _dated(38787, 38788, 38789),
          flagged(usd("60.00"))),
    _case("serial-numbers-1904", "dates as bare numbers counted from 1904",
          _dated(37325, 37326, 37328, options={"date_1904": True}), flagged(usd("60.00"))),
    _case("date-times", "true dates with a time", _dated(LATE),
          loads(usd("10.00"), 1, approval_date=DAYS[:1])),
    _case("text-and-true-dates", "dates as text beside true ones",
          _dated(date(2006, 3, 11), "12/03/2006", "13/03/2006"), loads(
              usd("60.00"), 3, approval_date=DAYS)),
    _case("true-date-month-swapped", "03/04/2006 as text beside true dates proves nothing",
          _dated(date(2006, 3, 11), "03/04/2006"), flagged(usd("30.00"), usd("10.00"))),
    _case(
        "carriage-returns",
        "_x000D_ in shared strings is a carriage return",
        edited(xlsx(ROWS), {"xl/sharedStrings.xml": lambda text: text.replace(
            "Decent jobs 1", "Decent_x000D_ jobs 1").replace("Sweden", "Swe_x0064_en")}),
        loads(TOTAL, 3, donor_name=("Sweden", "Japan", "Spain")),
    ),
    _case(
        "rich-text",
        "a donor half in bold",
        _cells("rich", lambda sheet, book: sheet.write_rich_string(
            1, 2, book.add_format({"bold": True}), "Swe", "den")),
        loads(TOTAL, 3, donor_name=("Sweden", "Japan", "Spain")),
    ),
    _case("wrong-dimension", "the sheet says that it ends in B2",
          _sheet_edit('<dimension ref="A1:H4"/>', '<dimension ref="A1:B2"/>')),
    _case("no-dimension", "the sheet does not say where it ends",
          _sheet_edit('<dimension ref="A1:H4"/>', "")),
    _case("no-cell-references", "cells and rows without their references",
          edited(xlsx(ROWS), {SHEET: lambda text: re.sub(
              r'(<(?:c|row)) r="[A-Z]*\d+"', r"\1", text)})),
    _case("no-styles", "no styles in the file", edited(xlsx(ROWS), {"xl/styles.xml": None}),
          either(TOTAL)),
    _case("shared-string-missing", "a cell points behind the last shared string",
          _sheet_edit("<v>8</v>", "<v>4000</v>"), flagged(usd("250078.25"))),
    _case("shared-strings-lost", "the shared strings are gone",
          edited(xlsx(ROWS), {"xl/sharedStrings.xml": None}), refused()),
    _case("sheet-lost", "the sheet is gone", edited(xlsx(ROWS), {SHEET: None}), refused()),
    _case("macros", "macros, which never run",
          edited(xlsx(ROWS), {
              "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 not run",
              "[Content_Types].xml": lambda text: text.replace(
                  "spreadsheetml.sheet.main+xml", "sheet.macroEnabled.main+xml")}),
          either(TOTAL), "approvals.xlsm"),
    _case("external-link", "a link to another workbook is never fetched",
          _cells("link", lambda sheet, _: sheet.write_formula(
              2, 6, "='http://127.0.0.1:9/[x.xlsx]S'!A1", None, 250000))),
    _case("xls", "a workbook of Excel 97", stored("plain.xls"), READ, "approvals.xls"),
    _case("xls-1904", "Excel 97, dates counted from 1904", stored("epoch_1904.xls"),
          loads(usd("60.00"), 3, approval_date=DAYS), "approvals.xls"),
    _case("xls-hidden", "Excel 97, an old list on a hidden sheet", stored("hidden.xls"),
          READ, "approvals.xls"),
    _case("xls-title-total", "Excel 97 with title and total", stored("title_total.xls"), READ,
          "approvals.xls"),
    _case("ods", "OpenDocument", stored("plain.ods"), READ, "approvals.ods"),
    _case("ods-hidden", "OpenDocument, an old list on a hidden sheet", stored("hidden.ods"), READ,
          "approvals.ods"),
    _case("ods-repeats", "OpenDocument that repeats equal rows and blank ones a million times",
          stored("repeats.ods"), loads(usd("300.00"), 3), "approvals.ods"),
    _case("fods", "OpenDocument as one XML file", stored("plain.fods"), either(TOTAL),
          "approvals.fods"),
    _case("xlsb", "a binary workbook", stored("plain.xlsb"), READ, "approvals.xlsb"),
    _case("encrypted", "a workbook with a password", stored("encrypted.xlsx"), refused()),
]  # fmt: skip
