"""How a date is written: every order in which a text is a date that exists.

A text with one possible date is certain. Two dates (5 April or 4 May) make it ambiguous: the
column decides. Nothing is guessed: a word that no list knows makes the text unreadable.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from extract.folding import fold
from extract.values.marks import is_spreadsheet_error, plain
from extract.values.vocabulary import date_fillers, months, value_null_tokens

ORDERS = ("dmy", "mdy", "ymd")
PIVOT = 70
"""Two-digit years from here on are of the 20th century."""
BUDDHIST_YEARS = range(2400, 2644)
BUDDHIST_OFFSET = 543
SERIAL_DAYS = range(29_221, 54_789)
"""Serial numbers of 1980 to 2049: others are no dates but numbers."""
EPOCHS = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}
TIME = r"(?:[T ,]+\d{1,2}[:h]\d{2}.*|T\d{4,6}.*)$"
"""What may stand behind a day; also part of SQL."""
_TIME = re.compile(TIME)
_NO_DATES = re.compile(
    r"0+(?:\.0+)?|(?:0{1,4}[-/.]){2}0{1,4}|1900-0?1-0+|0+[-/.]0?1[-/.]1900|0?1[-/.]0+[-/.]1900|"
    r"1899-12-3[01]|3[01][-/.]12[-/.]1899|12[-/.]3[01][-/.]1899"
)
_YEAR_FIRST = re.compile(r"(\d{4}) ?[-/. ] ?(\d{1,2}) ?[-/. ] ?(\d{1,2})")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_YEAR_LAST = re.compile(r"(\d{1,2}) ?([-/. ]) ?(\d{1,2}) ?[-/. ] ?(\d{4}|\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_YEAR_ONLY = re.compile(r"(?:19|20)\d\d")
_MONTH_ONLY = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})")
_WORDS = re.compile(r"\d+|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class DayText:
    """What a text says of a day."""

    days: Mapping[str, date] = field(default_factory=dict)
    """Order → date; orders under which the text is no date are missing."""
    problem: str | None = None
    """`missing`, `error`, `buddhist` or `unreadable`; then there are no days."""
    note: str | None = None
    """`two_digit_year`, `serial`, `month_only` or `year_only`."""

    @property
    def only(self) -> date | None:
        """Return the date, if there is but one."""
        found = set(self.days.values())
        return next(iter(found)) if len(found) == 1 else None

    @property
    def orders(self) -> frozenset[str] | None:
        """Return the orders that this text allows; None if it says nothing of the order."""
        is_certain = len(self.days) == len(ORDERS) and self.only is not None
        return None if is_certain else frozenset(self.days)


def read_day(text: str, epoch: int = 1900) -> DayText:
    """Return what a text says.

    Args:
        text: a cell's text.
        epoch: from when serial day numbers count, 1900 or 1904.
    """
    clean = plain(text).removeprefix("'")
    if not clean or clean.lower() in value_null_tokens():
        return DayText(problem="missing")
    if is_spreadsheet_error(clean):
        return DayText(problem="error")
    day = _TIME.sub("", clean).strip(" .,;")
    if _NO_DATES.fullmatch(day):
        return DayText(problem="missing")
    found = _numeric(day, epoch) or _written(day)
    if found.problem or found.days:
        return found
    return DayText(problem="unreadable")


def _numeric(text: str, epoch: int) -> DayText | None:
    """Read a date of numbers alone; None if it is not one."""
    if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = map(int, match.groups())
        return _certain(year, month, day)
    if match := _YEAR_LAST.fullmatch(text):
        return _year_last(int(match[1]), int(match[3]), match[4])
    if match := _YEAR_ONLY.fullmatch(text):
        return _certain(int(match[0]), 1, 1, "year_only")
    if match := _SERIAL.fullmatch(text):
        days = int(match[1]) + (0 if epoch == 1900 else 1462)
        known = {order: EPOCHS[1900] + timedelta(days) for order in ORDERS}
        return DayText(known, note="serial") if days in SERIAL_DAYS else DayText()
    if match := _MONTH_ONLY.fullmatch(text):
        stated = (match[1], match[2]) if match[1] else (match[4], match[3])
        return _certain(int(stated[0]), int(stated[1]), 1, "month_only")
    return None


def _year_last(first: int, second: int, year_text: str) -> DayText:
    """Read two numbers and a year: the order of days and months is open."""
    if len(year_text) == 4:
        year = int(year_text)
        if year in BUDDHIST_YEARS:
            return DayText(problem="buddhist")
        days = {"dmy": _day(year, second, first), "mdy": _day(year, first, second)}
        if days["dmy"] == days["mdy"]:
            days["ymd"] = days["dmy"]
        return DayText(_existing(days))
    year = _century(int(year_text))
    days = {
        "dmy": _day(year, second, first),
        "mdy": _day(year, first, second),
        "ymd": _day(_century(first), second, int(year_text)),
    }
    return DayText(_existing(days), note="two_digit_year")


def _written(text: str) -> DayText:
    """Read a date whose month is a word: the day and the year are the numbers beside it."""
    words = [fold(word) for word in _WORDS.findall(text)]
    numbers = [word for word in words if word.isdigit()]
    named = [months()[word] for word in words if word in months()]
    strange = [w for w in words if not (w.isdigit() or w in months() or w in date_fillers())]
    if len(named) != 1 or strange or not 1 <= len(numbers) <= 2:
        return DayText()
    if len(numbers) == 1:
        note = "month_only"
        return (
            _certain(_year(numbers[0]), named[0], 1, note)
            if len(numbers[0]) in (2, 4)
            else DayText()
        )
    long = [number for number in numbers if len(number) == 4]
    if len(long) == 1:
        numbers.remove(long[0])
        return _certain(int(long[0]), named[0], int(numbers[0]))
    if long or len(numbers[1]) != 2 or len(numbers[0]) > 2:
        return DayText()
    return _certain(_year(numbers[1]), named[0], int(numbers[0]), "two_digit_year")


def _certain(year: int, month: int, day: int, note: str | None = None) -> DayText:
    """Return a date that says nothing of the order."""
    if year in BUDDHIST_YEARS:
        return DayText(problem="buddhist")
    found = _day(year, month, day)
    return DayText(dict.fromkeys(ORDERS, found) if found else {}, note=note)


def _existing(days: Mapping[str, date | None]) -> dict[str, date]:
    return {order: day for order, day in days.items() if day}


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # no such day: one reading less
        return None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else _century(int(text))


def _century(year: int) -> int:
    return year + (1900 if year >= PIVOT else 2000)
