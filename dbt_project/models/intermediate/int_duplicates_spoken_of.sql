-- What headquarters and field offices reported under a symbol that both use, at every moment at
-- which one of them said something new or two people decided about it.
with

versions as (

    select
        *,
        upper(replace(project_symbol, ' ', '')) as symbol,
        status = 'forecast' as is_forecast
    from {{ ref('int_approvals_enriched') }}
    where
        project_symbol is not null
        and office_role in ('headquarters', 'field')

),

reported_twice as (

    select symbol
    from versions
    group by symbol
    having count(distinct office_role) = 2

),

candidates as (

    select versions.*
    from versions
    inner join reported_twice on versions.symbol = reported_twice.symbol

),

moments as (

    select
        symbol,
        known_from_at as decided_at
    from candidates
    union
    select
        symbol,
        known_to_at as decided_at
    from candidates
    where known_to_at is not null
    {%- for moment in ['known_from_at', 'known_to_at'] %}
    union
    select
        candidates.symbol,
        judged.{{ moment }} as decided_at
    from {{ ref('int_duplicates_judged') }} as judged
    inner join candidates on judged.approval_id = candidates.approval_id
    where judged.{{ moment }} is not null
    {%- endfor %}

),

periods as (

    select
        symbol,
        decided_at,
        lead(decided_at) over (partition by symbol order by decided_at) as decided_to_at
    from moments

),

alive as (

    select
        periods.decided_at,
        periods.decided_to_at,
        candidates.symbol,
        candidates.is_forecast,
        candidates.approval_id,
        candidates.office_role,
        candidates.negotiation
    from periods
    inner join candidates
        on
            periods.symbol = candidates.symbol
            and {{ is_within('periods.decided_at', 'candidates') }}
    where not candidates.is_withdrawn

)

select * from alive
