with

years as (

    select * from {{ ref('int_totals_by_year') }}

),

doubted as (

    select
        approval_year,
        sum(approval_count) filter (where dimension = 'unconverted') as unconverted_count,
        sum(approval_count) filter (where dimension = 'undecided') as undecided_count,
        sum(amount_usd) filter (where dimension = 'undecided') as undecided_usd
    from {{ ref('int_members_contributed') }}
    where dimension in ('unconverted', 'undecided')
    group by approval_year

),

quarantine as (

    select
        cast(extract(year from approval_date) as integer) as approval_year,
        count(*) as quarantined_count,
        sum(amount_usd) as quarantined_usd
    from {{ ref('int_quarantine_valued') }}
    where is_standing
    group by all

),

compared as (

    select
        *,
        lag(amount_usd) over (order by approval_year) as previous_year_usd,
        max(amount_usd) over (
            order by approval_year rows between unbounded preceding and 1 preceding
        ) as highest_before_usd,
        max(amount_usd) over (
            order by approval_year rows between 1 following and unbounded following
        ) as highest_after_usd
    from years

),

measured as (

    select
        compared.approval_year,
        cast(compared.approval_count as bigint) as approval_count,
        compared.amount_usd,
        compared.previous_year_usd,
        cast(compared.amount_usd - compared.previous_year_usd as decimal(38, 2))
            as change_usd,
        {{ percentage(
            'compared.amount_usd - compared.previous_year_usd',
            'compared.previous_year_usd'
        ) }} as change_pct,
        coalesce(compared.amount_usd > compared.highest_before_usd, false) as is_record,
        compared.amount_usd > greatest(
            coalesce(compared.highest_before_usd, 0),
            coalesce(compared.highest_after_usd, 0)
        ) as is_highest,
        windows.amount_usd as two_year_usd,
        windows.previous_window_usd as previous_two_year_usd,
        windows.change_pct as two_year_change_pct,
        compared.biennium_start_year,
        biennia.amount_usd as biennium_usd,
        cast(coalesce(doubted.unconverted_count, 0) as bigint) as unconverted_count,
        coalesce(quarantine.quarantined_count, 0) as quarantined_count,
        cast(coalesce(quarantine.quarantined_usd, 0) as decimal(38, 2))
            as quarantined_usd,
        cast(
            compared.amount_usd + coalesce(quarantine.quarantined_usd, 0)
            as decimal(38, 2)
        ) as amount_with_quarantine_usd,
        cast(coalesce(doubted.undecided_count, 0) as bigint) as undecided_count,
        cast(coalesce(doubted.undecided_usd, 0) as decimal(38, 2)) as undecided_usd,
        cast(
            compared.amount_usd - coalesce(doubted.undecided_usd, 0) as decimal(38, 2)
        ) as amount_without_undecided_usd
    from compared
    left join {{ ref('rpt_approvals_by_two_year_window') }} as windows
        on compared.approval_year = windows.window_end_year
    left join {{ ref('rpt_approvals_by_biennium') }} as biennia
        on compared.biennium_start_year = biennia.biennium_start_year
    left join doubted on compared.approval_year = doubted.approval_year
    left join quarantine on compared.approval_year = quarantine.approval_year

)

select * from measured
