"""What kind of record each is: a row of data, or a total, a note, a blank, the header again.

Only `data` is loaded. A record with all required fields is data unless it says "Total" in so many
words; one that lacks some is looked at cell by cell. What is no row for certain is counted and
never loaded; everything else is data, and waits in quarantine if it cannot be read.
"""

import csv
from functools import cache
from pathlib import Path

from approvals.contracts import REQUIRED_FIELDS
from extract.mapping import AMOUNTS, MappedTable

WORDS_FILE = Path(__file__).with_name("words") / "total_words.csv"
LABELS_FILE = WORDS_FILE.with_name("sum_labels.csv")
CODES_OF_ROWS = ("project_symbol", "office_reference")
"""No code is called Total of something, whatever else the record states."""
FEWEST_COLUMNS = 4
OTHER_DIALECTS = ((",", "','", ","), (";", "';'", ";"), ("\t", "chr(9)", r"\t"), ("|", "'|'", "|"))
"""Delimiter, as SQL, and inside of brackets in a pattern."""
BETWEEN_WORDS = (
    r"\x00-\x1e !-/:-@\[-`{-\x7f\x{80}-\x{bf}\x{d7}\x{f7}"
    r"\x{2000}-\x{2bff}\x{3000}-\x{303f}\x{fe10}-\x{fe6f}\x{ff00}-\x{ff0f}"
)
"""Signs, spaces and marks. The words are Latin: to compile a pattern of every script's letters
costs a small file more than all its rows."""
NAMES_OF_ROWS = ("project_symbol", "project_title", "office_reference", "recipient_name")
"""Fields in which "Total" alone makes a complete record a total. A donor may be called Total, but
then the record names its project."""


def kind_columns(table: MappedTable) -> dict[str, str]:
    """Return the columns over the cells that `record_kind` uses more than once, as SQL.

    DuckDB would find what is common by itself, but a small file is planned without its optimizers.
    """
    cells = _cells(table)
    return {
        "kind_filled": _filled(cells),
        "kind_line": _folded_line(f"concat_ws(chr(31), {', '.join(cells)})"),
    }


def record_kind(table: MappedTable) -> str:
    """Return SQL for the kind of a record: data, blank, total, note or repeated_header.

    The cells are looked at only where a required field is missing. Uses `kind_columns`.
    """
    cells, filled = _cells(table), "kind_filled"
    amounts = [f"c{position}" for name in AMOUNTS for position in table.positions(name)]
    lacks = " or ".join(f"{text} is null" for text in _required(table))
    lone_amount = f"{_filled(amounts)} = {filled}" if amounts else "false"
    return f"""case
        when {_repeats_header(table)} then 'repeated_header'
        when {_called_total(table)} then 'total'
        when not ({lacks}) then 'data'
        when {filled} = 0 then 'blank'
        when {filled} <= 2 and {_is_of_another_dialect(table, cells)} then 'data'
        when {_is_total(table)} or {lone_amount} then 'total'
        when {filled} = 1 and {len(table.columns)} > 2 then 'note'
        when {filled} <= 2 and {_says_nothing(table)} then 'note'
        else 'data' end"""


def may_be_no_data(table: MappedTable) -> str:
    """Return SQL over the cells that is true wherever `record_kind` could be other than data.

    But for records that say "Total": the profile of the cells looks for those words itself.
    """
    first = next(f"c{column.position}" for column in table.columns if column.field)
    empty = [
        " and ".join(f"nullif(c{position}, '') is null" for position in positions) or "true"
        for positions in _required_positions(table)
    ]
    coded = [
        f"contains(lower(c{position}), 'tota')"
        for name in CODES_OF_ROWS
        for position in table.positions(name)[:1]
    ]
    repeats = f"contains({first}, getvariable('mapped_headers')[1])"
    return " or ".join([repeats, *(f"({condition})" for condition in empty), *coded])


def _required_positions(table: MappedTable) -> list[list[int]]:
    """Return for each required field the columns that give it; either amount will do."""
    return [
        [place for amount in AMOUNTS for place in table.positions(amount)]
        if name == AMOUNTS[0]
        else table.positions(name)
        for name in REQUIRED_FIELDS[table.dataset]
    ]


def _required(table: MappedTable) -> list[str]:
    """Return SQL for the text of each required field."""
    either = f"coalesce({AMOUNTS[0]}_text, {AMOUNTS[1]}_text)"
    has_both = set(AMOUNTS) <= table.fields or AMOUNTS[1] in table.fields
    return [
        either if name == AMOUNTS[0] and has_both else f"{name}_text"
        for name in REQUIRED_FIELDS[table.dataset]
    ]


def _cells(table: MappedTable) -> list[str]:
    return [f"c{position}" for position in range(table.raw.width)]


def _repeats_header(table: MappedTable) -> str:
    mapped = [column.position for column in table.columns if column.field]
    texts = ", ".join(f"trim(c{position})" for position in mapped)
    return (
        f"trim(c{mapped[0]}) = getvariable('mapped_headers')[1] "
        f"and [{texts}] = getvariable('mapped_headers')::varchar[]"
    )


def _called_total(table: MappedTable) -> str:
    """Return SQL for: a complete record called "Total", or without a name and of that donor."""
    words = "|".join(total_words(alone=True))
    names = [f"{name}_text" for name in NAMES_OF_ROWS if name in table.fields]
    tests = [_is_labelled(f"{name}_text") for name in CODES_OF_ROWS if name in table.fields]
    if names:
        tests.append(_holds(names, rf"({words})( [0-9]{{1,4}}| usd?| eur)? ?(\x1f|$)"))
    if "donor_name" in table.fields:
        nameless = "".join(f" and {name} is null" for name in names)
        all_words = "|".join(total_words()) if names else words
        donor = _holds(["donor_name_text"], rf"({all_words})( [0-9]{{1,4}})? ?(\x1f|$)")
        tests.append(f"({donor}{nameless})")
    return " or ".join(tests) or "false"


def may_be_sum(table: MappedTable, *, has_unnamed: bool) -> str:
    """Return SQL for: a record that is read as data, and may sum others or be a part of one.

    Its code reads like "Subtotal", or it has none and its title, donor or recipient does, or it
    names neither code nor title where most records of the table do.
    """
    codes = [f"{name}_text" for name in CODES_OF_ROWS if name in table.fields]
    others = ("project_title", "donor_name", "recipient_name")
    texts = [f"{name}_text" for name in others if name in table.fields]
    starts, wholes = "|".join(sum_labels("start")), "|".join(sum_labels("whole"))
    label = rf"(({starts})( |\x1f|$)|({wholes}) ?(\x1f|$))"
    tests = [_holds(codes, label)] if codes else []
    if texts:
        coded = "".join(f" and {code} is null" for code in codes)
        tests.append(f"({_holds(texts, label)}{coded})")
    if has_unnamed:
        tests.append(_is_unnamed([*codes, *(t for t in texts if t.startswith("project_title"))]))
    return f"coalesce({' or '.join(tests) or 'false'}, false)"


def is_unnamed(table: MappedTable) -> str:
    """Return SQL over the cells for: neither a code nor a title, though the table has a column."""
    names = (*CODES_OF_ROWS, "project_title")
    cells = [f"nullif(c{place}, '')" for name in names for place in table.positions(name)]
    return _is_unnamed(cells)


def _is_unnamed(texts: list[str]) -> str:
    return f"coalesce({', '.join(texts)}, null) is null" if texts else "false"


def _holds(texts: list[str], pattern: str) -> str:
    """Return SQL for: one of the texts, as words are compared, begins with a pattern."""
    line = _folded_line(f"concat_ws(chr(31), {', '.join(texts)})")
    return rf"regexp_matches({line}, '(^|\x1f) ?{pattern}')"


def _is_labelled(text: str) -> str:
    """Return SQL for: a code begins with a word for a total and has no digit, "Total Viet Nam"."""
    words = "|".join(word for word in total_words(alone=True) if "tota" in word)
    labelled = f"regexp_matches({_folded_line(text)} || ' ', '^ ?({words}) [^0-9]*$')"
    return f"(contains(lower({text}), 'tota') and {labelled})"


def _is_of_another_dialect(table: MappedTable, cells: list[str]) -> str:
    """Return SQL for: one cell holds a whole record with its own delimiters and numbers.

    A second export that was appended, or a row that was typed in by hand: no note, though it fills
    one cell; it waits in quarantine, where it is seen.
    """
    if table.raw.dialect is None or len(table.columns) < FEWEST_COLUMNS:
        return "false"
    filled = ", ".join(f"nullif(trim({cell}), '')" for cell in cells)
    line = f"concat_ws(',', {filled})"
    own = table.raw.dialect["delimiter"].strip(" ")
    tests = [
        f"(len(string_split({line}, {sign})) >= {len(table.columns)} and "
        f"regexp_matches({line}, '(^|[{inside}]) *[0-9][0-9.]*(,[0-9]+)? *([{inside}]|$)'))"
        for delimiter, sign, inside in OTHER_DIALECTS
        if delimiter != own
    ]
    return f"({' or '.join(tests)})"


def _is_total(table: MappedTable) -> str:
    """Return SQL for: a cell is the word itself, or begins or ends with it and no donor is named.

    "Total Quality Management" of a donor is a title; "Total Norway" in the donor's place is none.
    All cells are searched as one line: a pattern costs a millisecond to compile, whatever the rows.
    """
    words = "|".join(total_words())
    alone = rf"regexp_matches(kind_line, '(^|\x1f) ?({words}) ?(\x1f|$)')"
    labelled = rf"(^|\x1f) ?(({words}) |([^\x1f]* )?(sub ?)?total ?(\x1f|$))"
    anywhere = f"regexp_matches(kind_line, '{labelled}')"
    if "donor_name" not in table.fields:
        return f"({alone} or {anywhere})"
    donor = f"regexp_matches({_folded_line('donor_name_text')} || ' ', '{labelled}')"
    return f"({alone} or ({anywhere}) and (donor_name_text is null or {donor}))"


def _folded_line(text: str) -> str:
    """Return SQL for a text as words are compared, its unit separators kept."""
    return f"regexp_replace(lower(strip_accents({text})), '[{BETWEEN_WORDS}]+', ' ', 'g')"


def _says_nothing(table: MappedTable) -> str:
    """Return SQL for: no required field and nothing that names an approval."""
    names = {"project_symbol", "office_reference"} & table.fields
    texts = [*_required(table), *(f"{name}_text" for name in sorted(names))]
    return " and ".join(f"{text} is null" for text in texts)


def _filled(cells: list[str]) -> str:
    return f"len(list_filter([{', '.join(cells)}], cell -> trim(cell) <> ''))"


@cache
def total_words(*, alone: bool = False) -> tuple[str, ...]:
    """Return the words for a total, folded; they are ours, so they may stand in SQL.

    Words with accents are there as people write them too: the first look is at texts as they came.

    Args:
        alone: only those that make even a complete record a total; a project may be a "Report".
    """
    with WORDS_FILE.open(encoding="utf-8", newline="") as source:
        lines = list(csv.DictReader(source))
    return tuple(line["word"] for line in lines if not alone or line["alone"] == "yes")


@cache
def sum_labels(place: str) -> tuple[str, ...]:
    """Return the folded words of records that may sum others or be a part of one.

    Args:
        place: `start`, the words that such a text begins with; `whole`, those that are all of it.
    """
    with LABELS_FILE.open(encoding="utf-8", newline="") as source:
        return tuple(line["word"] for line in csv.DictReader(source) if line["place"] == place)
