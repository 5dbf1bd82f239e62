with

years as (

    select * from {{ ref('int_totals_by_year') }}

),

-- The first year has no window: the year before it is not known to be empty.
paired as (

    select
        approval_year as window_end_year,
        two_year_window_name as window_name,
        amount_usd + lag(amount_usd) over (order by approval_year) as amount_usd
    from years

),

compared as (

    select
        *,
        lag(amount_usd, 2) over (order by window_end_year) as previous_window_usd
    from paired

),

measured as (

    select
        window_end_year,
        window_name,
        cast(amount_usd as decimal(38, 2)) as amount_usd,
        cast(previous_window_usd as decimal(38, 2)) as previous_window_usd,
        cast(amount_usd - previous_window_usd as decimal(38, 2)) as change_usd,
        {{ percentage('amount_usd - previous_window_usd', 'previous_window_usd') }}
            as change_pct
    from compared
    where amount_usd is not null

)

select * from measured
