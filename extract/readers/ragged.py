"""The records of an irregular file with their widths mended where that is certain."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from extract.readers.column_profile import ColumnProfile
from extract.readers.cutting import Notes, OddRecord
from extract.readers.dialect import Dialect
from extract.readers.width_repair import mend, mend_header

PROFILE_RECORDS = 2000
REGULAR_SHARE = 0.5
NARROWEST = 3
"""In a table of two columns a wrong width says nothing."""
REPAIR_LIMIT = 5000
NEIGHBOURS = 3
"""As many records of one odd width in a row are no damage: another table, or how rows end here."""


class RaggedRecords:
    """Passes records on, each counted, those of a wrong width mended or noted as doubtful."""

    def __init__(self, records: Iterable[list[str]], dialect: Dialect, notes: Notes) -> None:
        """Take the records as they were cut."""
        self._records = iter(records)
        self._dialect = dialect
        self._notes = notes
        self._number = 0
        self._has_table_begun = False

    def __iter__(self) -> Iterator[list[str]]:
        """Yield every record."""
        first = list(islice(self._records, PROFILE_RECORDS))
        width = self._dialect.width
        filled = [record for record in first if any(map(str.strip, record))]
        regular = [record for record in filled if len(record) == width]
        if width < NARROWEST or len(regular) < REGULAR_SHARE * len(filled):
            yield from chain(first, self._records)
            return
        profile = ColumnProfile(regular[1:], width)
        batch = first
        while batch:
            yield from self._batch(batch, profile)
            batch = list(islice(self._records, PROFILE_RECORDS))

    def _batch(self, batch: list[list[str]], profile: ColumnProfile) -> Iterator[list[str]]:
        width = self._dialect.width
        for place, record in enumerate(batch):
            self._number += 1
            if type(record) is list and len(record) == width:
                self._has_table_begun = True
                yield record
            elif not any(map(str.strip, record)):
                yield record
            elif _is_cut_off(record, width, self._number) and _is_alone(batch, place, width):
                self._notes.doubtful.append(self._number)
                yield record
            elif _is_alone(batch, place, width):
                below = batch[place + 1 : place + 2]
                is_header = not self._has_table_begun and any(map(profile.accepts, below))
                yield self._mended(record, profile, is_header=is_header)
            else:
                self._note_doubtful(record, profile)
                yield record

    def _mended(self, record: list[str], profile: ColumnProfile, *, is_header: bool) -> list[str]:
        delimiter, notes = self._dialect.delimiter, self._notes
        mended = None
        if len(notes.widths) + len(notes.doubtful) < REPAIR_LIMIT:
            mended = mend(record, profile, self._dialect)
            if mended is None and is_header:
                mended = mend_header(record, profile.width, delimiter)
        if mended is None:
            self._note_doubtful(record, profile)
            return record
        if mended != record:
            notes.widths.append(self._number)
        return mended

    def _note_doubtful(self, record: list[str], profile: ColumnProfile) -> None:
        """Note a record whose cells may stand in wrong columns: padded or cut, it does not fit."""
        width = self._dialect.width
        if sum(map(bool, record)) < 2 or len(record) == width:
            return
        fitted = [*record, *[""] * (width - len(record))][:width]
        if any(record[width:]) or not profile.accepts(fitted):
            self._notes.doubtful.append(self._number)


def _is_cut_off(record: list[str], width: int, number: int) -> bool:
    """Tell whether a record may end where the file was cut: its line does not end, others do."""
    return (
        number > 1
        and len(record) < width
        and isinstance(record, OddRecord)
        and not record.line.endswith(("\n", "\r"))
        and sum(map(bool, record)) > 1
    )


def _is_alone(batch: Sequence[list[str]], place: int, usual: int) -> bool:
    """Tell whether a record's odd width is its own, not that of several records in a row."""
    width = len(batch[place])
    around = [
        *batch[max(0, place - NEIGHBOURS) : place],
        *batch[place + 1 : place + 1 + NEIGHBOURS],
    ]
    if width == usual:
        return True
    return sum(len(record) == width for record in around) < NEIGHBOURS - 1
