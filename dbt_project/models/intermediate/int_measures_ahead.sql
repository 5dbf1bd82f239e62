-- The measures of forecasts and of targets, in the words in which published figures are written
-- down.
with

forecasts as (

    select * from {{ ref('rpt_approval_forecasts') }}

),

contributions as (

    select * from {{ ref('rpt_dwcp_contribution_by_biennium') }}

),

unioned as (

    select
        'approvals forecast' as measure,
        cast(forecast_year as string) as period,
        dimension,
        member_name as member,
        cast(expected_usd / 1000000 as decimal(18, 2)) as value_number
    from forecasts
    union all
    select
        'target share' as measure,
        cast(biennium_start_year as string) || '-'
        || cast(biennium_start_year + 1 as string) as period,
        'dwcp' as dimension,
        'direct contribution to DWCP outcomes' as member,
        target_pct as value_number
    from contributions

)

select * from unioned
where value_number is not null
