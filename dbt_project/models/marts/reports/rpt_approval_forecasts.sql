with

versions as (

    select * from {{ ref('int_versions_effective') }}

),

approvals as (

    select * from {{ ref('int_approvals_decided') }}
    where is_counted

),

donors as (

    select * from {{ ref('dim_donors') }}

),

files as (

    select max(exported_at) as latest_export_at from {{ ref('int_files_sequenced') }}

),

-- The forecast as known when one for that year was last made or changed.
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

actuals as (

    select
        approval_year,
        donor_id,
        sum(amount_usd) as actual_usd
    from approvals
    group by approval_year, donor_id

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
