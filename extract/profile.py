"""What the cells of a table need: looked at once, so that clean columns cost nothing.

One scan over all cells says whether anything in the table needs cleaning at all; only where it
does, a second one says which column, and how much.
"""

import re
from dataclasses import dataclass, field

import duckdb

from extract.values.marks import INVISIBLE
from extract.values.vocabulary import null_tokens, spreadsheet_errors

CLEAN, SPACES, MARKS = 0, 1, 2
"""Levels of cleaning: none; outer and repeated spaces; Unicode form and invisible signs too."""

_SEPARATOR = "\\x1f"
_SPACES = (
    r"[\s\x00-\x1f\x7f\x{0085}\x{00a0}\x{1680}\x{2000}-\x{200a}"
    r"\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+"
)
_ODD = rf"(?:^|{_SEPARATOR}) |  | (?:{_SEPARATOR}|$)|[^ -~{_SEPARATOR}]"
"""In a record whose cells are parted by a unit separator: a cell that needs cleaning."""
LARGE = 100_000
"""Rows from which on a table is worth a scan before it is typed."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What each column needs."""

    rows: int
    levels: dict[int, int] = field(default_factory=dict)
    """Column → level of cleaning."""
    tokens: frozenset[int] = frozenset()
    """Columns in which some cell says "nothing" in words (`n/a`, `-`)."""
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
        f"select count(*), count(*) filter (regexp_matches({line}, '{_odd()}')), "
        f"count(*) filter (contains({line}, '#') or contains({line}, 'rr:')) {machine} from cells",
    )
    used = frozenset(position for position, found in zip(flags, machines, strict=True) if found)
    levels, tokens = _needs(connection, width) if odd else ({}, frozenset())
    return Profile(int(rows), levels, tokens, used, bool(errors))


def _odd() -> str:
    """Return a pattern for a record in which something needs cleaning, or is a null token."""
    tokens = "|".join(re.escape(token).replace("'", "''") for token in null_tokens())
    return rf"{_ODD}|(?i:(?:^|{_SEPARATOR})(?:{tokens})(?:{_SEPARATOR}|$))"


def _needs(
    connection: duckdb.DuckDBPyConnection, width: int
) -> tuple[dict[int, int], frozenset[int]]:
    """Return the level that each column needs, and the columns that hold null tokens."""
    levels = [
        f"case when bool_or(regexp_matches(c{n}, '[^\\x00-\\x7f]')) then {MARKS} "
        f"when bool_or(regexp_matches(c{n}, '^ | $|  |[\\x00-\\x1f\\x7f]')) then {SPACES} "
        f"else {CLEAN} end"
        for n in range(width)
    ]
    tokens = [f"bool_or(lower(trim(c{n})) in {_tokens()})::int" for n in range(width)]
    found = _one(connection, f"select {', '.join(levels + tokens)} from cells")
    return (
        {column: level for column, level in enumerate(found[:width]) if level},
        frozenset(column for column, has in enumerate(found[width:]) if has),
    )


def _tokens() -> str:
    """Return the null tokens as a SQL list; they are data of ours."""
    return "(" + ", ".join("'" + token.replace("'", "''") + "'" for token in null_tokens()) + ")"


def cleaned(column: int, profile: Profile) -> str:
    """Return SQL for a cell's text: NFC, no invisible sign, single spaces; NULL for "nothing"."""
    text = _shown(f"c{column}", profile.levels.get(column, CLEAN))
    if column in profile.tokens:
        return f"case when lower({text}) not in {_tokens()} then {text} end"
    return text


def _shown(cell: str, level: int) -> str:
    """Return SQL for what shows of a cell, NULL if nothing does."""
    if level >= MARKS:
        visible = f"regexp_replace(nfc_normalize({cell}), '[{_class(INVISIBLE)}]', '', 'g')"
        return f"nullif(trim(regexp_replace({visible}, '{_SPACES}', ' ', 'g')), '')"
    if level == SPACES:
        return rf"nullif(trim(regexp_replace({cell}, '[\s\x00-\x1f\x7f]+', ' ', 'g')), '')"
    return f"nullif({cell}, '')"


def is_error(text: str) -> str:
    """Return SQL for: the text is an error of a spreadsheet, or a column too narrow (`####`)."""
    listed = ", ".join(f"'{error}'" for error in sorted(spreadsheet_errors()))
    return (
        f"((starts_with({text}, '#') and (upper({text}) in ({listed}) or ltrim({text}, '#') = '')) "
        f"or (starts_with({text}, 'Err:') and strlen({text}) = 7))"
    )


def _class(signs: str) -> str:
    """Return a class of characters as RE2 writes it, in ASCII."""
    return "".join(sign if sign == "-" else f"\\x{{{ord(sign):04x}}}" for sign in signs)


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    return tuple(connection.execute(query).fetchone() or ())
