with

years as (

    select * from {{ ref('int_totals_by_year') }}

),

totals as (

    select
        biennium_start_year,
        {{ biennium_name('biennium_start_year') }} as biennium_name,
        cast(sum(approval_count) as bigint) as approval_count,
        cast(sum(amount_usd) as decimal(38, 2)) as amount_usd,
        count(*) = 2 as is_complete
    from years
    group by biennium_start_year

),

compared as (

    select
        *,
        lag(amount_usd) over (order by biennium_start_year) as previous_biennium_usd
    from totals

),

measured as (

    select
        biennium_start_year,
        biennium_name,
        approval_count,
        amount_usd,
        is_complete,
        previous_biennium_usd,
        cast(amount_usd - previous_biennium_usd as decimal(38, 2)) as change_usd,
        {{ percentage('amount_usd - previous_biennium_usd', 'previous_biennium_usd') }}
            as change_pct
    from compared

)

select * from measured
