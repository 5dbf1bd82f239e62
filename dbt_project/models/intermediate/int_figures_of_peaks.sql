-- The first year among those that a figure speaks of in which the share of its member was highest.
with

figures as (

    select * from {{ ref('dim_published_figures') }}
    where measure = 'locally mobilised share peak'

),

years as (

    select * from {{ ref('int_figures_by_year') }}

),

ordered as (

    select
        years.figure_id,
        years.knowledge,
        years.approval_year,
        row_number() over (
            partition by years.figure_id, years.knowledge
            order by
                {{ percentage('years.amount_usd', 'years.year_amount_usd') }} desc nulls last,
                years.approval_year asc
        ) as position
    from years
    inner join figures
        on
            years.figure_id = figures.figure_id
            and years.member_id = figures.member_id
            and years.approval_year between figures.start_year and figures.end_year

)

select
    figure_id,
    knowledge,
    cast(null as decimal(18, 2)) as value_number,
    cast(approval_year as string) as value_text
from ordered
where position = 1
