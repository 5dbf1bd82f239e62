-- How often each office delivered, how late, and what became of its records.
with

offices as (

    select * from {{ ref('offices') }}

),

files as (

    select * from {{ ref('stg_lake__files') }}

),

dated as (

    select
        *,
        cast(exported_at as date) as exported_date,
        cast(
            lag(exported_at) over (
                partition by office_id order by exported_at, file_sha256
            ) as date
        ) as previous_date
    from files

),

spaced as (

    select
        *,
        {{ days_between('previous_date', 'exported_date') }} as gap_days
    from dated

),

-- How many days may pass between two exports; ten more are allowed for the mail.
expected as (

    select
        office_id,
        case cadence when 'monthly' then 31 when 'quarterly' then 92 when 'annual' then 366 end
            as expected_interval_days
    from offices

),

delivered as (

    select
        spaced.office_id,
        max(expected.expected_interval_days) as expected_interval_days,
        count(*) as file_count,
        min(spaced.exported_date) as first_exported_date,
        max(spaced.exported_date) as last_exported_date,
        max(spaced.gap_days) as longest_gap_days,
        count(*) filter (where spaced.gap_days > expected.expected_interval_days + 10)
            as late_file_count,
        sum(spaced.rows_read) as rows_read,
        sum(spaced.rows_accepted) as rows_accepted,
        sum(spaced.rows_rejected) as rows_rejected,
        sum(spaced.rows_dropped) as rows_dropped
    from spaced
    left join expected on spaced.office_id = expected.office_id
    group by spaced.office_id

)

select * from delivered
