with

versions as (

    select * from {{ ref('int_versions_effective') }}
    where is_effective

),

changes as (

    select
        cast(known_from_at as date) as known_date,
        approval_year,
        1 as count_change,
        effective_usd as change_usd
    from versions
    union all
    select
        cast(known_to_at as date) as known_date,
        approval_year,
        -1 as count_change,
        -effective_usd as change_usd
    from versions
    where known_to_at is not null

),

daily as (

    select
        known_date,
        approval_year,
        sum(count_change) as count_change,
        cast(sum(change_usd) as decimal(38, 2)) as change_usd
    from changes
    group by known_date, approval_year
    having sum(change_usd) <> 0 or sum(count_change) <> 0

),

cumulated as (

    select
        {{ hashed(['known_date', 'approval_year']) }} as vintage_id,
        known_date,
        approval_year,
        cast(sum(count_change) over so_far as bigint) as approval_count,
        cast(sum(change_usd) over so_far as decimal(38, 2)) as amount_usd,
        change_usd
    from daily
    window so_far as (
        partition by approval_year order by known_date
        rows between unbounded preceding and current row
    )

)

select * from cumulated
