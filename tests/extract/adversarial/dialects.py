"""Text in every dialect: what parts the cells, quotes them and ends the lines."""

from tests.extract.adversarial.case import Case, clean, either, flagged, loads, refused, usd
from tests.extract.adversarial.files import HEADER, PLAIN, PLAIN_TOTAL, csv, lines, plain, table

ALL = clean(usd(PLAIN_TOTAL), 3)
READ = loads(usd(PLAIN_TOTAL), 3)
COMMA_TITLES = ("Jobs, skills and rights", "Labour law; wages", "Child labour, phase 2")
ROWS = table(PLAIN)
TITLED = [
    ROWS[0],
    *([row[0], title, *row[2:]] for row, title in zip(ROWS[1:], COMMA_TITLES, strict=True)),
]


def _titled(title: str, **how: object) -> bytes:
    rows = table(PLAIN)
    rows[2][1] = title
    return csv(rows, **how)  # type: ignore[arg-type]


CASES = [
    Case("dialect-comma", "nothing", plain(), ALL),
    Case("dialect-semicolon", "semicolons", plain(delimiter=";"), ALL),
    Case("dialect-tab", "tabs", plain(delimiter="\t"), ALL, "approvals.txt"),
    Case("dialect-pipe", "vertical bars", plain(delimiter="|"), ALL),
    Case("dialect-comma-space", "comma and space", plain(delimiter=", "), ALL),
    Case("dialect-comma-space-quoted", "comma, space, quote", csv(TITLED, delimiter=", "), ALL),
    Case("dialect-single-quotes", "commas inside single quotes", csv(TITLED, quote="'"), ALL),
    Case("dialect-all-single-quoted", "every cell in '", plain(quote="'", quote_all=True), ALL),
    Case("dialect-all-quoted", "every cell quoted", plain(quote_all=True, delimiter=";"), ALL),
    Case("dialect-tab-unquoted-commas", "commas in cells", csv(TITLED, delimiter="\t"), ALL),
    Case(
        "dialect-doubled-quotes",
        "doubled quotes in a title",
        _titled('The "Better Work" programme, phase 2'),
        clean(
            usd(PLAIN_TOTAL),
            3,
            project_title=(
                "Decent jobs 1",
                'The "Better Work" programme, phase 2',
                "Decent jobs 3",
            ),
        ),
    ),
    Case(
        "dialect-backslash-quotes",
        "quotes escaped by a backslash beside a comma",
        csv(TITLED).replace(b'"Child labour, phase 2"', b'"The \\"Work\\", phase 2"'),
        loads(usd(PLAIN_TOTAL), 3, project_title=(*COMMA_TITLES[:2], 'The "Work", phase 2')),
    ),
    Case("dialect-crlf", "CRLF", plain(end="\r\n"), ALL),
    Case("dialect-cr", "CR alone, as an old Mac writes", plain(end="\r"), ALL),
    Case(
        "dialect-mixed-ends",
        "CRLF, LF and CR in one file",
        plain(end="\n").replace(b"\n", b"\r\n", 1).replace(b"Local\n", b"Local\r", 1),
        READ,
    ),
    Case("dialect-cr-cr-lf", "CR CR LF, from a twice translated file", plain(end="\r\r\n"), READ),
    Case("dialect-no-last-end", "last line without an end", plain(delimiter=";").rstrip(), ALL),
    Case("dialect-sep-semicolon", "Excel's hint line", b"sep=;\r\n" + plain(delimiter=";"), READ),
    Case(
        "dialect-sep-lies-not",
        "sep=, while semicolons fill the titles",
        b"sep=,\n" + csv([ROWS[0], *([row[0], "a;b;c;d;e;f;g;h;i", *row[2:]] for row in ROWS[1:])]),
        READ,
    ),
    Case(
        "dialect-sep-tab-utf16",
        "hint line with a tab in UTF-16",
        ("sep=\t\r\n" + lines(ROWS, delimiter="\t", end="\r\n")).encode("utf-16"),
        READ,
    ),
    Case(
        "dialect-newline-in-title",
        "a line break inside quotes",
        _titled("Decent work\nfor domestic workers"),
        loads(usd(PLAIN_TOTAL), 3),
    ),
    Case(
        "dialect-newline-in-header",
        "a line break inside a quoted header",
        csv([[*HEADER[:6], "Amount\n(approved)", HEADER[7]], *ROWS[1:]]),
        READ,
    ),
    Case(
        "dialect-lines-quoted-whole",
        "each line quoted as one cell, its quotes doubled",
        csv([[line] for line in csv(TITLED).decode().splitlines()], quote_all=True),
        either(usd(PLAIN_TOTAL)),
    ),
    Case(
        "dialect-decimal-comma-semicolon",
        "decimal commas between semicolons",
        csv(table(("1000,50", "250000,00", "78,25")), delimiter=";"),
        ALL,
    ),
    Case(
        "dialect-decimal-comma-quoted",
        "quoted decimal commas between commas",
        csv(table(("1.000,50", "250.000,00", "78,25"))),
        ALL,
    ),
    Case(
        "dialect-decimal-comma-unquoted",
        "decimal commas not quoted in a comma file: every row has a cell too many",
        csv(table(("1000.50", "250000.00", "78.25")))
        .replace(b".50,", b",50,")
        .replace(b".00,", b",00,")
        .replace(b".25,", b",25,"),
        either(usd(PLAIN_TOTAL)),
    ),
    Case(
        "dialect-decimal-comma-unquoted-once",
        "one decimal comma not quoted",
        plain().replace(b"250000.00", b"250000,00"),
        flagged(usd(PLAIN_TOTAL), usd("1078.75")),
    ),
    Case(
        "dialect-thousands-comma-unquoted",
        "a comma between thousands not quoted: 250 and 000",
        plain().replace(b"250000.00", b"250,000"),
        flagged(usd(PLAIN_TOTAL), usd("1078.75")),
    ),
    Case(
        "dialect-trailing-delimiter",
        "a semicolon ends each line",
        plain(delimiter=";", end=";\n"),
        READ,
    ),
    Case(
        "dialect-trailing-delimiter-data",
        "a comma ends each row but not the header",
        plain(end=",\n").replace(b"Local),\n", b"Local)\n"),
        READ,
    ),
    Case(
        "dialect-unquoted-delimiter-in-title",
        "a comma in a title that is not quoted moves the row's cells by one",
        plain().replace(b"Decent jobs 2", b"Decent jobs, skills"),
        flagged(usd(PLAIN_TOTAL), usd("1078.75")),
    ),
    Case(
        "dialect-more-commas-than-semicolons",
        "far more commas in the titles than semicolons",
        csv(
            [ROWS[0], *([row[0], "a, b, c, d, e, f, g, h, i, j, k", *row[2:]] for row in ROWS[1:])],
            delimiter=";",
        ),
        ALL,
    ),
    Case(
        "dialect-fixed-width",
        "columns of fixed width, no delimiter",
        "".join("".join(f"{cell!s:<36}" for cell in row) + "\n" for row in ROWS).encode(),
        either(usd(PLAIN_TOTAL)),
    ),
    Case(
        "dialect-inch-mark",
        "a lone quote inside a cell",
        plain().replace(b"Decent jobs 2", b'Pipes of 12" for camps'),
        READ,
    ),
    Case(
        "dialect-unclosed-quote",
        "a quote that opens and never closes swallows the rest",
        plain().replace(b"Decent jobs 2", b'"Decent jobs 2'),
        flagged(usd(PLAIN_TOTAL), usd("1000.50"), usd("1078.75")),
    ),
    Case("dialect-dos-end-of-file", "Ctrl-Z at the end", plain(end="\r\n") + b"\x1a", READ),
    Case("dialect-blank-lines", "an empty line after each", plain(end="\n\n"), READ),
    Case(
        "dialect-spaces-around",
        "cells padded with spaces",
        csv([[f"  {cell}   " for cell in row] for row in ROWS], delimiter=";"),
        READ,
    ),
    Case("dialect-no-delimiter", "one column", b"Amount\n100\n200\n300\n", refused()),
    Case(
        "dialect-excel-text-formula",
        'cells as ="text", which keeps zeros for Excel',
        csv(ROWS).replace(b"RAS/06/02/X", b'="RAS/06/02/X"').replace(b"250000.00", b'="250000.00"'),
        either(usd(PLAIN_TOTAL), usd("1078.75"), refusal=False),
    ),
    Case(
        "dialect-comments",
        "lines that begin with #",
        b"# exported by ProDoc 4.1\n# office: Hanoi\n" + plain(delimiter=";", quote_all=True),
        READ,
    ),
]
