"""When an export was made and which period it states: the knowledge time of its rows."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from approvals.offices import Office
from extract.errors import RefusedFileError

DATE_TEXT = re.compile(r"(\d{4})-?(\d{2})?-?(\d{2})?")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """When the office knew what a file says, and the period that the file states whole."""

    exported_at: datetime
    source: str
    period: tuple[date, date] | None


def knowledge_of(
    name: str,
    office: Office,
    modified_at: datetime,
    reported_at: datetime | None,
    member: str = "",
) -> Knowledge:
    """Return the knowledge time of an export by the rule that its office declares.

    A date in a file's name means noon in the office's time zone: no zone between UTC-11 and
    UTC+12 then shifts it to another day.

    Args:
        name: the export's path below the drop folder.
        office: says where the date stands.
        modified_at: when the file was last written, for offices whose files carry no date.
        member: the last part of the name, if the export came in an archive: a date in it wins.
        reported_at: the latest date on which a row was touched, if the rows say so.

    Raises:
        RefusedFileError: the declared source has no date; a guess would falsify the history.
    """
    match = None
    if office.name_pattern:
        match = office.name_pattern.search(member) or office.name_pattern.search(name)
    groups = match.groupdict() if match else {}
    period = _span(groups["period"]) if groups.get("period") else None
    if office.exported_at_source == "modified_time":
        return Knowledge(modified_at, "modified_time", period)
    if office.exported_at_source == "reported_at":
        if reported_at is None:
            raise RefusedFileError(
                "export_date_missing",
                f"{name}: no row says when it was last updated, and office {office.office_id} "
                "declares exported_at_source=reported_at: map such a column, or declare another",
            )
        return Knowledge(reported_at, "reported_at", period)
    if not groups.get("exported"):
        if office.exported_at_source == "file_name_or_modified_time":
            return Knowledge(modified_at, "modified_time", period)
        raise RefusedFileError(
            "export_date_missing",
            f"{name}: its name carries no export date as office {office.office_id} declares "
            f"(name_pattern in offices.csv): rename the file or correct the pattern",
        )
    day = _span(groups["exported"])[1]
    noon = datetime.combine(day, time(12), ZoneInfo(office.time_zone))
    return Knowledge(noon.astimezone(UTC), "file_name", period)


def ahead_of_export(
    name: str, office: Office, knowledge: Knowledge, latest: Sequence[date | None]
) -> list[str]:
    """Return a warning if a file tells of approvals after the day on which it was made.

    Args:
        name: the export's path below the drop folder.
        office: its time zone says which day it was there.
        knowledge: when the export was made; known only after its rows are.
        latest: the latest approval date of each table, without forecasts.
    """
    made = knowledge.exported_at.astimezone(ZoneInfo(office.time_zone)).date()
    day = max((day for day in latest if day), default=made)
    if day <= made:
        return []
    warning = (
        f"{name}: the latest approval date is {day}, after the export was made ({made}): correct "
        "the date, or give the row the status forecast"
    )
    return [warning]


def _span(text: str) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day written as ISO text."""
    year, month, day = _numbers(text)
    try:
        if not year or not month:
            return date(year or 0, 1, 1), date(year or 0, 12, 31)
        if day:
            return date(year, month, day), date(year, month, day)
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError) as error:
        raise RefusedFileError(
            "export_date_missing", f"{text!r} in the file's name is no date: rename the file"
        ) from error


def _numbers(text: str) -> tuple[int | None, int | None, int | None]:
    parts = DATE_TEXT.fullmatch(text)
    year, month, day = parts.groups() if parts else (None, None, None)
    return int(year or 0), int(month) if month else None, int(day) if day else None
