-- What a year was expected to bring, as known when a forecast for it was last made or changed.
with

known_then as (

    select * from {{ ref('int_forecasts_contributed') }}

),

by_member as (

    {%- for dimension, member in [('total', "'all'"), ('donor', 'donor_id')] %}
    {% if not loop.first %}union all{% endif %}
    select
        forecast_year,
        known_at,
        '{{ dimension }}' as dimension,
        {{ member }} as member_id,
        cast(coalesce(sum(forecast_usd), 0) as decimal(38, 2)) as forecast_usd,
        cast(coalesce(sum(approved_then_usd), 0) as decimal(38, 2))
            as approved_then_usd,
        cast(coalesce(sum(local_usd), 0) as decimal(38, 2)) as local_usd
    from known_then
    group by all
    {%- endfor %}

)

select * from by_member
