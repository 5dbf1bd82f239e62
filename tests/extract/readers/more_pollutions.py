"""Further ways in which exports are polluted, that the list in `pollutions.py` does not have.

After the survey of public files in the same paper: one row written in another dialect, cut or
padded; marks, margins and blanks of a whole file; rows with a name alone at the end of the table.
"""

from collections.abc import Callable, Iterator

from tests.extract.readers.pollutions import EOL, Polluted, Rows, quoted, text_of, written

NOTE = "Source: the office, page 5"
LONG_TEXT = "and so on, " * 900


def survey_pollutions(rows: Rows) -> Iterator[Polluted]:
    """Yield the damages of a whole file, with the rows that must come back."""
    plain, width = text_of(rows), len(rows[0])
    header, data = written(rows[0]), text_of(rows[1:])
    commas = "," * (width - 1)
    alone = [["X" + row[0], *[""] * (width - 1)] for row in rows[-2:]]
    long = [*rows[:-1], [*rows[-1][:-2], LONG_TEXT, rows[-1][-1]]]
    lined = [[row[0], *(cell.replace(", ", ",\n") for cell in row[1:])] for row in rows]
    texts: tuple[tuple[str, str, Rows], ...] = (
        ("byte_order_mark", "\ufeff" + plain, rows),
        ("comments", f"# made by a tool, version 2{EOL}# {NOTE}{EOL}{plain}", rows),
        ("keys_and_values", f"Office,Amman{EOL}Printed,2006-04-01{EOL}{EOL}{plain}", rows),
        ("blank_rows_inside", header + EOL + data.replace(EOL, EOL * 2, 3), rows),
        ("blank_rows_above", EOL * 3 + plain, rows),
        ("blank_delimited_rows_below", plain + (commas + EOL) * 40, rows),
        ("notes_below_a_blank", f"{plain}{EOL}{NOTE}{EOL}1. Net amounts{EOL}", rows),
        ("note_as_wide_as_the_table", f"{plain}{NOTE.replace(',', '')}{commas}{EOL}", rows),
        ("every_cell_quoted", _all_quoted(rows, ","), rows),
        ("every_cell_quoted_semicolons", _all_quoted(rows, ";"), rows),
        ("another_table_below", f"{plain}{EOL}Month,Rate{EOL}{_rates()}", rows),
        ("longest_cell", text_of(long), long),
        ("line_breaks_in_cells", text_of(lined), lined),
        ("mixed_line_ends", header + data.replace(EOL, "\n", len(rows) // 2), rows),
        ("names_alone_at_the_end", plain + text_of(alone), [*rows, *alone]),
        ("sep_hint", f"sep=;{EOL}" + text_of(rows, delimiter=";", needs=";"), rows),
        ("tabs_in_a_csv", text_of(rows, delimiter="\t", needs="\t"), rows),
    )
    for name, text, expected in texts:
        yield Polluted(f"survey_{name}", text.encode(), expected)
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        yield Polluted(f"survey_{encoding}", plain.encode(encoding), rows)


def dialect_pollutions(rows: Rows) -> Iterator[Polluted]:
    """Yield files of which one row is written otherwise, cut or padded, once for each row."""
    ways: tuple[tuple[str, Callable[[list[str]], str]], ...] = (
        ("semicolon", lambda row: written(row, delimiter=";", needs=";")),
        ("tab", lambda row: written(row, delimiter="\t", needs="\t")),
        ("pipe", lambda row: written(row, delimiter="|", needs="|")),
        ("every_cell_quoted", lambda row: _all_quoted([row], ",")),
        ("trailing_delimiter", lambda row: written(row).removesuffix(EOL) + "," + EOL),
        ("backslash", lambda row: written(row, escape="\\")),
        ("undoubled", lambda row: written(row, escape="")),
        ("apostrophes", lambda row: written(row, quote="'")),
    )
    lines = [written(row) for row in rows]
    for number, row in enumerate(rows):
        for name, way in ways:
            if name in ("apostrophes", "backslash", "undoubled") and '"' in "".join(row):
                continue
            text = "".join([*lines[:number], way(row), *lines[number + 1 :]])
            yield Polluted(f"row_{name}_{number}", text.encode(), rows)
        if number:
            yield from _cut_or_padded(rows, lines, number)


def _cut_or_padded(rows: Rows, lines: list[str], number: int) -> Iterator[Polluted]:
    """Yield files of which one row lacks its last cells, or has one more with words."""
    short = rows[number][: len(rows[0]) // 2]
    surplus = [*rows[number][:-1], "", "extra words"]
    quoted_empty = ",".join([*map(quoted, surplus[:-2]), '""', "extra words"]) + EOL
    for name, cells, line in (
        ("missing_cells", short, written(short)),
        ("surplus_cell", surplus, quoted_empty),
    ):
        text = "".join([*lines[:number], line, *lines[number + 1 :]])
        expected = [*rows[:number], cells, *rows[number + 1 :]]
        yield Polluted(f"row_{name}_{number}", text.encode(), expected)


def _all_quoted(rows: Rows, delimiter: str) -> str:
    return "".join(
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) + EOL for row in rows
    )


def _rates() -> str:
    return "".join(f"2016-{month:02d},{month}.5{EOL}" for month in range(1, 9))
