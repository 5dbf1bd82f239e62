-- The total of every year from the first to the last with an approval, zeros included.
with

approvals as (

    select * from {{ ref('int_approvals_decided') }}
    where is_counted

),

years as (

    select * from {{ ref('int_years_described') }}

),

span as (

    select
        min(approval_year) as first_year,
        max(approval_year) as last_year
    from approvals

),

totals as (

    select
        approval_year,
        count(*) as approval_count,
        sum(amount_usd) as amount_usd
    from approvals
    group by approval_year

),

dense as (

    select
        years.approval_year,
        years.biennium_start_year,
        years.two_year_window_name,
        coalesce(totals.approval_count, 0) as approval_count,
        cast(coalesce(totals.amount_usd, 0) as decimal(38, 2)) as amount_usd
    from years
    inner join span
        on years.approval_year between span.first_year and span.last_year
    left join totals on years.approval_year = totals.approval_year

)

select * from dense
