"""What the cells of a table need: looked at once, so that clean columns cost nothing.

One scan over all cells says whether anything in the table needs cleaning at all; only where it
does, a second one says which column, and how much.
"""

import re
from dataclasses import dataclass, field

import duckdb

from extract.kinds import sum_labels, total_words
from extract.relation import columns_of
from extract.values.marks import INVISIBLE
from extract.values.vocabulary import donor_null_tokens, null_tokens, spreadsheet_errors

CLEAN, SPACES, MARKS = 0, 1, 2
"""Levels of cleaning: none; outer and repeated spaces; Unicode form and invisible signs too."""

_SEPARATOR = "chr(31)"
"""Between the cells of a line: no export uses a unit separator."""
_SPACES = (
    r"[\s\x00-\x1f\x7f\x{0085}\x{00a0}\x{1680}\x{2000}-\x{200a}"
    r"\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+"
)
MAYBE_ERROR = "contains(line, '#') or contains(line, 'rr:')"
SIGN = "[ -/:-@]"
"""Between words of a total, in ASCII: classes of all scripts cost a small file milliseconds."""
UNITS = (
    "thousand|millio|mill[oó]n|millier|miles|milh|lakh|crore|ribu|juta|тыс|млн|миллион|"
    "amount|montant|monto|importe|valor"
)
"""Words of which some stands in every text that says something of an amount's unit."""
LARGE = 10_000
"""Rows above which a query is computed anew rather than kept: planning it costs less."""


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
    shown: frozenset[int] = frozenset()
    """Columns of which number formats show something, mostly a currency."""
    has_errors: bool = True
    """Whether some cell may hold a spreadsheet error (`#REF!`, `Err:502`)."""
    may_be_odd: bool = True
    """Whether some record may be no row of data, or sum others."""
    has_unnamed: bool = False
    """Whether some records, and not most, name nothing."""
    may_say_unit: bool = True
    """Whether some cell may say of what unit an amount is."""


def profile_cells(
    connection: duckdb.DuckDBPyConnection,
    width: int,
    doubtful: str = "true",
    unnamed: str = "false",
) -> Profile:
    """Return the profile of the relation `cells` (`c0` … text, `m0` … optional flags).

    Args:
        connection: holds the relation.
        width: number of cells of a record.
        doubtful: SQL for a record that may be no row of data.
        unnamed: SQL for a record that names nothing.
    """
    names = columns_of(connection, "cells")
    flags = [position for position in range(width) if f"m{position}" in names]
    machine = "".join(f", bool_or(m{position})" for position in flags)
    rows, odd, said, errors, others, nameless, *machines = _one(
        connection,
        f"select count(*), {_count(_odd())}, {_count(_has_word(or_unit=True))}, "
        f"{_count(MAYBE_ERROR)}, {_count(doubtful)}, {_count(unnamed)} {machine} "
        f"from {_lines(width)}",
    )
    words, units = _words_and_units(connection, width) if said else (0, 0)
    used = frozenset(position for position, found in zip(flags, machines, strict=True) if found)
    levels, padded_words = _levels(connection, width) if odd else ({}, 0)
    words = words or padded_words
    with_tokens = _with_tokens(connection, width, levels) if words else frozenset[int]()
    return Profile(
        int(rows),
        levels,
        with_tokens,
        used,
        shown=frozenset(position for position in range(width) if f"f{position}" in names),
        has_errors=bool(errors),
        may_be_odd=bool(odd or words or others or nameless),
        has_unnamed=0 < nameless * 2 < rows,
        may_say_unit=bool(units),
    )


def _count(condition: str) -> str:
    return f"count(*) filter (where {condition})"


def _odd() -> str:
    """Return SQL for a line of cells in which something needs cleaning."""
    spaces = [
        "'  '",
        f"' ' || {_SEPARATOR}",
        f"{_SEPARATOR} || ' '",
        "chr(9)",
        "chr(10)",
        "chr(13)",
    ]
    return "strlen(line) <> length(line) or " + " or ".join(
        f"contains(line, {space})" for space in spaces
    )


def _lines(width: int) -> str:
    """Return SQL for the cells, and each record as one line of them."""
    cells = ", ".join(f"c{position}" for position in range(width))
    return f"(select *, concat_ws({_SEPARATOR}, '', {cells}, '') as line from cells)"


def _words_and_units(connection: duckdb.DuckDBPyConnection, width: int) -> tuple[int, int]:
    """Return how many lines hold a word of ours, and how many may say something of a unit."""
    counts = f"{_count(_has_word())}, {_count(says_unit('line'))}"
    words, units = _one(connection, f"select {counts} from {_lines(width)}")
    return words, units


def _has_word(around: str = "", *, or_unit: bool = False) -> str:
    """Return SQL for a line with a cell that says "nothing" in words, or reads like a total.

    Args:
        around: a pattern of what may stand around the word in its cell.
        or_unit: or that may say something of a unit; together they cost what one does.
    """
    tokens = "|".join(re.escape(word).replace("'", "''") for word in sorted(donor_null_tokens()))
    labels = {*total_words(), *sum_labels("start"), *sum_labels("whole")}
    sums = "|".join(sorted(labels)).replace(" ", f"{SIGN}{{1,3}}")
    units = f"|{UNITS}" if or_unit else ""
    return (
        rf"regexp_matches(line, '(?i:\x1f(?:{around}(?:{tokens}){around}\x1f|"
        rf"{SIGN}{{0,3}}(?:{sums})[ -@\x1f]){units})')"
    )


def says_unit(text: str) -> str:
    """Return SQL for: a text may say something of the unit of an amount."""
    return f"regexp_matches({text}, '(?i:{UNITS})')"


def _levels(connection: duckdb.DuckDBPyConnection, width: int) -> tuple[dict[int, int], int]:
    """Return the level that each column needs, of those that need one.

    And how many lines hold a word of ours that spaces and invisible signs surround.
    """
    levels = [
        f"case when bool_or(strlen(c{n}) <> length(c{n})) then {MARKS} "
        f"when bool_or(regexp_matches(c{n}, '^ | $|  |[\\x00-\\x1f\\x7f]')) then {SPACES} "
        f"else {CLEAN} end"
        for n in range(width)
    ]
    cells = ", ".join(f"c{n}" for n in range(width))
    *found, words = _one(
        connection,
        f"select {', '.join(levels)}, {_count(_has_word(_padding()))} "
        f"from (select *, concat_ws({_SEPARATOR}, '', {cells}, '') as line from cells)",
    )
    return {column: level for column, level in enumerate(found) if level}, words


def _with_tokens(
    connection: duckdb.DuckDBPyConnection, width: int, levels: dict[int, int]
) -> frozenset[int]:
    """Return the columns that hold null tokens."""
    shown = [_shown(f"c{n}", levels.get(n, CLEAN)) for n in range(width)]
    has = ", ".join(f"bool_or(list_contains(tokens, lower({text})))::int" for text in shown)
    tokens = _tokens(donor_null_tokens())
    found = _one(connection, f"select {has} from cells, (select [{tokens}] as tokens)")
    return frozenset(column for column, has_token in enumerate(found) if has_token)


def _tokens(tokens: frozenset[str]) -> str:
    """Return null tokens as SQL texts with commas between; they are data of ours."""
    return ", ".join("'" + token.replace("'", "''") + "'" for token in sorted(tokens))


def cleaned(column: int, profile: Profile, *, is_donor: bool = False) -> str:
    """Return SQL for a cell's text: NFC, no invisible sign, single spaces; NULL for "nothing".

    More words say nothing of a donor: "ditto" and "unknown" name none, but may be a title.
    """
    text = _shown(f"c{column}", profile.levels.get(column, CLEAN))
    if column in profile.tokens:
        tokens = _tokens(donor_null_tokens() if is_donor else null_tokens())
        return f"case when lower({text}) not in ({tokens}) then {text} end"
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


def _padding() -> str:
    """Return a pattern of spaces and invisible signs, but for the sign between cells."""
    spaces = r"\s\x00-\x1e\x{0085}\x{00a0}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
    return f"[{spaces}{_class(INVISIBLE)}]*"


def _class(signs: str) -> str:
    """Return a class of characters as RE2 writes it, in ASCII."""
    return "".join(sign if sign == "-" else f"\\x{{{ord(sign):04x}}}" for sign in signs)


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    return tuple(connection.execute(query).fetchone() or ())
