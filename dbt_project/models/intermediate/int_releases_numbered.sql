-- Every release of an approvals record from quarantine, with its place among the repeats of its
-- file: behind all rows that could be read, in the order in which records were first let out, so
-- that no release gives another record another number. And whether it counts at all: not where
-- its file says the same unique reference in a row that the office touched later.
-- The records are named twice: of a CTE that is read twice DuckDB keeps all columns of all rows.
{%- set identity = ['file_sha256', 'identity_basis', 'identity_value'] %}

with

released as (

    select
        *,
        min(release_number) over (
            partition by {{ identity | join(', ') }}, sheet_name, record_number
        ) as first_release_number
    from {{ ref('int_approvals_keyed') }}
    where decision_id is not null

),

placed as (

    select
        *,
        dense_rank() over (
            partition by {{ identity | join(', ') }} order by first_release_number
        ) as place
    from released

),

-- The rows beside it that could be read.
beside as (

    select
        placed.decision_id,
        count(*) as row_count,
        count(records.reported_at) as touched_count,
        max(records.reported_at) as last_reported_at
    from placed
    inner join {{ ref('int_approvals_keyed') }} as records
        on
            placed.file_sha256 = records.file_sha256
            and placed.identity_basis = records.identity_basis
            and placed.identity_value = records.identity_value
    where records.decision_id is null
    group by placed.decision_id

),

numbered as (

    select
        placed.decision_id,
        coalesce(beside.row_count, 0) + placed.place as position_in_export,
        (
            placed.is_reference_unique
            and coalesce(beside.touched_count, 0) > 0
            and (
                placed.reported_at is null
                or placed.reported_at < beside.last_reported_at
            )
        ) as is_repeated_reference
    from placed
    left join beside on placed.decision_id = beside.decision_id

)

select * from numbered
