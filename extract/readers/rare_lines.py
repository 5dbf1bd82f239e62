"""The stretches of a file in which bytes beyond ASCII stand: the evidence of its encoding."""

import re

NEAR_BYTES = 400
NOT_ASCII = re.compile(rb"[\x80-\xff]")
NO_TRAIL_BYTE = re.compile(rb"[\x00-\x2f]")
"""Characters of their own in every encoding of several bytes: a cut before one is safe."""


def rare_lines(chunk: bytes, size: int, first: int = 0) -> bytes:
    """Return lines, or the near part of long lines, with a byte that is not ASCII.

    No character of several bytes is cut, but perhaps the very last one.
    """
    found, total, place = [], 0, first
    while total <= size and (match := NOT_ASCII.search(chunk, place)):
        at = match.start()
        start = max(chunk.rfind(b"\n", place, at) + 1, place, at - NEAR_BYTES)
        place = _cut_behind(chunk, at, size)
        found.append(chunk[start:place])
        total += place - start
    return b"\n".join(found)


def cut_before(chunk: bytes, at: int) -> int:
    """Return a place a little before another, at which no character is cut."""
    start = max(0, at - NEAR_BYTES)
    safe = NO_TRAIL_BYTE.search(chunk, start, at) if start else None
    return safe.start() if safe else (at if start else 0)


def _cut_behind(chunk: bytes, at: int, size: int) -> int:
    """Return the end of the line, or of the near part of a long one."""
    end = chunk.find(b"\n", at, at + NEAR_BYTES)
    if end >= 0:
        return end
    safe = NO_TRAIL_BYTE.search(chunk, at + NEAR_BYTES, at + NEAR_BYTES + size)
    return safe.start() if safe else at + NEAR_BYTES + size
