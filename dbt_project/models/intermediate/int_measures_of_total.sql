-- The measures of the totals and of local mobilisation, in the words in which published figures
-- are written down.
with

years as (

    select
        *,
        cast(approval_year as string) as year_text
    from {{ ref('rpt_approvals_by_year') }}

),

mobilisation as (

    select
        *,
        cast(approval_year as string) as year_text
    from {{ ref('rpt_local_mobilisation_by_year') }}

),

windows as (

    select * from {{ ref('rpt_approvals_by_two_year_window') }}

),

unioned as (

    select
        'approvals' as measure,
        year_text as period,
        'total' as dimension,
        'all' as member,
        amount_usd / 1000000 as value_number,
        cast(null as string) as value_text
    from years
    union all
    select
        'approvals change' as measure,
        year_text || ' vs ' || cast(approval_year - 1 as string) as period,
        'total' as dimension,
        'all' as member,
        change_pct as value_number,
        cast(null as string) as value_text
    from years
    union all
    select
        'approvals record' as measure,
        year_text as period,
        'total' as dimension,
        'all' as member,
        null as value_number,
        case when is_record then 'true' else 'false' end as value_text
    from years
    union all
    select
        'approvals growth' as measure,
        window_name || ' vs ' || cast(window_end_year - 3 as string)
        || '-' || cast(window_end_year - 2 as string) as period,
        'total' as dimension,
        'all' as member,
        change_pct as value_number,
        cast(null as string) as value_text
    from windows
    union all
    select
        'locally mobilised share' as measure,
        year_text as period,
        'mobilisation' as dimension,
        'local' as member,
        local_share_pct as value_number,
        cast(null as string) as value_text
    from mobilisation

)

select
    measure,
    period,
    dimension,
    member,
    cast(value_number as decimal(18, 2)) as value_number,
    value_text
from unioned
where value_number is not null or value_text is not null
