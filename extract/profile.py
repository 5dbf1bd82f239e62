"""What the cells of a table need: looked at once, so that clean columns cost nothing.

One scan over all cells says whether anything in the table needs cleaning at all; only where it
does, a second one says which column, and how much.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import duckdb

from extract.values.marks import INVISIBLE

CLEAN, SPACES, MARKS = 0, 1, 2
"""Levels of cleaning: none; outer and repeated spaces; Unicode form and invisible signs too."""

_SEPARATOR = "\\x1f"
_ODD = rf"(?:^|{_SEPARATOR}) |  | (?:{_SEPARATOR}|$)|[^ -~{_SEPARATOR}]"
LARGE = 100_000
"""Rows from which on a table is worth a scan before it is typed."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What each column needs."""

    rows: int
    levels: dict[int, int] = field(default_factory=dict)
    """Column → level of cleaning."""
    machine: frozenset[int] = frozenset()
    """Columns with cells that were numbers or dates of the format itself."""
    has_errors: bool = True
    """Whether some cell may hold a spreadsheet error (`#REF!`, `Err:502`)."""


def profile_cells(connection: duckdb.DuckDBPyConnection, width: int) -> Profile:
    """Return the profile of the table `cells` (`c0` … text, `m0` … optional flags)."""
    names = {row[0] for row in connection.execute("describe cells").fetchall()}
    flags = [position for position in range(width) if f"m{position}" in names]
    cells = ", ".join(f"c{position}" for position in range(width))
    line = f"concat_ws(chr(31), {cells})"
    machine = "".join(f", bool_or(m{position})" for position in flags)
    rows, odd, errors, *machines = _one(
        connection,
        f"select count(*), count(*) filter (regexp_matches({line}, '{_ODD}')), "
        f"count(*) filter (contains({line}, '#') or contains({line}, 'rr:')) {machine} from cells",
    )
    used = frozenset(position for position, found in zip(flags, machines, strict=True) if found)
    levels = _levels(connection, range(width)) if odd else {}
    return Profile(int(rows), levels, used, bool(errors))


def _levels(connection: duckdb.DuckDBPyConnection, columns: Iterable[int]) -> dict[int, int]:
    """Return the level that each column needs."""
    tests = ", ".join(
        f"case when bool_or(regexp_matches(c{n}, '[^\\x00-\\x7f]')) then {MARKS} "
        f"when bool_or(regexp_matches(c{n}, '^ | $|  |[\\x00-\\x1f\\x7f]')) then {SPACES} "
        f"else {CLEAN} end"
        for n in columns
    )
    return dict(enumerate(_one(connection, f"select {tests} from cells")))


def cleaned(cell: str, level: int) -> str:
    """Return SQL for a cell's text, NULL if nothing shows: NFC, no invisible sign, single spaces."""
    if level >= MARKS:
        visible = f"regexp_replace(nfc_normalize({cell}), '[{_class(INVISIBLE)}]', '', 'g')"
        space = r"[\s\x{0085}\x{00a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+"
        return f"nullif(trim(regexp_replace({visible}, '{space}', ' ', 'g')), '')"
    if level == SPACES:
        return rf"nullif(trim(regexp_replace({cell}, '[\s\x00-\x1f\x7f]+', ' ', 'g')), '')"
    return f"nullif({cell}, '')"


def _class(signs: str) -> str:
    """Return a class of characters as RE2 writes it, in ASCII."""
    return "".join(sign if sign == "-" else f"\\x{{{ord(sign):04x}}}" for sign in signs)


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    return tuple(connection.execute(query).fetchone() or ())
