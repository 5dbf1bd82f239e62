with

offices as (

    select * from {{ ref('dim_field_offices') }}

),

delivered as (

    select * from {{ ref('int_deliveries_counted') }}

),

approvals as (

    select * from {{ ref('int_approvals_decided') }}

),

versions as (

    select * from {{ ref('int_approvals_enriched') }}

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
        delivered.expected_interval_days,
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
    left join delivered on offices.office_id = delivered.office_id
    left join counted on offices.office_id = counted.office_id
    left join revised on offices.office_id = revised.office_id

)

select * from scored
