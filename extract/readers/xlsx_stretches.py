"""The bytes of an XLSX sheet in stretches of whole rows, and what stands around the rows."""

from collections.abc import Iterable, Iterator

from extract.readers.xlsx_markup import PADDING, demand

STRETCH = 2 << 20
"""Bytes of rows that are read at once: what they need stays in the processor's cache."""
FRAME_LIMIT = 64 << 20
"""Bytes of a sheet around its rows."""
DATA, DATA_END, ROW_END = b"<sheetData", b"</sheetData>", b"</row>"


class Stretches:
    """Cuts a sheet at ends of rows, wherever the chunks end in which it arrives."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        """Begin with nothing read."""
        self._chunks = iter(chunks)
        self._pending = bytearray()
        self.frame = bytearray()
        """What stands before and behind all rows: whole when all stretches were taken."""
        self.size = STRETCH
        """Bytes from which on a stretch is given; may be changed between two."""

    def __iter__(self) -> Iterator[bytes]:
        """Yield stretches, each with `PADDING`.

        Raises:
            IrregularMarkupError: the sheet has no end, or much beside its rows.
        """
        if self._begins_with_rows():
            yield from self._rows()
        self.frame += self._pending
        for chunk in self._chunks:
            self.frame += chunk
            demand(len(self.frame) <= FRAME_LIMIT)

    def _begins_with_rows(self) -> bool:
        """Move what stands before the rows into the frame; false if there are none."""
        pending = self._pending
        while (start := pending.find(DATA)) < 0 or pending.find(b">", start) < 0:
            demand(len(pending) <= FRAME_LIMIT)
            self._read_on()
        self._move(pending.find(b">", start) + 1)
        if self.frame.endswith(DATA + b"/>"):
            return False
        demand(self.frame.endswith(DATA + b">"))
        return True

    def _rows(self) -> Iterator[bytes]:
        pending, looked = self._pending, 0
        while (end := pending.find(DATA_END, looked)) < 0:
            if len(pending) >= self.size and (cut := pending.rfind(ROW_END, looked)) >= 0:
                yield self._taken(cut + len(ROW_END))
            looked = max(0, len(pending) - len(DATA_END))
            self._read_on()
        yield self._taken(end)

    def _read_on(self) -> None:
        chunk = next(self._chunks, None)
        demand(chunk is not None)
        self._pending += chunk or b""

    def _taken(self, size: int) -> bytes:
        with memoryview(self._pending) as view, view[:size] as rows:
            stretch = b"".join((rows, PADDING))
        del self._pending[:size]
        return stretch

    def _move(self, size: int) -> None:
        self.frame += self._pending[:size]
        del self._pending[:size]
