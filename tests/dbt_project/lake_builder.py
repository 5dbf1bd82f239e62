"""A small lake, written by hand: the rows that a test names and defaults for all the rest."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from approvals.contracts import DATASETS, LAKE_TABLES, REJECTS

Row = dict[str, Any]

DEFAULTS: dict[str, Row] = {
    "approvals": {
        "donor_name": "Netherlands",
        "sector_name": "Employment",
        "recipient_name": "India",
        "approval_date": date(2006, 3, 15),
        "currency_code": "USD",
        "funding_source_name": "Extra-budgetary",
        "status": "approved",
    },
    "rates": {"rate_set": "test rates", "rate_month": date(2006, 3, 1)},
    "agreements": {"donor_name": "Norway", "agreement_status": "signed"},
}
CELLS = '["as it stood"]'
TABLE: Row = {
    "sheet_name": "",
    "header_row": 1,
    "conventions": {"decimal_sign": ".", "date_order": "ymd"},
    "columns": [
        {
            "position": 0,
            "header": "Column",
            "field": "remarks",
            "alias": "column",
            "language": "en",
            "score": 100,
            "multiplier": 1,
            "currency_code": None,
        }
    ],
}
"""How every file was read: it has one cell for each record."""


def sha256_of(office_id: str, exported_on: str, rows: list[Row]) -> str:
    """Return the name of a file; of two files of one moment the greater speaks last."""
    return hashlib.sha256(f"{office_id} {exported_on} {rows}".encode()).hexdigest()


class LakeBuilder:
    """Writes files into the lake below `root` as `extract/` would."""

    def __init__(self, root: Path) -> None:
        """Write the zero-row files that give every glob a match."""
        self.root = root
        for table, schema in LAKE_TABLES.items():
            self._write(table, "_none", table, schema, [])

    def add(
        self,
        office_id: str,
        exported_on: str,
        rows: list[Row],
        *,
        dataset: str = "approvals",
        rejected: list[Row] | None = None,
        coverage: str = "delta",
        year: int | None = None,
        with_manifest: bool = True,
        received_on: str = "2026-01-01",
    ) -> None:
        """Add one file; `year` is the period that it states whole."""
        sha256 = sha256_of(office_id, exported_on, rows)
        provenance = {"file_sha256": sha256, "office_id": office_id, "sheet_name": ""}
        numbered = [
            {**DEFAULTS[dataset], "raw_cells": CELLS, "record_number": number, **row, **provenance}
            for number, row in enumerate(rows, start=2)
        ]
        self._write(dataset, office_id, sha256, DATASETS[dataset], numbered)
        rejects = [
            {
                "record_number": 100 + n,
                "dataset": dataset,
                "reason_code": "test",
                **row,
                **provenance,
            }
            for n, row in enumerate(rejected or [])
        ]
        if rejects:
            self._write("rejects", office_id, sha256, REJECTS, rejects)
        if not with_manifest:
            return
        manifest = {
            "file_sha256": sha256,
            "office_id": office_id,
            "dataset": dataset,
            "original_name": f"{office_id}/{exported_on}.csv",
            "coverage": coverage,
            "period_start": f"{year}-01-01" if year else None,
            "period_end": f"{year}-12-31" if year else None,
            "exported_at": f"{exported_on}T12:00:00+00:00",
            "received_at": f"{received_on}T00:00:00+00:00",
            "rows_read": len(numbered) + len(rejects),
            "rows_accepted": len(numbered),
            "rows_rejected": len(rejects),
            "rows_dropped": 0,
            "status": "loaded",
            "tables": [TABLE],
        }
        (self.root / "files").mkdir(exist_ok=True)
        (self.root / "files" / f"{sha256}.json").write_text(json.dumps(manifest))

    def _write(self, table: str, office_id: str, stem: str, schema: pa.Schema, rows: Any) -> None:
        folder = self.root / table / f"office={office_id}"
        folder.mkdir(parents=True, exist_ok=True)
        blank = dict.fromkeys(schema.names)
        values = [blank | {k: _typed(v, schema.field(k)) for k, v in row.items()} for row in rows]
        pq.write_table(pa.Table.from_pylist(values, schema=schema), folder / f"{stem}.parquet")


def _typed(value: Any, field: pa.Field) -> Any:
    """Let a test write 1.25 where the lake holds a decimal."""
    if pa.types.is_decimal(field.type) and value is not None:
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-field.type.scale))
    return value


class RecordedLake(LakeBuilder):
    """Remembers what it is told to add, so that it can be added elsewhere in another order."""

    def __init__(self) -> None:
        """Begin with nothing added."""
        self._calls: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

    def add(self, *arguments: Any, **options: Any) -> None:
        """Remember one file."""
        self._calls.append((arguments, options))

    def replay_backwards(self, lake: LakeBuilder, **options: Any) -> None:
        """Add what is remembered to another lake, the last file first."""
        for arguments, own_options in reversed(self._calls):
            lake.add(*arguments, **own_options, **options)
