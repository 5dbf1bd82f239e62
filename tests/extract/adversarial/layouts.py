"""Where the table stands in a text file, and what stands around and between its rows."""

from typing import Any

from tests.extract.adversarial.case import Case, Expected, either, flagged, loads, refused, usd
from tests.extract.adversarial.files import HEADER, PLAIN, PLAIN_TOTAL, csv, lines, record, table

ROWS = table(PLAIN)
READ = loads(usd(PLAIN_TOTAL), 3)
WIDTH = len(HEADER)


def _row(*cells: Any) -> list[Any]:
    """Return a row as wide as the table with these first cells."""
    return [*cells, *[""] * (WIDTH - len(cells))]


def _case(case_id: str, nasty: str, content: bytes, expected: Expected = READ) -> Case:
    return Case(f"layout-{case_id}", nasty, content, expected)


def _swap(rows: list[list[Any]], *order: int) -> list[list[Any]]:
    return [[row[place] for place in order] for row in rows]


CASES = [
    _case("title-block", "four lines of title, two of them blank",
          csv([["Approvals of March 2006"], [], ["Office: Hanoi", "Tel. +84 4 3734"], [], *ROWS])),
    _case("title-block-padded", "title lines padded to the width of the table",
          csv([_row("Approvals of March 2006"), _row(), _row("Printed", "2006-04-02"), *ROWS])),
    _case("note-with-numbers", "a note above with a date and an amount",
          csv([["Budget ceiling 2006:", "5,000,000.00", "31/12/2006"], [], *ROWS])),
    _case("long-preamble", "forty lines of notes",
          csv([*([f"Note {n}: see the guidelines"] for n in range(40)), *ROWS])),
    _case("two-header-rows", "a header over two rows",
          csv([["Project", "", "Funding", "", "Approval", "", "", "Funding Channel"],
               ["Code", "Title", "Donor", "Recipient", "Date", "Currency", "Amount",
                "(Central or Local)"], *ROWS[1:]])),
    _case("column-numbers", "(1) (2) (3) below the header",
          csv([ROWS[0], [f"({n})" for n in range(1, WIDTH + 1)], *ROWS[1:]])),
    _case("types-below-header", "a line of types below the header",
          csv([ROWS[0], ["text", "text", "text", "text", "date", "text", "number", "text"],
               *ROWS[1:]]), flagged(usd(PLAIN_TOTAL), refusal=False)),
    _case("repeated-header", "the header again on each page",
          csv([*ROWS[:2], ["Page 1 of 2"], ROWS[0], *ROWS[2:], ["Page 2 of 2"]])),
    _case("repeated-header-translated", "the second page has French headers",
          csv([*ROWS[:2], ["Code du projet", "Titre", "Bailleur", "Bénéficiaire",
                           "Date d'approbation", "Devise", "Montant", "Canal"], *ROWS[2:]])),
    _case("blank-rows", "blank rows between the rows",
          csv([ROWS[0], _row(), ROWS[1], _row(), _row(), ROWS[2], [], ROWS[3], _row()])),
    _case("thousand-blank-rows", "a thousand blank rows at the end",
          csv([*ROWS, *[_row()] * 1000])),
    _case("blank-columns", "blank columns before, between and after",
          csv([["", *row[:3], "", "", *row[3:], "", "", ""] for row in ROWS])),
    _case("any-order", "columns in another order", csv(_swap(ROWS, 6, 4, 7, 5, 2, 3, 0, 1))),
    _case("fewest-columns", "four columns", csv(_swap(ROWS, 2, 4, 5, 6))),
    _case("footer", "notes, a signature with a date and a page number below",
          csv([*ROWS, _row(), ["Source: ProDoc, all figures provisional"],
               ["Prepared by: N. Tran", "", "", "", "2006-04-02"], ["Page 1 of 1"]])),
    _case("footer-approved-by", "a footer whose date and number stand in the table's columns",
          csv([*ROWS, ["Approved by", "", "", "", "2006-04-02", "", "17", ""]]),
          flagged(usd(PLAIN_TOTAL), refusal=False)),
    _case("count-footer", "number of projects below",
          csv([*ROWS, ["Number of projects:", "", "", "", "", "", "3", ""]]),
          loads(usd(PLAIN_TOTAL), 3)),
    _case("average-footer", "the average below",
          csv([*ROWS, ["Average", "", "", "", "", "USD", "83692.92", ""]]),
          loads(usd(PLAIN_TOTAL), 3)),
    _case("stacked-same-header", "two tables one below the other, the same header",
          csv([["Local"], *ROWS[:2], [], ["Central"], ROWS[0], *ROWS[2:]])),
    _case("stacked-other-order", "the second table has its columns in another order",
          csv([*ROWS[:2], [], _swap(ROWS, 4, 6, 5, 2, 0, 1, 3, 7)[0],
               *_swap(ROWS[2:], 4, 6, 5, 2, 0, 1, 3, 7)])),
    _case("stacked-other-unit", "the second table is in thousands of euros",
          csv([*ROWS, [], ["Project Code", "Donor", "Approval Date", "Amount (EUR thousands)"],
               ["P9", "Spain", "2006-03-20", "2.5"]]),
          loads({"USD": PLAIN_TOTAL, "EUR": "2500.00"}, 4)),
    _case("stacked-summary", "a summary by donor below the table",
          csv([*ROWS, [], ["Summary by donor"], ["Donor", "Amount"], ["Sweden", "1000.50"],
               ["Japan", "250000.00"], ["Spain", "78.25"], ["Total", PLAIN_TOTAL]]),
          loads(usd(PLAIN_TOTAL), 3)),
    _case("summary-first", "the summary by donor stands above the table",
          csv([["Donor", "Amount"], ["Sweden", "1000.50"], ["Japan", "250000.00"],
               ["Total", PLAIN_TOTAL], [], *ROWS])),
    _case("side-by-side", "two tables beside each other",
          csv([[*row, "", *other] for row, other in
               zip(_swap(ROWS[:3], 2, 4, 5, 6), _swap([ROWS[0], ROWS[3], [""] * 8], 2, 4, 5, 6),
                   strict=True)])),
    _case("section-rows", "the donor stands in a line above its rows, not in a column",
          csv([["Project Code", "Approval Date", "Currency", "Amount"], ["Norway"],
               ["P1", "2006-03-11", "USD", "10.00"], ["Sweden"],
               ["P2", "2006-03-12", "USD", "20.00"]]),
          either(usd("30.00"))),
    _case("section-rows-beside-donor", "a line with the region above its rows",
          csv([ROWS[0], _row("ASIA AND THE PACIFIC"), *ROWS[1:3], _row("AFRICA"), ROWS[3]])),
    _case("donor-once-per-group", "the donor stands in the first row of its group only",
          csv([ROWS[0], *([*row[:2], "Norway" if place == 0 else "", *row[3:]]
                          for place, row in enumerate(ROWS[1:]))]),
          flagged(usd("1000.50"), usd(PLAIN_TOTAL), refusal=False)),
    _case("short-row", "a row without its last, optional cell",
          lines(ROWS).replace("USD,78.25,Local", "USD,78.25").encode(), READ),
    _case("row-without-amount", "a row that ends before the amount",
          lines(ROWS).replace("USD,78.25,Local", "USD").encode(),
          loads(usd("251000.50"), 2, 1)),
    _case("row-too-long", "a row with two cells too many at its end",
          lines(ROWS).replace("USD,78.25,Local", "USD,78.25,Local,extra,99").encode(),
          either(usd(PLAIN_TOTAL), usd("251000.50"), refusal=False)),
    _case("row-shifted-left", "a cell is missing: the amount stands below Currency",
          lines(ROWS).replace("Viet Nam,2006-03-12", "2006-03-12").encode(),
          flagged(usd("1078.75"), usd(PLAIN_TOTAL), refusal=False)),
    _case("row-shifted-digits", "a cell is missing and a year stands below the amount",
          csv([[*HEADER[:6], "Amount", "Year"], *([*row[:7], "2006"] for row in ROWS[1:3]),
               [*ROWS[3][:3], *ROWS[3][4:7], "2006"]]),
          flagged(usd("251000.50"), usd(PLAIN_TOTAL), refusal=False)),
    _case("row-broken-in-title", "an unquoted line break in a title",
          lines(ROWS).replace("Decent jobs 2", "Decent\njobs 2").encode(),
          flagged(usd(PLAIN_TOTAL), usd("1078.75"), refusal=False)),
    _case("row-broken-in-amount", "an unquoted line break inside the amount",
          lines(ROWS).replace("250000.00", "250\n000.00").encode(),
          flagged(usd(PLAIN_TOTAL), usd("1078.75"), refusal=False)),
    _case("two-rows-on-a-line", "a line break is lost between two rows",
          lines(ROWS).replace("Central\n", "Central").encode(),
          flagged(usd(PLAIN_TOTAL), usd("1000.50"), usd("251000.50"), refusal=False)),
    _case("header-behind-150-notes", "the header stands behind 150 notes",
          csv([*([f"Note {n}"] for n in range(150)), *ROWS]), either(usd(PLAIN_TOTAL))),
    _case("header-at-the-end", "the header stands below the rows",
          csv([*ROWS[1:], ROWS[0]]), flagged(usd(PLAIN_TOTAL), {})),
    _case("header-only", "a header without a row", csv([ROWS[0]], delimiter=";"),
          either({}, refusal=True)),
    _case("empty", "no byte", b"", refused("file_empty")),
    _case("blank", "spaces and line ends", b"   \r\n  \n\t\n", refused()),
    _case("mark-alone", "a byte order mark alone", b"\xef\xbb\xbf", refused()),
    _case("delimiters-alone", "semicolons alone", b";;;;\n;;;;\n;;;;\n", refused()),
    _case("prose", "a letter", b"Dear colleague,\n\nplease find attached the list of approvals.\n"
          b"Kind regards,\nThe office\n", refused()),
    _case("sql-dump", "statements of SQL",
          b"INSERT INTO approvals (donor, amount) VALUES ('Norway', 100);\n" * 3, refused()),
    _case("exact-repeats", "the same row three times is three approvals",
          csv([ROWS[0], ROWS[1], ROWS[1], ROWS[1]]), loads(usd("3001.50"), 3)),
    _case("a-fifth-unreadable", "15 of 60 rows have no amount that can be read",
          csv(table(("10.00", "10.00", "10.00", "pending") * 15, day="2006-03-15")),
          refused("too_many_rejects")),
    _case("half-of-few-unreadable", "12 of 24 rows: too few rows to refuse the file",
          csv(table(("10.00", "pending") * 12, day="2006-03-15")), loads(usd("120.00"), 12, 12)),
    _case("formula-injection", "titles that a spreadsheet would run",
          csv([ROWS[0], *([row[0], "=cmd|'/C calc'!A0", *row[2:]] for row in ROWS[1:])]),
          loads(usd(PLAIN_TOTAL), 3, project_title=("=cmd|'/C calc'!A0",) * 3)),
    _case("injection-of-sql-and-jinja", "cells that would do harm in SQL or Jinja",
          csv([ROWS[0], record(1, "7.00", title="'; drop table typed; -- {{ 7*7 }} {% raw %}",
                               donor="Robert'); DROP")]),
          loads(usd("7.00"), 1, donor_name=("Robert'); DROP",))),
]  # fmt: skip
