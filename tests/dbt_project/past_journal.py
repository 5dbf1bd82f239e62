"""The journal as it was written on past days: by its own writer, under another clock."""

from datetime import UTC, datetime
from typing import Any

import pytest

from approvals.decisions import Entry, Journal


def append_on(journal: Journal, day: str, entry: Entry) -> Entry:
    """Append an entry as if at nine o'clock of that day, UTC."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("approvals.decisions.journal.datetime", _clock(day))
        return journal.append(lambda _: entry)


def _clock(day: str) -> Any:
    class Clock:
        @staticmethod
        def now(_: Any) -> datetime:
            return datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=UTC)

    return Clock
