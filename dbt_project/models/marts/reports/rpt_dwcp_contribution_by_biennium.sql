with

approvals as (

    select
        *,
        {{ biennium_start('approval_year') }} as biennium_start_year
    from {{ ref('int_approvals_decided') }}
    where is_counted

),

targets as (

    select * from {{ ref('targets') }}
    where measure = 'dwcp_contribution'

),

contributions as (

    select
        biennium_start_year,
        cast(sum(amount_usd) as decimal(38, 2)) as amount_usd,
        cast(
            coalesce(sum(amount_usd) filter (where dwcp_outcome is not null), 0)
            as decimal(38, 2)
        ) as dwcp_usd
    from approvals
    group by biennium_start_year

),

-- A target stands here before the first approval of its biennium has arrived.
joined as (

    select
        coalesce(contributions.biennium_start_year, targets.period_start_year)
            as biennium_start_year,
        contributions.amount_usd,
        contributions.dwcp_usd,
        {{ percentage('contributions.dwcp_usd', 'contributions.amount_usd') }}
            as contribution_pct,
        cast(targets.target_pct as decimal(18, 2)) as target_pct,
        targets.source as target_source
    from contributions
    full outer join targets
        on contributions.biennium_start_year = targets.period_start_year

),

measured as (

    select
        biennium_start_year,
        {{ biennium_name('biennium_start_year') }} as biennium_name,
        amount_usd,
        dwcp_usd,
        contribution_pct,
        target_pct,
        cast(contribution_pct - target_pct as decimal(18, 2)) as gap_pct,
        contribution_pct >= target_pct as is_target_met,
        target_source
    from joined

)

select * from measured
