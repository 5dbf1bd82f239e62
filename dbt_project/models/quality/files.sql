with

files as (

    select * from {{ ref('stg_lake__files') }}

),

described as (

    select
        file_sha256,
        office_id,
        dataset,
        file_name as original_name,
        size_bytes,
        file_format as format,
        encoding,
        table_count,
        rows_read,
        rows_accepted,
        rows_rejected,
        rows_dropped,
        coverage,
        period_start_date as period_start,
        period_end_date as period_end,
        exported_at,
        exported_at_source,
        received_at,
        extractor_version,
        config_sha256,
        status
    from files

)

select * from described
