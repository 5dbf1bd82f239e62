"""The records of an irregular file with their widths mended where that is certain."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from extract.readers.column_profile import ColumnProfile
from extract.readers.cutting import Notes
from extract.readers.dialect import Dialect
from extract.readers.width_repair import mend, mend_header

PROFILE_RECORDS = 2000
REGULAR_SHARE = 0.5
NARROWEST = 3
"""In a table of two columns a wrong width says nothing."""
REPAIR_LIMIT = 5000


class RaggedRecords:
    """Passes records on, each counted, those of a wrong width mended or noted as doubtful."""

    def __init__(self, records: Iterable[list[str]], dialect: Dialect, notes: Notes) -> None:
        """Take the records as they were cut."""
        self._records = iter(records)
        self._dialect = dialect
        self._notes = notes

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
        seen = 0
        first_filled = next((i for i, r in enumerate(first) if any(map(str.strip, r))), 0)
        for index, record in enumerate(chain(first, self._records)):
            if len(record) == width or not record:
                seen += 1
                yield record
                continue
            is_header = index == first_filled and not seen
            yield self._mended(index + 1, record, profile, is_header=is_header)

    def _mended(
        self, number: int, record: list[str], profile: ColumnProfile, *, is_header: bool
    ) -> list[str]:
        delimiter = self._dialect.delimiter
        notes = self._notes
        mended = None
        if len(notes.widths) + len(notes.doubtful) < REPAIR_LIMIT:
            mended = mend(record, profile, delimiter)
            if mended is None and is_header:
                mended = mend_header(record, profile.width, delimiter)
        if mended is not None:
            notes.widths.append(number)
            return mended
        if sum(map(bool, record)) > 1:
            notes.doubtful.append(number)
        return record
