"""Evidence from the rows of a trial load: how cells are written, what the first rows become."""

import duckdb
import pyarrow as pa

from approvals.contracts import DATASETS
from extract.feedback.facts import ReadColumn
from extract.feedback.remarks import Part
from extract.fields import dataset_fields
from extract.inspection.findings import Notation, RowFinding

NOTATIONS_SHOWN = 5
ROWS_SHOWN = 5


class TrialRows:
    """The rows of one table, accepted and quarantined."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, dataset: str, part: Part) -> None:
        """Open what a trial load has written for the table: rejects only if there were any."""
        self._connection = connection
        self._dataset = dataset
        self._part = part
        self._rejects = [str(part.rejects)] if part.rejects.is_file() else []
        connection.execute(
            """create or replace temp table cells as
            select from_json(raw_cells, '["VARCHAR"]') as cells
            from read_parquet(?, union_by_name = true)""",
            [[str(part.accepted), *self._rejects]],
        )

    def filled(self, position: int) -> int:
        """Return how many rows have a value in a column."""
        row = self._connection.execute(
            "select count(*) filter (where trim(cells[?]) <> '') from cells", [position + 1]
        ).fetchone()
        return int(row[0]) if row else 0

    def notations(self, column: ReadColumn) -> tuple[Notation, ...]:
        """Return how a column of numbers or dates is written, the most frequent first."""
        if column.field is None or not _is_measured(self._dataset, column.field):
            return ()
        rows = self._connection.execute(
            r"""with texts as (select trim(cells[?]) as text from cells)
            select regexp_replace(regexp_replace(text, '\d', '9', 'g'), '^([^9]*)9+', '\19'),
                count(*), min(text)
            from texts where text <> '' group by 1 order by 2 desc, 1 limit ?""",
            [column.position + 1, NOTATIONS_SHOWN],
        ).fetchall()
        return tuple(Notation(*row) for row in rows)

    def first(self) -> tuple[RowFinding, ...]:
        """Return the first rows in the order of the file."""
        found = sorted([*self._accepted(), *self._rejected()], key=lambda row: row.record_number)
        return tuple(found[:ROWS_SHOWN])

    def _accepted(self) -> list[RowFinding]:
        names = dataset_fields(self._dataset)
        texts = ", ".join(f"cast({name} as varchar)" for name in names)
        rows = self._connection.execute(
            f"select record_number, warning_codes, {texts} from read_parquet(?) "
            f"order by record_number limit {ROWS_SHOWN}",
            [str(self._part.accepted)],
        ).fetchall()
        return [
            RowFinding(
                record_number=number,
                is_loaded=True,
                values={
                    name: value
                    for name, value in zip(names, values, strict=True)
                    if value is not None
                },
                reasons=(),
                warnings=tuple((codes or "").split()),
            )
            for number, codes, *values in rows
        ]

    def _rejected(self) -> list[RowFinding]:
        if not self._rejects:
            return []
        rows = self._connection.execute(
            "select record_number, reason_codes from read_parquet(?) "
            f"order by record_number limit {ROWS_SHOWN}",
            [self._rejects],
        ).fetchall()
        return [RowFinding(number, False, {}, tuple(codes.split()), ()) for number, codes in rows]


def _is_measured(dataset: str, field: str) -> bool:
    kind = DATASETS[dataset].field(field).type
    return bool(pa.types.is_decimal(kind) or pa.types.is_temporal(kind))
