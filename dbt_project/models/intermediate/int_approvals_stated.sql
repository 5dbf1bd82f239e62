-- Every source that speaks of an approval, and the file, if any, by which it was withdrawn
-- before the office spoke of it again: a cumulative export that states its period and lacks it.
with

spoken as (

    select * from {{ ref('int_approvals_spoken_of') }}

),

sources as (

    select * from {{ ref('int_sources_sequenced') }}

),

ordered as (

    select
        spoken.*,
        sources.office_id,
        sources.source_order,
        sources.restating_order,
        sources.period_start_date,
        sources.period_end_date,
        max(case when spoken.record_id is not null then sources.source_order end) over (
            partition by spoken.approval_id, spoken.phase_number order by sources.source_order
            rows between unbounded preceding and current row
        ) as record_order,
        lead(sources.source_order) over (
            partition by spoken.approval_id, spoken.phase_number order by sources.source_order
        ) as next_order
    from spoken
    inner join sources on spoken.source_id = sources.source_id

),

-- A later export of a shorter period than the one that spoke last decides by approval date.
narrowed as (

    select
        ordered.approval_id,
        ordered.phase_number,
        ordered.source_order,
        min(sources.source_order) as narrower_order
    from ordered
    inner join sources
        on
            ordered.office_id = sources.office_id
            and ordered.source_order < sources.source_order
            and ordered.period_start_date <= sources.period_start_date
            and ordered.period_end_date >= sources.period_end_date
            and ordered.approval_date between
            sources.period_start_date and sources.period_end_date
    where sources.coverage = 'cumulative'
    group by ordered.approval_id, ordered.phase_number, ordered.source_order

),

stated as (

    select
        ordered.approval_id,
        ordered.phase_number,
        ordered.record_id,
        ordered.office_id,
        ordered.content_hash,
        ordered.source_order,
        ordered.record_order,
        ordered.next_order,
        least(ordered.restating_order, narrowed.narrower_order) as restating_order
    from ordered
    left join narrowed
        on
            ordered.approval_id = narrowed.approval_id
            and ordered.phase_number = narrowed.phase_number
            and ordered.source_order = narrowed.source_order
    where ordered.record_order is not null

)

select
    *,
    case
        when next_order is null or restating_order < next_order then restating_order
    end as withdrawn_order
from stated
