with

by_member as (

    select * from {{ ref('int_forecasts_known') }}

),

approvals as (

    select * from {{ ref('int_approvals_decided') }}
    where is_counted

),

donors as (

    select * from {{ ref('dim_donors') }}

),

files as (

    select max(exported_at) as latest_export_at from {{ ref('int_sources_sequenced') }}

),

actuals as (

    select
        approval_year,
        donor_id,
        sum(amount_usd) as actual_usd
    from approvals
    group by approval_year, donor_id

),

actuals_by_member as (

    select
        approval_year,
        'all' as member_id,
        sum(actual_usd) as actual_usd
    from actuals
    group by approval_year
    union all
    select * from actuals

),

-- A forecast is scored once an export was made after its year had ended.
scored as (

    select
        by_member.*,
        by_member.forecast_usd + by_member.approved_then_usd as expected_usd,
        case
            when extract(year from files.latest_export_at) > by_member.forecast_year
                then cast(coalesce(actuals_by_member.actual_usd, 0) as decimal(38, 2))
        end as actual_usd
    from by_member
    cross join files
    left join actuals_by_member
        on
            by_member.forecast_year = actuals_by_member.approval_year
            and by_member.member_id = actuals_by_member.member_id

),

described as (

    select
        {{ hashed(['scored.forecast_year', 'scored.dimension', 'scored.member_id']) }}
            as forecast_id,
        scored.forecast_year,
        scored.dimension,
        scored.member_id,
        coalesce(donors.donor_name, scored.member_id) as member_name,
        cast(scored.known_at as date) as known_date,
        scored.forecast_usd,
        scored.approved_then_usd,
        cast(scored.expected_usd as decimal(38, 2)) as expected_usd,
        scored.local_usd,
        {{ percentage('scored.local_usd', 'scored.expected_usd') }} as local_share_pct,
        scored.actual_usd,
        cast(scored.actual_usd - scored.expected_usd as decimal(38, 2)) as error_usd,
        {{ percentage('scored.actual_usd - scored.expected_usd', 'scored.expected_usd') }}
            as error_pct
    from scored
    left join donors on scored.member_id = donors.donor_id

)

select * from described
