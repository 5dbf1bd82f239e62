with

approvals as (

    select * from {{ ref('int_approvals_decided') }}
    where is_counted

),

years as (

    select * from {{ ref('int_totals_by_year') }}

),

sides as (

    select
        approval_year,
        sum(amount_usd) filter (where negotiation = 'local') as local_usd,
        sum(amount_usd) filter (where negotiation = 'central') as central_usd,
        sum(amount_usd) filter (where negotiation = 'not-stated') as not_stated_usd
    from approvals
    group by approval_year

),

totals as (

    select
        years.approval_year,
        years.amount_usd,
        cast(coalesce(sides.local_usd, 0) as decimal(38, 2)) as local_usd,
        cast(coalesce(sides.central_usd, 0) as decimal(38, 2)) as central_usd,
        cast(coalesce(sides.not_stated_usd, 0) as decimal(38, 2)) as not_stated_usd
    from years
    left join sides on years.approval_year = sides.approval_year

),

shared as (

    select
        *,
        {{ percentage('local_usd', 'amount_usd') }} as local_share_pct,
        {{ percentage('central_usd', 'amount_usd') }} as central_share_pct,
        {{ percentage('not_stated_usd', 'amount_usd') }} as not_stated_share_pct
    from totals

),

measured as (

    select
        *,
        cast(
            100 - local_share_pct - central_share_pct - not_stated_share_pct
            as decimal(18, 2)
        ) as share_residual_pct,
        cast(
            local_share_pct - lag(local_share_pct) over (order by approval_year)
            as decimal(18, 2)
        ) as local_share_change,
        coalesce(
            local_share_pct > 0
            and rank() over (order by local_share_pct desc nulls last) = 1,
            false
        ) as is_local_share_peak
    from shared

)

select * from measured
