-- What moved the total of a year, or an amount between members of it, by day and reason.
with

versions as (

    select * from {{ ref('int_versions_effective') }}

),

restatements as (

    select * from {{ ref('fct_approval_restatements') }}
    where
        change_reason = 'reclassification'
        and field_name in ('region_id', 'sector_id', 'donor_group_id')

),

-- A changed date of approval takes the amount out of one year and puts it into another.
moves as (

    select
        cast(known_from_at as date) as known_date,
        approval_year,
        change_reason,
        case when is_effective then 1 else 0 end as count_change,
        effective_usd as change_usd,
        '' as moved_field,
        0 as moved_usd
    from versions
    union all
    select
        cast(known_from_at as date) as known_date,
        before_approval_year as approval_year,
        change_reason,
        case when before_is_effective then -1 else 0 end as count_change,
        -before_effective_usd as change_usd,
        '' as moved_field,
        0 as moved_usd
    from versions
    where before_approval_year is not null
    union all
    select
        cast(known_from_at as date) as known_date,
        approval_year,
        change_reason,
        0 as count_change,
        0 as change_usd,
        field_name as moved_field,
        moved_usd
    from restatements

),

by_reason as (

    select
        known_date,
        approval_year,
        change_reason,
        moved_field,
        sum(count_change) as count_change,
        cast(sum(change_usd) as decimal(38, 2)) as change_usd,
        sum(moved_usd) as moved_usd
    from moves
    where approval_year is not null
    group by known_date, approval_year, change_reason, moved_field
    having sum(change_usd) <> 0 or sum(count_change) <> 0 or sum(moved_usd) <> 0

)

select * from by_reason
