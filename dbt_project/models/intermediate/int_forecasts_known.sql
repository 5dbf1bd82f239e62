-- What a year was expected to bring, as known when a forecast for it was last made or changed.
with

versions as (

    select * from {{ ref('int_versions_effective') }}

),

vintages as (

    select
        approval_year as forecast_year,
        max(known_from_at) as known_at
    from versions
    where status = 'forecast' and not is_withdrawn
    group by approval_year

),

known_then as (

    select
        vintages.forecast_year,
        vintages.known_at,
        versions.donor_id,
        versions.negotiation,
        case when versions.status = 'forecast' then versions.amount_usd end
            as forecast_usd,
        case when versions.is_effective then versions.amount_usd end
            as approved_then_usd
    from vintages
    inner join versions
        on
            vintages.forecast_year = versions.approval_year
            and vintages.known_at >= versions.known_from_at
            and (
                versions.known_to_at is null or vintages.known_at < versions.known_to_at
            )
    where
        not versions.is_withdrawn
        and (versions.status = 'forecast' or versions.is_effective)

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
        cast(coalesce(
            sum(coalesce(forecast_usd, approved_then_usd))
            filter (where negotiation = 'local'), 0
        ) as decimal(38, 2)) as local_usd
    from known_then
    group by all
    {%- endfor %}

)

select * from by_member
