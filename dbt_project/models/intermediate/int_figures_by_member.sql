-- For each figure that approvals make: what each member comes to over the period that it speaks
-- of, over the one compared with, and at most in a year before. A figure has data if every year
-- that it speaks of lies among those with approvals.
with

figures as (

    select * from {{ ref('dim_published_figures') }}

),

years as (

    select * from {{ ref('int_figures_by_year') }}

),

spans as (

    select
        figure_id,
        knowledge,
        min(approval_year) as first_year,
        max(approval_year) as last_year
    from years
    where is_year_known
    group by figure_id, knowledge

),

spoken as (

    select
        years.*,
        years.approval_year between figures.start_year and figures.end_year as is_spoken_of,
        years.approval_year between figures.compared_start_year
        and figures.compared_end_year as is_compared,
        years.approval_year < figures.start_year as is_earlier
    from years
    inner join figures on years.figure_id = figures.figure_id
    inner join spans
        on
            years.figure_id = spans.figure_id
            and years.knowledge = spans.knowledge
            and figures.start_year >= spans.first_year
            and figures.end_year <= spans.last_year
            and (
                figures.compared_start_year is null
                or figures.compared_start_year >= spans.first_year
            )

),

summed as (

    select
        figure_id,
        knowledge,
        member_id,
        coalesce(sum(amount_usd) filter (where is_spoken_of), 0) as amount_usd,
        sum(amount_usd) filter (where is_compared) as compared_usd,
        max(amount_usd) filter (where is_earlier) as highest_before_usd
    from spoken
    group by figure_id, knowledge, member_id
    having max(approval_count) > 0

)

select
    *,
    sum(amount_usd) over (partition by figure_id, knowledge) as all_usd,
    rank() over (
        partition by figure_id, knowledge order by amount_usd desc nulls last
    ) as position,
    {{ percentage('amount_usd - compared_usd', 'compared_usd') }} as change_pct
from summed
