-- What each file said of an approval: a record, or by its silence a withdrawal; and of a record
-- that was let out of quarantine, by which decision and when.
with

stated as (

    select * from {{ ref('int_approvals_stated') }}

),

files as (

    select * from {{ ref('int_files_sequenced') }}

),

released as (

    select
        approval_id,
        file_sha256,
        decision_id,
        released_at,
        ended_at
    from {{ ref('int_approvals_identified') }}
    where decision_id is not null and not is_repeated_reference

),

said as (

    select
        stated.approval_id,
        stated.office_id,
        stated.file_order,
        stated.record_order,
        stated.content_hash,
        false as is_withdrawn
    from stated
    where stated.record_id is not null
    union all
    select
        stated.approval_id,
        stated.office_id,
        stated.withdrawn_order as file_order,
        stated.record_order,
        'withdrawn' as content_hash,
        true as is_withdrawn
    from stated
    where stated.withdrawn_order is not null

),

dated as (

    select
        said.*,
        files.exported_at,
        released.decision_id,
        released.released_at,
        released.ended_at,
        max(case when released.decision_id is null then said.file_order end) over (
            partition by said.approval_id order by said.file_order
            rows between unbounded preceding and 1 preceding
        ) as order_before
    from said
    inner join files
        on said.office_id = files.office_id and said.file_order = files.file_order
    left join released
        on
            said.approval_id = released.approval_id
            and case when not said.is_withdrawn then files.file_sha256 end
            = released.file_sha256

)

select * from dated
