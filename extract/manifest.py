"""The manifest of a loaded file: what was read, how, and the sums to reconcile it with."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from approvals import __version__
from approvals.offices import Office
from extract.discovery import ExportFile
from extract.knowledge import Knowledge
from extract.output import FileRows, LoadedTable


def manifest(
    export: ExportFile,
    office: Office,
    parts: Sequence[LoadedTable],
    knowledge: Knowledge,
    rows: FileRows,
) -> dict[str, Any]:
    """Return the manifest but for the file's identity, the configuration and the messages."""
    raw = parts[0].table.raw
    start, end = knowledge.period or (None, None)
    return {
        "office_id": office.office_id,
        "dataset": parts[0].table.dataset,
        "original_name": export.name,
        "format": raw.format,
        "encoding": raw.encoding,
        "dialect": raw.dialect,
        "table_count": len(parts),
        "tables": [_described(part) for part in parts],
        "rows_read": rows.read,
        "rows_accepted": rows.accepted,
        "rows_rejected": rows.rejected,
        "rows_dropped": rows.dropped,
        "dropped": [{"reason": kind, "rows": count} for kind, count in rows.dropped_by_kind],
        "totals": rows.totals,
        "rejected_totals": rows.rejected_totals,
        "control_totals": rows.control_totals,
        "coverage": office.coverage,
        "period_start": start.isoformat() if start else None,
        "period_end": end.isoformat() if end else None,
        "exported_at": knowledge.exported_at.isoformat(),
        "exported_at_source": knowledge.source,
        "received_at": datetime.now(UTC).isoformat(),
        "extractor_version": __version__,
    }


def status(rows: FileRows, messages: list[str]) -> str:
    """Return the state of a file that was loaded."""
    if rows.rejected:
        return "quarantined_rows"
    return "loaded_with_warnings" if messages or rows.warned else "loaded"


def _described(part: LoadedTable) -> dict[str, Any]:
    """Return how one table was found and read, for whoever asks why a value is what it is."""
    table = part.table
    return {
        "sheet_name": table.raw.sheet_name,
        "header_row": table.header_row,
        "header_rows": table.header_rows,
        "columns": [asdict(column) for column in table.columns],
        "conventions": asdict(part.conventions),
        "rows_accepted": part.rows.accepted,
        "rows_rejected": part.rows.rejected,
    }
