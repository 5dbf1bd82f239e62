{%- set classes = ['region_id', 'sector_id', 'donor_group_id'] %}

with

by_reason as (

    select * from {{ ref('int_totals_moved') }}

),

daily as (

    select
        known_date,
        approval_year,
        sum(count_change) as count_change,
        {% for reason in change_reasons() -%}
        cast(coalesce(
            sum(change_usd) filter (where change_reason = '{{ reason }}'), 0
        ) as decimal(38, 2)) as {{ reason }}_usd,
        {% endfor -%}
        {% for class in classes -%}
        cast(coalesce(
            sum(moved_usd) filter (where moved_field = '{{ class }}'), 0
        ) as decimal(38, 2)) as {{ class | replace('_id', '') }}_moved_usd,
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
        {% for reason in change_reasons() -%}
        {{ reason }}_usd,
        {% endfor -%}
        region_moved_usd,
        sector_moved_usd,
        donor_group_moved_usd,
        change_usd
    from daily
    window so_far as (
        partition by approval_year order by known_date
        rows between unbounded preceding and current row
    )

)

select * from cumulated
