-- The published figures with their period read: the first and the last day that it speaks of.
-- "early 2008" ends with June; what follows "vs" is the period compared with.
with

figures as (

    select * from {{ ref('published_figures') }}

),

split as (

    select
        *,
        split_part(period, ' vs ', 1) as spoken_period
    from figures

),

bounded as (

    select
        *,
        split_part(spoken_period, '-', 1) as start_text,
        coalesce(
            nullif(split_part(spoken_period, '-', 2), ''), split_part(spoken_period, '-', 1)
        ) as end_text
    from split

),

dated as (

    select
        figure_id,
        measure,
        period,
        dimension,
        member,
        try_cast(replace(start_text, 'early ', '') as integer) as start_year,
        try_cast(replace(end_text, 'early ', '') as integer) as end_year,
        end_text like 'early %' as is_early_end
    from bounded

)

select
    *,
    try_cast(
        cast(start_year as string) || '-01-01' as date
    ) as start_date,
    try_cast(
        cast(end_year as string)
        || case when is_early_end then '-06-30' else '-12-31' end as date
    ) as end_date
from dated
