-- When each thing that was said of an approval was known. A record of a file is known with the
-- file; one let out of quarantine from the later of its file and its approval, and once the
-- approval has ended, what stood before it stands again. What was overtaken before it could be
-- known was never known.
with

said as (

    select * from {{ ref('int_approvals_said') }}

),

events as (

    select
        approval_id,
        office_id,
        file_order,
        file_order as said_order,
        0 as step,
        record_order,
        content_hash,
        is_withdrawn,
        greatest(exported_at, coalesce(released_at, exported_at)) as known_at,
        decision_id is not null as is_released
    from said
    union all
    select
        ended.approval_id,
        ended.office_id,
        ended.file_order,
        coalesce(before.file_order, ended.file_order) as said_order,
        1 as step,
        coalesce(before.record_order, ended.record_order) as record_order,
        coalesce(before.content_hash, 'withdrawn') as content_hash,
        coalesce(before.is_withdrawn, true) as is_withdrawn,
        ended.ended_at as known_at,
        true as is_released
    from said as ended
    left join said as before
        on
            ended.approval_id = before.approval_id
            and ended.order_before = before.file_order
    where ended.ended_at is not null

),

overtaken as (

    select
        *,
        min(known_at) over (
            partition by approval_id order by file_order, step
            rows between 1 following and unbounded following
        ) as overtaken_at
    from events

),

-- A withdrawal says what was last said; of what was never known nothing can be withdrawn.
dated as (

    select
        approval_id,
        office_id,
        file_order,
        said_order,
        step,
        case
            when step = 1 then record_order
            else max(case when not is_withdrawn then record_order end) over (
                partition by approval_id order by file_order, step
                rows between unbounded preceding and current row
            )
        end as record_order,
        content_hash,
        is_withdrawn,
        known_at
    from overtaken
    where not is_released or overtaken_at is null or overtaken_at > known_at

)

select * from dated
where record_order is not null
