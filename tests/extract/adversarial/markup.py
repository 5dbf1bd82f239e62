"""Tables in HTML and in the XML of Excel 2003, as intranets export them under the name .xls."""

from tests.extract.adversarial.case import Case, Expected, either, flagged, loads, refused, usd
from tests.extract.adversarial.files import HEADER, PLAIN, PLAIN_TOTAL, html, record, table

READ = loads(usd(PLAIN_TOTAL), 3)
ROWS = table(PLAIN)
LAYOUT = "<table><tr><td>Home</td><td>Logout</td></tr></table>"


def _case(case_id: str, nasty: str, content: bytes, expected: Expected = READ) -> Case:
    return Case(f"markup-{case_id}", nasty, content, expected, "approvals.xls")


def _inner(rows: list[list[object]]) -> str:
    """Return the table alone."""
    return html(rows).decode().split("<body>")[1].split("</body>")[0]


def _page(case_id: str, nasty: str, old: str, new: str, expected: Expected = READ) -> Case:
    content = html(ROWS).decode()
    assert old in content
    return _case(case_id, nasty, content.replace(old, new).encode(), expected)


def _cell(kind: str, value: object, attributes: str = "") -> str:
    return f'<Cell{attributes}><Data ss:Type="{kind}">{value}</Data></Cell>'


def _xml_sheet(rows: list[list[object]]) -> bytes:
    """Return an XML Spreadsheet 2003."""
    body = "".join(
        "<Row>"
        + "".join(
            _cell("Number" if place and position == 6 else "String", value)
            for position, value in enumerate(row)
        )
        + "</Row>"
        for place, row in enumerate(rows)
    )
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="A &amp; B"><Table>{body}</Table></Worksheet></Workbook>'
    ).encode()


XML_ROWS = _xml_sheet(ROWS)

CASES = [
    _case("layout-tables", "a table for the menu before the list", html(ROWS, before=LAYOUT)),
    _case("two-tables", "two lists in one page",
          html(ROWS, after=_inner([ROWS[0], record(4, "10.00")])),
          loads(usd("251088.75"), 4)),
    _case("layout-around", "the list inside a cell of a table for the layout",
          html([["Menu", _inner(ROWS)]])),
    _case("summary-table", "a table of sums by donor before the list",
          html(ROWS, before="<table><tr><td>Donor</td><td>Amount</td></tr>"
                            "<tr><td>Sweden</td><td>1000.50</td></tr></table>")),
    _page("row-span", "the donor spans two rows", "<td>Sweden</td>",
          "<td rowspan=2>Sweden</td>", flagged(usd(PLAIN_TOTAL), usd("1078.75"))),
    _case("row-span-right", "the donor spans three rows, as it should",
          html([ROWS[0], ROWS[1], *([*row[:2], "@", *row[3:]] for row in ROWS[2:])])
          .replace(b"<td>@</td>", b"").replace(b"<td>Sweden", b"<td rowspan='3'>Sweden"),
          loads(usd(PLAIN_TOTAL), 3, donor_name=("Sweden",) * 3)),
    _case("column-span", "a title over all columns",
          html([["@"], *ROWS]).replace(b"<td>@", b"<td colspan=8>Approvals, March")),
    _case("column-span-million", "a cell that spans a million columns",
          html([["@"], *ROWS]).replace(b"<td>@", b"<td colspan=1000000>Approvals"),
          either(usd(PLAIN_TOTAL))),
    _case("entities", "entities and markup inside cells",
          html(ROWS).replace(b"Sweden", b"<b>C&ocirc;te&nbsp;d&#39;Ivoire</b>"),
          loads(usd(PLAIN_TOTAL), 3, donor_name=("Côte d'Ivoire", "Japan", "Spain"))),
    _page("no-break-space-amount", "thousands parted by &nbsp;", "250000.00",
          "250&nbsp;000.00"),
    _page("break-in-amount", "a line break between the amount and a note", "250000.00",
          "250000.00<br>(est. 2)", flagged(usd("1078.75"), usd(PLAIN_TOTAL), refusal=False)),
    _page("hidden-cell", "an invisible span in a cell", "250000.00",
          '<span style="display:none">9</span>250000.00',
          flagged(usd("1078.75"), usd(PLAIN_TOTAL), refusal=False)),
    _page("hidden-row", "a row that the browser does not show", "<tr><td>RAS/06/03/X",
          '<tr style="display:none"><td>RAS/06/03/X', flagged(usd("251000.50"), usd(PLAIN_TOTAL))),
    _page("script", "a script in a cell", "Decent jobs 2",
          "<script>document.write('x')</script>Decent jobs 2"),
    _page("unclosed", "cells and rows that are never closed", "</td>", ""),
    _page("comment", "a row that is commented out", "<tr><td>RAS/06/03/X",
          "<!-- <tr><td>OLD</td><td>x</td><td>Norway</td><td>x</td><td>2006-03-11</td><td>USD</td>"
          "<td>9</td><td>Local</td></tr> --><tr><td>RAS/06/03/X"),
    _page("excel-numbers", "Excel keeps the true number in an attribute", "<td>250000.00</td>",
          "<td x:num='250000'>250 000,00</td>", either(usd(PLAIN_TOTAL), usd("1078.75"))),
    _case("cp1252", "the page says Windows-1252, and is",
          html(ROWS).replace(b'charset="utf-8"', b'charset="windows-1252"')
          .replace(b"Sweden", b"Su\xe8de"),
          loads(usd(PLAIN_TOTAL), 3, donor_name=("Suède", "Japan", "Spain"))),
    _case("charset-lies", "the page says ISO-8859-1 and is UTF-8",
          html(ROWS).replace(b'charset="utf-8"', b'charset="iso-8859-1"')
          .replace(b"Sweden", "Suède".encode()),
          loads(usd(PLAIN_TOTAL), 3)),
    _case("login", "a page that asks to log in",
          b"<html><body><form>User <input name=u> <input type=submit></form></body></html>",
          refused()),
    _case("frameset", "a workbook saved as a page, its sheets in other files",
          b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><frameset rows="*,39">'
          b'<frame src="a_files/sheet001.htm"></frameset></html>', refused()),
    _case("xml-2003", "XML of Excel 2003", XML_ROWS),
    _case("xml-2003-index", "cells that skip columns by their index",
          XML_ROWS.replace(b"<Row><Cell>", b'<Row><Cell ss:Index="3">'), READ),
    _case("xml-2003-hidden", "a hidden sheet in the XML of Excel 2003",
          XML_ROWS.replace(
              b"</Worksheet></Workbook>",
              b'</Worksheet><Worksheet ss:Name="Old"><Table>' + "".join(
                  "<Row>" + "".join(_cell("String", cell) for cell in row) + "</Row>"
                  for row in ([*HEADER], record(9, "999.00"))).encode()
              + b"</Table><x:WorksheetOptions xmlns:x='urn:schemas-microsoft-com:office:excel'>"
                b"<x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>"),
          READ),
    _case("xml-2003-cut", "the XML ends in the middle", XML_ROWS[:-300],
          flagged(usd("251000.50"))),
    _case("xml-unknown", "XML that nobody knows",
          b"<?xml version='1.0'?><approvals><approval donor='Norway' amount='5'/></approvals>",
          either(usd("5.00"))),
]  # fmt: skip
