"""Clean tables, and each way in which exports are polluted, with the rows that must come back.

Our own generator, after the kinds of pollution that Vitagliano et al. (Pollock, VLDB 2023) found in
public files: the same file once for each row and cell where the damage can sit.
"""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass

Rows = list[list[str]]
EOL = "\r\n"


@dataclass(frozen=True, slots=True)
class Polluted:
    """One file and what a reader must make of it."""

    name: str
    content: bytes
    rows: Rows
    weight: float = 1.0


def shop_table(count: int = 84) -> Rows:
    """Return a shop's sales: dates, times, codes, prices, short and long texts, some quoted."""
    pick = random.Random(7)  # noqa: S311 - a table, no secret
    kinds = ["Trail Shoes", "Rain Jacket, Hooded", "Kids' Hat", 'Table, Round 48"', "Wool Socks"]
    texts = [
        "Light and quick, made for long days on wet ground.",
        "This plain vest packs small and dries fast",
        'Crisp action in an 8\\\'9" rod, designed for "all" waters.',
        "The warmth of wool, in a no-show style. Won't slip",
        "A first layer against the cold",
    ]
    rows = [
        ["DATE", "TIME", "Qty", "PRODUCTID", "Price", "ProductType", "Description", "URL", "New"]
    ]
    for index in range(count - 1):
        code = f"{pick.choice(['MG', 'RI', 'CC', 'YY'])}-{pick.randint(1000, 9999)}"
        rows.append(
            [
                f"{index % 28 + 1:02d}/{index // 28 + 1:02d}/2018",
                f"{index % 24:02d}:{index % 4 * 15:02d}",
                str(pick.randint(0, 30)),
                code,
                f"{pick.randint(90, 9999) / 100:.2f}",
                pick.choice(kinds),
                pick.choice(texts),
                f"http://shop.example/{code.lower()}.html" if index % 9 else "",
                str(index % 2),
            ]
        )
    return rows


def approvals_table(count: int = 60) -> Rows:
    """Return an office's approvals: symbols, donors, decimals, an optional column."""
    pick = random.Random(8)  # noqa: S311 - a table, no secret
    donors = ["Norway", "European Union", "Netherlands, The", "Private sector"]
    rows = [["Project symbol", "Title", "Donor", "Approval date", "Currency", "Amount", "Note"]]
    rows.extend(
        [
            f"JOR/{index % 20:02d}/{index % 90 + 10}/NLD",
            f"Decent work phase {index % 5}" if index % 3 else "Skills, jobs and growth",
            pick.choice(donors),
            f"2006-{index % 12 + 1:02d}-{index % 28 + 1:02d}",
            pick.choice(["USD", "EUR", "NOK"]),
            f"{pick.randint(1000, 9_999_999) / 100:.2f}",
            "see file" if index % 4 == 0 else "",
        ]
        for index in range(count - 1)
    )
    return rows


def written(
    cells: list[str],
    delimiter: str = ",",
    quote: str = '"',
    escape: str | None = None,
    eol: str = EOL,
    needs: str = ",",
) -> str:
    """Return one record; a cell with a comma or a quote at hand is quoted."""
    return delimiter.join(quoted(cell, quote, escape, needs) for cell in cells) + eol


def quoted(cell: str, quote: str = '"', escape: str | None = None, needs: str = ",") -> str:
    """Return a cell as written in a file."""
    mark = '"' if escape is None else escape
    if needs in cell or '"' in cell or "\n" in cell:
        return quote + cell.replace('"', mark + '"') + quote
    return cell


def text_of(rows: Rows, **how: str) -> str:
    """Return a whole file."""
    return "".join(written(row, **how) for row in rows)


def file_pollutions(rows: Rows) -> Iterator[Polluted]:
    """Yield the damages of a whole file, weighted by how often public files have them."""
    plain, width = text_of(rows), len(rows[0])

    def polluted(name: str, text: str, expected: Rows = rows, weight: float = 1) -> Polluted:
        return Polluted(f"file_{name}", text.encode(), expected, weight)

    doubled = [f"{cell} {cell}" for cell in rows[0]]
    trebled = [f"{cell} {cell} {cell}" for cell in rows[0]]
    header = written(rows[0])
    yield polluted("source", plain)
    yield polluted("no_payload", "", [], 15)
    yield polluted("no_trailing_newline", plain.removesuffix(EOL), weight=184)
    yield polluted("double_trailing_newline", plain + EOL, weight=5)
    yield polluted("no_header", text_of(rows[1:]), rows[1:], 470)
    yield polluted("header_multirow_2", header + plain, [doubled, *rows[1:]], 47)
    yield polluted("header_multirow_3", header * 2 + plain, [trebled, *rows[1:]], 47)
    commas = "," * (width - 1)
    yield polluted("preamble", f"PREAMBLE{commas}{EOL}{commas}{EOL}{plain}", weight=282)
    yield polluted("preamble_bare", f"Report of 2006{EOL}{EOL}{plain}", weight=20)
    yield polluted("footnote", f"{plain}Source: the office{EOL}", weight=20)
    yield polluted("footnote_delimited", f"{plain}{commas}{EOL}FOOTNOTE{commas}{EOL}", weight=20)
    yield polluted("multitable_same", plain + plain, weight=63)
    less = [row[:-1] for row in rows]
    more = [[*row, "col1" if not index else row[-1]] for index, row in enumerate(rows)]
    yield polluted("multitable_less", plain + text_of(less), weight=63)
    yield polluted("multitable_more", plain + text_of(more), weight=63)
    yield polluted("header_only", header, rows[:1], 3)
    yield polluted("one_data_row", text_of(rows[:2]), rows[:2], 4)
    yield polluted("record_delimiter_cr", text_of(rows, eol="\r"), weight=7)
    yield polluted("record_delimiter_lf", text_of(rows, eol="\n"), weight=1691)
    yield polluted("field_delimiter_tab", text_of(rows, delimiter="\t"), weight=4)
    yield polluted("field_delimiter_semicolon", text_of(rows, delimiter=";"), weight=834)
    yield polluted("field_delimiter_pipe", text_of(rows, delimiter="|"), weight=4)
    yield polluted("field_delimiter_space", text_of(rows, delimiter=" "), weight=4)
    yield polluted("field_delimiter_space_quoted", text_of(rows, delimiter=" ", needs=" "))
    yield polluted("field_delimiter_comma_space", text_of(rows, delimiter=", "), weight=101)
    yield polluted("quotation_char_apostrophe", text_of(rows, quote="'"), weight=11)
    yield polluted("escape_char_backslash", text_of(rows, escape="\\"))
    yield polluted("escape_char_none", text_of(rows, escape=""), weight=7)


def row_pollutions(rows: Rows) -> Iterator[Polluted]:
    """Yield the damages of one row, once for each row and cell."""
    lines = [written(row) for row in rows]
    for number, row in enumerate(rows):
        cells = [quoted(cell) for cell in row]
        for column in range(len(row)):
            head, tail = cells[:column], cells[column:]
            more = ",".join([*head, "", *tail])
            yield _damaged(f"row_more_sep_{number}_{column}", lines, number, more, rows, 0.37)
            if column:
                less = ",".join(head) + ",".join(tail)
                yield _damaged(f"row_less_sep_{number}_{column}", lines, number, less, rows, 0.37)
            extra = list(cells)
            inner = extra[column].startswith('"')
            extra[column] = f'"{extra[column]}' if not inner else f'""{extra[column][1:]}'
            expected = [list(other) for other in rows]
            expected[number][column] = '"' + row[column]
            text = ",".join(extra)
            yield _damaged(f"row_extra_quote_{number}_{column}", lines, number, text, expected, 0.1)
        spaced = " ".join(cells)
        yield _damaged(f"row_field_delimiter_{number}_space", lines, number, spaced, rows, 0.1)


def _damaged(
    name: str, lines: list[str], number: int, text: str, expected: Rows, weight: float
) -> Polluted:
    content = "".join([*lines[:number], text + EOL, *lines[number + 1 :]])
    return Polluted(name, content.encode(), expected, weight)


def as_csv(rows: Rows) -> str:
    """Return rows as the csv module writes them."""
    target = io.StringIO(newline="")
    csv.writer(target).writerows(rows)
    return target.getvalue()
