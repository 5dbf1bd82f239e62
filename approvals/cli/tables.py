"""Tables: as wide as the terminal; elsewhere a line for each row, for `grep`, `less -S` and mail.

A terminal folds what it has no room for. Whoever reads a pipe has no width, and a row that is
folded there is lost to whatever looks at lines: each column is as wide as its longest cell.
"""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

BETWEEN = "  "
LINE_BREAK = "␊"
"""How a line break inside a cell is shown where a row is a line."""


def print_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[Text]],
    *,
    header_style: str = "bold",
    to_errors: bool = False,
) -> None:
    """Print a table with a line of headers.

    Args:
        columns: the headers.
        rows: for each row a cell for each column.
        header_style: how a terminal shows the headers.
        to_errors: to standard error instead of standard output.
    """
    console = Console(stderr=to_errors, highlight=False)
    if not console.is_terminal:
        for line in _lines([columns, *([cell.plain for cell in row] for row in rows)]):
            console.print(Text(line), soft_wrap=True)
        return
    table = Table(box=None, pad_edge=False, header_style=header_style)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _lines(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    shown = [[LINE_BREAK.join(cell.splitlines()) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*shown, strict=True)]
    for row in shown:
        padded = (
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        )
        yield BETWEEN.join(padded).rstrip()
