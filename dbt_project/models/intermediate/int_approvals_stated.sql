-- Every file that speaks of an approval, and the file, if any, by which it was withdrawn
-- before the office spoke of it again: a cumulative export that states its period and lacks it.
with

spoken as (

    select * from {{ ref('int_approvals_spoken_of') }}

),

files as (

    select * from {{ ref('int_files_sequenced') }}

),

ordered as (

    select
        spoken.*,
        files.office_id,
        files.file_order,
        files.restating_order,
        files.period_start_date,
        files.period_end_date,
        max(case when spoken.record_id is not null then files.file_order end) over (
            partition by spoken.approval_id order by files.file_order
            rows between unbounded preceding and current row
        ) as record_order,
        lead(files.file_order) over (
            partition by spoken.approval_id order by files.file_order
        ) as next_order
    from spoken
    inner join files on spoken.file_sha256 = files.file_sha256

),

-- A later export of a shorter period than the one that spoke last decides by approval date.
narrowed as (

    select
        ordered.approval_id,
        ordered.file_order,
        min(files.file_order) as narrower_order
    from ordered
    inner join files
        on
            ordered.office_id = files.office_id
            and ordered.file_order < files.file_order
            and ordered.period_start_date <= files.period_start_date
            and ordered.period_end_date >= files.period_end_date
            and ordered.approval_date between
            files.period_start_date and files.period_end_date
    where files.coverage = 'cumulative'
    group by ordered.approval_id, ordered.file_order

),

stated as (

    select
        ordered.approval_id,
        ordered.record_id,
        ordered.office_id,
        ordered.content_hash,
        ordered.file_order,
        ordered.record_order,
        ordered.next_order,
        least(ordered.restating_order, narrowed.narrower_order) as restating_order
    from ordered
    left join narrowed
        on
            ordered.approval_id = narrowed.approval_id
            and ordered.file_order = narrowed.file_order
    where ordered.record_order is not null

)

select
    *,
    case
        when next_order is null or restating_order < next_order then restating_order
    end as withdrawn_order
from stated
