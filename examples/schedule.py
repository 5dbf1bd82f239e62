"""When each office exports what: the files of the examples, before anything is in them."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Export:
    """One file: the office's knowledge at the end of `cutoff`, exported some days later."""

    office_id: str
    name: str
    cutoff: date
    exported: date
    year: int | None = None
    """The year that a cumulative export states whole; None: a delta since the export before."""
    since: date = date.min
    """A delta holds what became known after this day."""
    is_late: bool = False


def exports(office_id: str) -> list[Export]:
    """Return the exports of an office in the order of their cutoffs."""
    return {**_DELTA, **_CUMULATIVE}[office_id]


def candidates(office_id: str, year: int, known_from: date) -> list[Export]:
    """Return the exports that tell of an approval of that year, from the first one on."""
    found = [
        export
        for export in exports(office_id)
        if export.cutoff >= known_from and export.year in {None, year}
    ]
    return sorted(found, key=lambda export: export.cutoff)


def _ends(years: range, months: tuple[int, ...]) -> Iterator[date]:
    for year in years:
        for month in months:
            yield date(year, month, monthrange(year, month)[1])


MONTHLY = tuple(range(1, 13))
QUARTERLY = (3, 6, 9, 12)
HALF_YEARLY = (6, 12)
YEARLY = (12,)
BACKLOG = date(2004, 12, 31)
"""Most offices sent 2000 to 2004 in one file, early in 2005."""
DAYS_TO_EXPORT = 5
LATE = {
    ("bangkok", date(2006, 8, 31)): date(2006, 11, 14),
    ("dakar", date(2006, 3, 31)): date(2006, 9, 18),
}
"""Exports that arrived long after their time, and after later ones."""


def _deltas(office_id: str, stem: str, extension: str, *rhythms: Iterator[date]) -> list[Export]:
    found, since = [], date.min
    for cutoff in (BACKLOG, *(end for rhythm in rhythms for end in rhythm)):
        usual = cutoff + timedelta(days=DAYS_TO_EXPORT + len(office_id) % 4)
        exported = LATE.get((office_id, cutoff), usual)
        period = "2000-2004" if cutoff == BACKLOG else f"{cutoff:%Y-%m}"
        name = f"{stem.format(period=period)}_{exported}.{extension}"
        late = (office_id, cutoff) in LATE
        found.append(Export(office_id, name, cutoff, exported, since=since, is_late=late))
        since = cutoff
    return found


def _cumulative(
    office_id: str, stem: str, extension: str, days: list[tuple[int, date]]
) -> list[Export]:
    found = []
    for year, cutoff in days:
        exported = cutoff + timedelta(days=DAYS_TO_EXPORT)
        name = f"{stem.format(period=year)}_{exported}.{extension}"
        found.append(Export(office_id, name, cutoff, exported, year))
    return found


def _within(years: range, months: tuple[int, ...]) -> list[tuple[int, date]]:
    return [(end.year, end) for end in _ends(years, months)]


_DELTA = {
    "bangkok": _deltas(
        "bangkok",
        "bangkok_approvals_{period}_exported",
        "csv",
        _ends(range(2005, 2008), MONTHLY),
    ),
    "jakarta": _deltas("jakarta", "jakarta_{period}", "tsv", _ends(range(2005, 2008), QUARTERLY)),
    "suva": _deltas("suva", "suva_{period}", "csv", _ends(range(2005, 2008), YEARLY)),
    "addis_ababa": _deltas(
        "addis_ababa",
        "addis_ababa_{period}",
        "csv",
        _ends(range(2005, 2006), QUARTERLY),
        _ends(range(2006, 2007), MONTHLY),
        _ends(range(2007, 2008), QUARTERLY),
    ),
    "dakar": _deltas("dakar", "dakar_{period}", "csv", _ends(range(2005, 2008), QUARTERLY)),
    "brasilia": _deltas(
        "brasilia", "brasilia_{period}", "csv", _ends(range(2005, 2008), HALF_YEARLY)
    ),
    "beirut": _deltas("beirut", "beirut_{period}", "xlsx", _ends(range(2005, 2008), HALF_YEARLY)),
}
_CUMULATIVE = {
    "headquarters": _cumulative(
        "headquarters",
        "central_register_{period}_as_at",
        "xlsx",
        [
            *_within(range(2000, 2005), YEARLY),
            (2001, date(2002, 6, 30)),
            *_within(range(2005, 2006), QUARTERLY),
            (2005, date(2006, 2, 28)),
            *_within(range(2006, 2007), MONTHLY),
            (2006, date(2007, 2, 28)),
            (2006, date(2007, 8, 31)),
            (2007, date(2006, 10, 31)),
            (2007, date(2006, 12, 15)),
            *_within(range(2007, 2008), QUARTERLY),
            (2007, date(2008, 2, 29)),
        ],
    ),
    "lima": _cumulative(
        "lima",
        "lima_aprobaciones_{period}",
        "csv",
        [
            *_within(range(2000, 2005), YEARLY),
            *_within(range(2005, 2006), HALF_YEARLY),
            *_within(range(2006, 2008), QUARTERLY),
            (2006, date(2007, 2, 28)),
            (2007, date(2006, 12, 15)),
        ],
    ),
    "moscow": _cumulative(
        "moscow",
        "moscow_{period}",
        "csv",
        [
            *_within(range(2000, 2005), YEARLY),
            *_within(range(2005, 2008), HALF_YEARLY),
            (2007, date(2008, 2, 29)),
        ],
    ),
}
OFFICES = (*_DELTA, *_CUMULATIVE)
