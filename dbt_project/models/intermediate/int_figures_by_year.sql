-- What each member comes to in each year, for each figure that approvals make: as known on the
-- day of the paper ('then') and as known now, which is what was known then and all that moved; and
-- as known now in the classification of today ('today').
with

moved as (

    select * from {{ ref('int_figures_moved') }}

),

known as (

    select
        *,
        'now' as knowledge
    from moved
    where change_reason <> 'today'
    union all
    select
        *,
        'then' as knowledge
    from moved
    where change_reason = 'known_then'
    union all
    select
        *,
        'today' as knowledge
    from moved
    where change_reason = 'today'

),

summed as (

    select
        figure_id,
        knowledge,
        member_id,
        approval_year,
        cast(sum(amount_usd) as decimal(38, 2)) as amount_usd,
        sum(approval_count) as approval_count,
        sum(known_count) > 0 as is_year_known
    from known
    group by figure_id, knowledge, member_id, approval_year

)

select
    *,
    sum(amount_usd) over (
        partition by figure_id, knowledge, approval_year
    ) as year_amount_usd
from summed
