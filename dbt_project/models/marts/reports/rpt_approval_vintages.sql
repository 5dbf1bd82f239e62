{%- set reasons = [
    'new_report', 'late_report', 'revision', 'correction', 'reclassification', 'withdrawal',
    'reinstatement', 'exchange_rate', 'double_count'
] %}

with

versions as (

    select * from {{ ref('int_versions_effective') }}

),

-- A changed date of approval takes the amount out of one year and puts it into another.
moves as (

    select
        cast(known_from_at as date) as known_date,
        approval_year,
        change_reason,
        case when is_effective then 1 else 0 end as count_change,
        effective_usd as change_usd
    from versions
    union all
    select
        cast(known_from_at as date) as known_date,
        before_approval_year as approval_year,
        change_reason,
        case when before_is_effective then -1 else 0 end as count_change,
        -before_effective_usd as change_usd
    from versions
    where before_approval_year is not null

),

by_reason as (

    select
        known_date,
        approval_year,
        change_reason,
        sum(count_change) as count_change,
        cast(sum(change_usd) as decimal(38, 2)) as change_usd
    from moves
    where approval_year is not null
    group by known_date, approval_year, change_reason
    having sum(change_usd) <> 0 or sum(count_change) <> 0

),

daily as (

    select
        known_date,
        approval_year,
        sum(count_change) as count_change,
        {% for reason in reasons -%}
        cast(coalesce(
            sum(change_usd) filter (where change_reason = '{{ reason }}'), 0
        ) as decimal(38, 2)) as {{ reason }}_usd,
        {% endfor -%}
        cast(sum(change_usd) as decimal(38, 2)) as change_usd
    from by_reason
    group by known_date, approval_year

),

cumulated as (

    select
        {{ hashed(['known_date', 'approval_year']) }} as vintage_id,
        known_date,
        approval_year,
        cast(sum(count_change) over so_far as bigint) as approval_count,
        cast(sum(change_usd) over so_far as decimal(38, 2)) as amount_usd,
        {% for reason in reasons -%}
        {{ reason }}_usd,
        {% endfor -%}
        change_usd
    from daily
    window so_far as (
        partition by approval_year order by known_date
        rows between unbounded preceding and current row
    )

)

select * from cumulated
