-- The versions that made up the forecast for a year when it was last made or changed: what was
-- forecast, and what was approved by then.
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
        versions.approval_id,
        versions.version_number,
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

)

select
    *,
    case when negotiation = 'local' then coalesce(forecast_usd, approved_then_usd) end
        as local_usd
from known_then
