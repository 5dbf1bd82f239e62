"""SQL expressions that turn a column's text into a value; NULL where it cannot be read for certain.

Every argument is the name of a column of ours or a constant of ours: no text from a file ever
enters an expression.
"""

from extract.folding import CURRENCY_SIGNS

MONTHS = {
    1: "january jan janvier janv enero ene janeiro",
    2: "february feb fevrier fev fevr febrero fevereiro",
    3: "march mar mars marzo marco",
    4: "april apr avril avr abril abr",
    5: "may mai mayo maio",
    6: "june jun juin junio junho",
    7: "july jul juillet juil julio julho",
    8: "august aug aout agosto ago",
    9: "september sep sept septembre septiembre setiembre setembro set",
    10: "october oct octobre octubre outubro out",
    11: "november nov novembre noviembre novembro",
    12: "december dec decembre diciembre dic dezembro dez",
}
"""Names of months in English, French, Spanish and Portuguese, without accents."""

MONTH_NUMBERS = {
    name: f"{number:02d}" for number, names in MONTHS.items() for name in names.split()
}
"""Name → two digits. Connections hold it as the variable `months`, so that it is bound once."""
_SPACES = r"[\s\x{00a0}\x{2000}-\x{200a}\x{202f}\x{3000}]"
_INVISIBLE = r"[\x{00ad}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}\x{feff}]"
NULL_TOKENS = ("-", "--", "—", "–", "n/a", "#n/a", "null", "none", "nil", "n.a.", "s/o", "n.d.")

NUMERIC_DATE = r"^\d{1,2}[-/. ]\d{1,2}[-/. ](\d{4}|\d{2})$"


def clean_cells(cells: str) -> str:
    """Return a list of cells in NFC, without invisible signs and outer spaces; null tokens NULL."""
    visible = f"regexp_replace(nfc_normalize(cell), '{_INVISIBLE}', '', 'g')"
    single = f"trim(regexp_replace({visible}, '{_SPACES}+', ' ', 'g'))"
    tokens = ", ".join(f"'{token}'" for token in NULL_TOKENS)
    named = f"case when lower(cell) not in ('', {tokens}) then cell end"
    return f"list_transform(list_transform({cells}, cell -> {single}), cell -> {named})"


def folded(text: str) -> str:
    """Return text as `extract.folding.fold` compares it."""
    other = rf"[^\p{{L}}\p{{N}}{CURRENCY_SIGNS}]+"
    return f"trim(regexp_replace(lower(strip_accents({text})), '{other}', ' ', 'g'))"


def bare_number(text: str) -> str:
    """Return a number's digits and signs: no currency, no spaces, the minus in front."""
    compact = rf"regexp_replace({text}, '{_SPACES}|''|’', '', 'g')"
    signed = rf"replace(replace({compact}, '−', '-'), '–', '-')"
    bare = rf"regexp_replace({signed}, '(?i)(US\$|R\$|\p{{Sc}}|USD|[A-Z]{{3}})', '', 'g')"
    negative = rf"regexp_replace({bare}, '^\((.*)\)$', '-\1')"
    return rf"regexp_replace({negative}, '^([^-].*)-$', '-\1')"


def dashed_day(text: str) -> str:
    """Return a date's text without a time, its numbers parted by dashes."""
    day = rf"regexp_replace({text}, '[T ]+\d{{1,2}}:\d{{2}}.*$', '')"
    return f"regexp_replace(trim({day}), '[/. ]', '-', 'g')"


def plain_day(text: str) -> str:
    """Return a date's text in lower case without accents, commas and points."""
    return f"regexp_replace(lower(strip_accents({text})), '[,.]', ' ', 'g')"


def number(field: str, decimal_sign: str, digits: int = 38, scale: int = 10) -> str:
    """Return the number that a field's text writes with this decimal sign, else NULL.

    Uses the columns `<field>_text` and `<field>_bare` (`bare_number`).
    """
    group, point = (",", ".") if decimal_sign == "." else (".", ",")
    bare = f"{field}_bare"
    shape = rf"^[+-]?(\d{{1,3}}([{group}]\d{{3}})+|\d+)([{point}]\d+)?$|^[+-]?[{point}]\d+$"
    plain = f"replace(replace({bare}, '{group}', ''), '{point}', '.')"
    exponent = r"^[+-]?\d(\.\d+)?[eE][+-]?\d{1,2}$"
    return (
        f"case when regexp_matches({bare}, '{shape}') "
        f"then try_cast({plain} as decimal({digits}, {scale})) "
        f"when regexp_matches({field}_text, '{exponent}') "
        f"then try_cast({field}_text as decimal({digits}, {scale})) end"
    )


def calendar_date(field: str, order: str) -> str:
    """Return the date that a field's text writes; numeric dates are read in this order.

    Uses the columns `<field>_dashed` (`dashed_day`) and `<field>_plain` (`plain_day`).

    Args:
        field: the field.
        order: `dmy`, `mdy` or `ymd` (ISO dates are read whatever the order).
    """
    dashed, plain = f"{field}_dashed", f"{field}_plain"
    first, second = ("%m", "%d") if order == "mdy" else ("%d", "%m")
    month = rf"getvariable('months')[regexp_extract(replace({plain}, ' de ', ' '), '[a-z]{{3,}}')]"
    day = rf"lpad(regexp_extract({plain}, '(^|\D)(\d{{1,2}})(er|st|nd|rd|th)?(\D|$)', 2), 2, '0')"
    written = rf"regexp_extract({plain}, '\d{{4}}') || '-' || {month} || '-' || {day}"
    return (
        f"cast(case "
        rf"when regexp_matches({dashed}, '^\d{{4}}-\d{{1,2}}-\d{{1,2}}$') "
        f"then try_strptime({dashed}, '%Y-%m-%d') "
        rf"when regexp_matches({dashed}, '^(19|20)\d{{6}}$') then try_strptime({dashed}, '%Y%m%d') "
        rf"when regexp_matches({dashed}, '^\d{{1,2}}-\d{{1,2}}-\d{{4}}$') "
        f"then try_strptime({dashed}, '{first}-{second}-%Y') "
        rf"when regexp_matches({dashed}, '^\d{{1,2}}-\d{{1,2}}-\d{{2}}$') "
        f"then try_strptime({dashed}, '{first}-{second}-%y') "
        rf"when regexp_matches({plain}, '[a-z]{{3,}}') then try_cast({written} as timestamp) "
        f"end as date)"
    )


def month_start(field: str, order: str) -> str:
    """Return the first day of the month that a field writes as YYYY-MM, MM/YYYY or a date."""
    dashed = f"{field}_dashed"
    return (
        rf"case when regexp_matches({dashed}, '^\d{{4}}-\d{{1,2}}$') "
        rf"then cast(try_strptime({dashed}, '%Y-%m') as date) "
        rf"when regexp_matches({dashed}, '^\d{{1,2}}-\d{{4}}$') "
        rf"then cast(try_strptime({dashed}, '%m-%Y') as date) "
        rf"else cast(date_trunc('month', {calendar_date(field, order)}) as date) end"
    )
