-- The value of each published figure as the marts have it now; no row where they have none.
with

figures as (

    select * from {{ ref('published_figures') }}

),

by_member as (

    select * from {{ ref('int_measures_by_member') }}

),

of_total as (

    select * from {{ ref('int_measures_of_total') }}

),

ahead as (

    select * from {{ ref('int_measures_ahead') }}

),

over_periods as (

    select * from {{ ref('int_measures_over_periods') }}

),

measured as (

    select
        figures.figure_id,
        by_member.value_number,
        cast(null as string) as value_text
    from figures
    inner join by_member
        on
            figures.measure = by_member.measure
            and figures.period = by_member.period
            and replace(figures.dimension, ' ', '_') = by_member.dimension
            and figures.member = by_member.member
    union all
    select
        figures.figure_id,
        of_total.value_number,
        of_total.value_text
    from figures
    inner join of_total
        on
            figures.measure = of_total.measure
            and figures.period = of_total.period
            and figures.dimension = of_total.dimension
            and figures.member = of_total.member
    union all
    select
        figures.figure_id,
        ahead.value_number,
        cast(null as string) as value_text
    from figures
    inner join ahead
        on
            figures.measure = ahead.measure
            and figures.period = ahead.period
            and figures.dimension = ahead.dimension
            and figures.member = ahead.member
    union all
    select
        figure_id,
        cast(null as decimal(18, 2)) as value_number,
        value_text
    from over_periods

)

select * from measured
