"""SQL expressions over the text of a field.

Every argument is the name of a column of ours or a constant of ours: no text from a file ever
enters an expression.
"""

import unicodedata
from functools import cache

from extract.values.dates import TIME
from extract.values.numbers import LEADING_ZERO

DIGIT_SCRIPTS = (
    "ARABIC-INDIC",
    "EXTENDED ARABIC-INDIC",
    "FULLWIDTH",
    "DEVANAGARI",
    "BENGALI",
    "THAI",
    "KHMER",
    "MYANMAR",
    "LAO",
)


def is_plain_number(text: str) -> str:
    """Return SQL for: digits, at most one point with one or two digits behind it, a minus."""
    return (
        f"(try_cast({text} as decimal(18, 2)) is not null and (strpos({text}, '.') = 0 or "
        f"strlen({text}) - strpos({text}, '.') between 1 and 2) "
        f"and strpos({text}, 'e') = 0 and strpos({text}, 'E') = 0 and strpos({text}, '_') = 0)"
    )


def is_plain_date(text: str) -> str:
    """Return SQL for: an ISO date of a year that needs no second look."""
    return (
        f"(strlen({text}) = 10 and coalesce(try_cast({text} as date) "
        "between date '1900-01-02' and date '2399-12-31', false))"
    )


def number_key(latin: str) -> str:
    """Return SQL for the notation of a number (`extract.values.numbers`) in digits 0 to 9."""
    zero = rf"regexp_replace({latin}, '(^|[^0-9.,٫])0([.,٫])', '\1{LEADING_ZERO}\2')"
    return f"translate({zero}, '0123456789', '9999999999')"


def number_digits(latin: str, reading: str) -> str:
    """Return SQL for the digits of a number, with the zeros that its words stand for.

    Args:
        latin: the text in digits 0 to 9.
        reading: what its notation says (`extract.readings`).
    """
    return f"regexp_replace({latin}, '[^0-9]', '', 'g') || repeat('0', {reading}.extra_zeros)"


def number_value(latin: str, reading: str, digits: str) -> str:
    """Return SQL for the number that a text writes; each argument is a column.

    Args:
        latin: the text in digits 0 to 9.
        reading: what its notation says (`extract.readings`).
        digits: its `number_digits`.
    """
    placed = (
        f"({reading}.sign || left({digits}, len({digits}) - {reading}.scale) || '.' "
        f"|| right({digits}, {reading}.scale))"
    )
    whole = f"ltrim(replace({latin}, ',', '.'), chr(39))"
    return (
        f"case when {reading}.problem is null then "
        f"case when {reading}.has_exponent then {exact_number(whole)} "
        f"else {exact_number(placed)} end end"
    )


def exact_number(text: str) -> str:
    """Return SQL for a number with a decimal point, as decimal(38, 10).

    DuckDB casts text to 18 digits two hundred times faster than to 38: these are for the rest.
    """
    short = f"cast(try_cast({text} as decimal(18, 8)) as decimal(38, 10))"
    return f"coalesce({short}, try_cast({text} as decimal(38, 10)))"


def looked_up(field: str, key: str) -> str:
    """Return SQL for what a key says, a row of the field's readings; NULL for an empty cell.

    The keys are an enumeration and the readings a list in its order. A join would do the same and
    lose the order of the rows as soon as two threads share them.
    """
    return f"getvariable('readings').{field}[enum_code(try_cast({key} as reading_keys)) + 1]"


def date_key(text: str) -> str:
    """Return SQL for a date's text without a time of the day."""
    return f"regexp_replace({text}, '{TIME}', '')"


def western_digits(text: str) -> str:
    """Return SQL for a text with the digits of other scripts as 0 to 9.

    A text in ASCII is left alone: DuckDB builds its table of signs anew for each one.
    """
    others, ours = _other_digits()
    return (
        f"case when strlen({text}) = length({text}) then {text} "
        f"else translate({text}, '{others}', '{ours}') end"
    )


@cache
def _other_digits() -> tuple[str, str]:
    """Return the digits of other scripts, and what they are."""
    zeros = [unicodedata.lookup(f"{script} DIGIT ZERO") for script in DIGIT_SCRIPTS]
    others = "".join(chr(ord(zero) + n) for zero in zeros for n in range(10))
    return others, "0123456789" * len(zeros)
