-- The approvals that lose against the report of the other side, as now known.
with

duplicates as (

    select * from {{ ref('int_duplicates_dated') }}

)

select
    approval_id,
    project_symbol,
    counted_approval_id,
    counted_role,
    is_disputed
from duplicates
where known_to_at is null
