with

source as (

    select * from {{ lake_manifests() }}

),

renamed as (

    select
        ---------- ids
        file_sha256,
        office_id,
        config_sha256,

        ---------- strings
        dataset,
        original_name as file_name,
        format as file_format,
        encoding,
        coverage,
        exported_at_source,
        extractor_version,
        status,

        ---------- numerics
        size_bytes,
        table_count,
        rows_read,
        rows_accepted,
        rows_rejected,
        rows_dropped,

        ---------- dates and timestamps
        period_start as period_start_date,
        period_end as period_end_date,
        {{ utc_timestamp('exported_at') }} as exported_at,
        {{ utc_timestamp('received_at') }} as received_at
    from source

),

known as (

    select * from renamed
    where {{ is_known('exported_at') }}

)

select * from known
