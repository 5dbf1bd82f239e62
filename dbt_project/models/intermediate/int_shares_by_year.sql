-- Amount, share, rank and growth of every member in every year from the first to the last,
-- with zeros where a member has nothing, so that a fall to nothing is a row too.
with

amounts as (

    select * from {{ ref('int_member_amounts') }}

),

years as (

    select approval_year from {{ ref('int_years_described') }}

),

members as (

    select
        dimension,
        member_id
    from amounts
    group by all

),

spans as (

    select
        dimension,
        min(approval_year) as first_year,
        max(approval_year) as last_year
    from amounts
    group by dimension

),

dense as (

    select
        members.dimension,
        members.member_id,
        years.approval_year,
        coalesce(amounts.approval_count, 0) as approval_count,
        coalesce(amounts.amount_usd, 0) as amount_usd
    from members
    inner join spans on members.dimension = spans.dimension
    inner join years
        on years.approval_year between spans.first_year and spans.last_year
    left join amounts
        on
            members.dimension = amounts.dimension
            and members.member_id = amounts.member_id
            and years.approval_year = amounts.approval_year

),

compared as (

    select
        *,
        sum(amount_usd) over (partition by dimension, approval_year) as year_amount_usd,
        rank() over (
            partition by dimension, approval_year order by amount_usd desc nulls last
        ) as position,
        lag(amount_usd) over (
            partition by dimension, member_id order by approval_year
        ) as previous_year_usd
    from dense

),

measured as (

    select
        *,
        {{ percentage('amount_usd', 'year_amount_usd') }} as share_pct,
        case when amount_usd <> 0 then position end as amount_rank,
        amount_usd - previous_year_usd as change_usd,
        {{ percentage('amount_usd - previous_year_usd', 'previous_year_usd') }}
            as change_pct
    from compared

)

select
    *,
    {{ hashed(['dimension', 'member_id', 'approval_year']) }} as share_id,
    100 - sum(share_pct) over (partition by dimension, approval_year)
        as share_residual_pct
from measured
