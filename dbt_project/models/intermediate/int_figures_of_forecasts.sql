-- The values of forecasts, as known on the day of the paper and now: what was forecast and what
-- was approved when a forecast for the year was last made or changed, as in
-- int_forecasts_contributed.
with

figures as (

    select
        *,
        coalesce(as_of_date, cast('9999-12-31' as date)) as paper_date
    from {{ ref('dim_published_figures') }}
    where measure = 'approvals forecast'

),

versions as (

    select
        *,
        cast(known_from_at as date) as known_from_date
    from {{ ref('int_versions_effective') }}
    where not is_withdrawn and (status = 'forecast' or is_effective)

),

moments as (

    select
        figures.figure_id,
        'now' as knowledge,
        max(versions.known_from_at) as known_at
    from figures
    inner join versions
        on versions.status = 'forecast' and figures.start_year = versions.approval_year
    group by figures.figure_id
    union all
    select
        figures.figure_id,
        'then' as knowledge,
        max(versions.known_from_at) as known_at
    from figures
    inner join versions
        on
            versions.status = 'forecast'
            and figures.start_year = versions.approval_year
            and figures.paper_date >= versions.known_from_date
    group by figures.figure_id

),

expected as (

    select
        figures.figure_id,
        moments.knowledge,
        {{ exact_ratio('sum(versions.amount_usd)', 'max(figures.unit_factor)') }}
            as value_number
    from figures
    inner join moments on figures.figure_id = moments.figure_id
    inner join versions
        on
            figures.start_year = versions.approval_year
            and {{ is_within('moments.known_at', 'versions') }}
            and (
                figures.member_dimension = 'total' or figures.member_id = versions.donor_id
            )
    group by figures.figure_id, moments.knowledge

)

select
    *,
    cast(null as string) as value_text
from expected
