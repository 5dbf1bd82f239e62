"""What counts under another region, sector or donor group in one release than in another."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FIELDS: Final = ("region_id", "sector_id", "donor_group_id")
"""Columns of `fct_approvals`; a release of an earlier version may lack some."""

# The last word on the field in the release that knows more is the reason, unless the other release
# had that word too: then the configuration or the code classifies otherwise.
RECLASSIFIED = """
with

counted_before as (
    unpivot (
        select approval_id, amount_usd, {fields} from before.marts.fct_approvals where is_counted
    ) on {fields} into name field_name value value_before
),

counted_after as (
    unpivot (
        select
            approval_id, office_id, office_reference, project_symbol, approval_year, {fields}
        from after.marts.fct_approvals where is_counted
    ) on {fields} into name field_name value value_after
),

last_said as (
    select * from {later}.marts.fct_approval_restatements
    qualify row_number() over (
        partition by approval_id, field_name order by version_number desc
    ) = 1
)

select
    counted_after.approval_id,
    counted_after.office_id,
    counted_after.office_reference,
    counted_after.project_symbol,
    counted_after.approval_year,
    counted_after.field_name,
    counted_before.value_before,
    counted_after.value_after,
    counted_before.amount_usd as moved_usd,
    case
        when last_said.restatement_id is null or same.restatement_id is not null
            then 'configuration_or_code'
        else last_said.change_reason
    end as reason,
    strftime(last_said.known_from_at, '%Y-%m-%dT%H:%M:%SZ') as known_from_at,
    last_said.file_name,
    last_said.sheet_name,
    last_said.record_number
from counted_after
inner join counted_before using (approval_id, field_name)
left join last_said using (approval_id, field_name)
left join {earlier}.marts.fct_approval_restatements as same
    on
        same.restatement_id = last_said.restatement_id
        and same.known_from_at = last_said.known_from_at
where counted_after.value_after <> counted_before.value_before
order by counted_after.field_name, abs(counted_before.amount_usd) desc, counted_after.approval_id
"""

MEMBERS = """
with

moves as (
    select field_name, approval_year, value_after as member, moved_usd from reclassified
    union all
    select field_name, approval_year, value_before as member, -moved_usd from reclassified
)

select
    field_name,
    approval_year,
    member,
    cast(coalesce(sum(moved_usd) filter (where moved_usd > 0), 0) as decimal(38, 2)) as gained_usd,
    cast(coalesce(sum(moved_usd) filter (where moved_usd < 0), 0) as decimal(38, 2)) as lost_usd,
    cast(sum(moved_usd) as decimal(38, 2)) as net_usd
from moves
group by field_name, approval_year, member
order by field_name, approval_year, abs(net_usd) desc, member
"""


def prepare_reclassified(connection: "DuckDBPyConnection", later: str, earlier: str) -> None:
    """Put the approvals that count in both releases, but elsewhere, into table `reclassified`.

    Args:
        connection: the releases attached as `before` and `after`.
        later: which of the two knows more.
        earlier: the other one.
    """
    common = connection.execute(
        "select column_name from duckdb_columns() "
        "where database_name in ('before', 'after') and table_name = 'fct_approvals' "
        "group by column_name having count(distinct database_name) = 2"
    ).fetchall()
    fields = ", ".join(field for field in FIELDS if (field,) in common)
    query = RECLASSIFIED.format(fields=fields, later=later, earlier=earlier)
    connection.execute(f"create temp table reclassified as {query}")
