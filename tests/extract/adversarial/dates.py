"""Dates of any order, in words, as serials, of other eras, impossible and contradictory ones."""

from tests.extract.adversarial.case import Case, Expected, flagged, loads, usd
from tests.extract.adversarial.files import HEADER, csv, record


def _rows(*days: str) -> bytes:
    rows = [record(n, f"{n}0.00", day=day) for n, day in enumerate(days, start=1)]
    return csv([list(HEADER), *rows], delimiter=";")


def _read(case_id: str, *pairs: tuple[str, str]) -> Case:
    """Return a case whose days, written so, are these."""
    total = sum(10 * n for n in range(1, len(pairs) + 1))
    written, days = zip(*pairs, strict=True)
    return Case(
        f"date-{case_id}",
        "dates written " + ", ".join(written),
        _rows(*written),
        loads(usd(f"{total}.00"), len(pairs), approval_date=days),
    )


def _waits(case_id: str, text: str, *, loaded: str | None = None) -> Case:
    """Return a case whose first date waits in quarantine, or is loaded as this day, flagged."""
    other = "2006-03-20"
    sums = [usd("20.00")] + ([usd("30.00")] if loaded else [])
    expected = flagged(*sums, refusal=False)
    return Case(f"date-{case_id}", f"date written {text!r}", _rows(text, other), expected)


def _doubtful(case_id: str, nasty: str, expected: Expected, *days: str) -> Case:
    return Case(f"date-{case_id}", nasty, _rows(*days), expected)


CASES = [
    _read("iso", ("2006-03-15", "2006-03-15")),
    _read("day-first", ("15/03/2006", "2006-03-15"), ("01/02/2006", "2006-02-01")),
    _read("month-first", ("03/15/2006", "2006-03-15"), ("01/02/2006", "2006-01-02")),
    _read("points", ("15.03.2006", "2006-03-15")),
    _read("dashes", ("15-03-2006", "2006-03-15")),
    _read("year-first-slashes", ("2006/03/15", "2006-03-15")),
    _read("compact", ("20060315", "2006-03-15")),
    _read("with-time", ("2006-03-15 14:30:00", "2006-03-15")),
    _read("with-zone", ("2006-03-15T23:30:00Z", "2006-03-15")),
    _read("midnight", ("15/03/2006 0:00", "2006-03-15")),
    _read("twelve-hours", ("3/15/2006 12:00:00 AM", "2006-03-15")),
    _read("english", ("15 March 2006", "2006-03-15"), ("March 16, 2006", "2006-03-16")),
    _read("english-short", ("15-Mar-06", "2006-03-15"), ("Sept. 1, 2006", "2006-09-01")),
    _read("english-ordinal", ("15th March 2006", "2006-03-15"), ("1st May 2006", "2006-05-01")),
    _read("english-weekday", ("Wednesday, 15 March 2006", "2006-03-15")),
    _read("french", ("15 février 2006", "2006-02-15"), ("1er août 2006", "2006-08-01")),
    _read("french-short", ("15 févr. 2006", "2006-02-15"), ("3 juil. 2006", "2006-07-03")),
    _read("french-weekday", ("mercredi 15 mars 2006", "2006-03-15")),
    _read("spanish", ("15 de diciembre de 2006", "2006-12-15"), ("3-ene-2006", "2006-01-03")),
    _read("spanish-del", ("7 de setiembre del 2006", "2006-09-07")),
    _read("portuguese", ("7 de março de 2006", "2006-03-07"), ("5/fev/2006", "2006-02-05")),
    _read("upper-case", ("15 MARS 2006", "2006-03-15")),
    _read("decomposed-accent", ("15 fe\u0301vrier 2006", "2006-02-15")),
    _read("two-digit-year", ("25/12/06", "2006-12-25"), ("31/01/98", "1998-01-31")),
    _read("spaces-inside", (" 15 / 03 / 2006 ", "2006-03-15")),
    _read("leap-day", ("29/02/2004", "2004-02-29")),
    _doubtful(
        "ambiguous",
        "01/02/2006 and 03/04/2006: nothing proves the order",
        flagged(usd("30.00")),
        "01/02/2006",
        "03/04/2006",
    ),
    _doubtful(
        "ambiguous-same-numbers",
        "05/05/2006 is the same day either way",
        loads(usd("30.00"), 2, approval_date=("2006-05-05", "2006-06-06")),
        "05/05/2006",
        "06/06/2006",
    ),
    _doubtful(
        "contradiction",
        "13/02 and 02/13 prove both orders, so 03/04 is nobody's guess",
        flagged(usd("30.00"), usd("10.00"), usd("20.00")),
        "13/02/2006",
        "02/13/2006",
        "03/04/2006",
    ),
    _doubtful(
        "three-two-digit-numbers",
        "01/02/03 in any of three orders",
        flagged(usd("10.00")),
        "01/02/03",
    ),
    _doubtful(
        "serials-among-dates",
        "Excel left some dates as numbers: 38791 is 15 March 2006",
        flagged(usd("30.00"), usd("20.00")),
        "38791",
        "2006-03-16",
    ),
    _waits("february-30", "30/02/2006"),
    _waits("february-29-of-2006", "29/02/2006"),
    _waits("april-31", "31.04.2006"),
    _waits("month-13", "2006-13-01"),
    _waits("zeroes", "00/00/0000"),
    _waits("excel-zero", "1900-01-00"),
    _waits("excel-false-leap-day", "29/02/1900"),
    _waits("end-of-time", "31/12/9999"),
    _waits("buddhist", "15/03/2549", loaded="2006-03-15"),
    _waits("buddhist-iso", "2549-03-15", loaded="2006-03-15"),
    _waits("hijri", "15/02/1427"),
    _waits("persian-year", "1384-12-24"),
    _waits("year-20006", "15/03/20006"),
    _waits("year-206", "15/03/206"),
    _waits("year-alone", "2006", loaded="2006-01-01"),
    _waits("month-alone", "March 2006", loaded="2006-03-01"),
    _waits("quarter", "Q1 2006"),
    _waits("words", "pending"),
    _waits("to-be-confirmed", "tbc"),
    _waits("empty", ""),
    _waits("two-dates", "15/03/2006 - 20/03/2006"),
    _waits("wrong-weekday", "Monday, 15 March 2006", loaded="2006-03-15"),
    _waits("error", "#VALUE!"),
    _waits("hashes", "########"),
    _waits("amount-in-its-place", "1,234.50"),
    Case(
        "date-end-before-start",
        "the project ends before it starts",
        csv(
            [
                [*HEADER, "Start Date", "End Date"],
                [*record(1, "10.00"), "2007-01-01", "2006-01-01"],
                [*record(2, "20.00"), "2007-01-01", "2008-01-01"],
            ]
        ),
        flagged(usd("30.00"), usd("20.00"), refusal=False),
    ),
]
