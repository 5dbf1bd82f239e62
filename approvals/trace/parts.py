"""The part of a row of a report that belongs to a member: what a donor gave to a funding source.

No contribution says both: those of the row are looked up in fct_approvals, which does.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from approvals.trace.model import Step
from approvals.trace.reader import Reader
from approvals.trace.sums import CELLS, OF_A_CELL, PARTS, sum_of_part
from approvals.trace.target import label_of

OF_THE_MEMBER: Final = {
    "donor": "donor_id",
    "donor_group": "donor_group_id",
    "donor_group_today": "today_donor_group_id",
    "region": "region_id",
    "region_today": "today_region_id",
    "sector": "sector_id",
    "sector_today": "today_sector_id",
    "modality": "modality_id",
    "funding_source": "funding_source_id",
}
"""Dimension of a part → where an approval says its member."""
LEFT: Final = """
delete from added where source_table <> 'fct_approvals' or source_id not in (
    select approval_id from marts.fct_approvals where {member} = ?
)
"""


def part_of(
    reader: Reader, line: Mapping[str, Any], row: Mapping[str, Any], limit: int | None
) -> tuple[Decimal, Step]:
    """Return what the part of a row that a line of `lineage_figures` names comes to, and why.

    No report prints it, so that only the figure above it can disagree with its contributions.
    """
    table, column, row_id = line["report_name"], line["column_name"], line["row_id"]
    member = OF_THE_MEMBER[line["part_dimension"]]
    reader.connection.execute(OF_A_CELL, [table, row_id, column])
    reader.connection.execute(LEFT.format(member=member), [line["member_id"]])
    reader.connection.execute(PARTS)
    (total,) = reader.rows("select coalesce(sum(amount_usd), 0) as usd from part")
    added = sum_of_part(reader, total["usd"], False, reader.rows(CELLS), limit)
    step = Step(
        table_name=table,
        row_id=row_id,
        key=label_of(reader, table, row) | {"part": line["member_id"]},
        column_name=column,
        value=str(total["usd"]),
        operation="part",
        formula=f"the part of {column} = {row[column]} with {member} = {line['member_id']}",
        recomputed=added.levels[0].value,
        agrees=added.levels[0].agrees,
        sum=added,
    )
    return total["usd"], step
