with

offices as (

    select * from {{ ref('dim_field_offices') }}

),

files as (

    select * from {{ ref('stg_lake__files') }}

),

approvals as (

    select * from {{ ref('int_approvals_decided') }}

),

versions as (

    select * from {{ ref('int_approvals_enriched') }}

),

spaced as (

    select
        *,
        cast(exported_at as date) as exported_date,
        cast(exported_at as date) - cast(
            lag(exported_at) over (partition by office_id order by exported_at, file_sha256)
            as date
        ) as gap_days
    from files

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
    inner join expected on spaced.office_id = expected.office_id
    group by spaced.office_id

),

counted as (

    select
        office_id,
        count(*) filter (where is_counted) as approval_count,
        sum(amount_usd) filter (where is_counted) as amount_usd
    from approvals
    group by office_id

),

revised as (

    select
        office_id,
        count(*) filter (where version_kind in ('revised', 'reinstated'))
            as restatement_count,
        count(*) filter (where version_kind = 'withdrawn') as withdrawn_count
    from versions
    group by office_id

),

scored as (

    select
        offices.office_id,
        offices.office_name,
        offices.cadence,
        coalesce(delivered.file_count, 0) as file_count,
        delivered.first_exported_date,
        delivered.last_exported_date,
        expected.expected_interval_days,
        delivered.longest_gap_days,
        coalesce(delivered.late_file_count, 0) as late_file_count,
        cast(coalesce(delivered.rows_read, 0) as bigint) as rows_read,
        cast(coalesce(delivered.rows_accepted, 0) as bigint) as rows_accepted,
        cast(coalesce(delivered.rows_rejected, 0) as bigint) as rows_rejected,
        cast(coalesce(delivered.rows_dropped, 0) as bigint) as rows_dropped,
        {{ percentage('delivered.rows_rejected', 'delivered.rows_read') }}
            as rejected_pct,
        coalesce(counted.approval_count, 0) as approval_count,
        cast(coalesce(counted.amount_usd, 0) as decimal(38, 2)) as amount_usd,
        coalesce(revised.restatement_count, 0) as restatement_count,
        coalesce(revised.withdrawn_count, 0) as withdrawn_count,
        offices.is_synthetic
    from offices
    inner join expected on offices.office_id = expected.office_id
    left join delivered on offices.office_id = delivered.office_id
    left join counted on offices.office_id = counted.office_id
    left join revised on offices.office_id = revised.office_id

)

select * from scored
