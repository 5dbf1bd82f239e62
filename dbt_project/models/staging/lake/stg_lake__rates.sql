with

source as (

    {{ lake_rows('rates') }}

),

files as (

    select * from {{ ref('stg_lake__files') }}

),

committed as (

    select
        ---------- ids
        source.file_sha256,
        coalesce(source.decision_id, source.file_sha256) as source_id,
        source.office_id,

        ---------- strings
        files.file_name,
        source.sheet_name,
        source.rate_set,
        source.currency_code,

        ---------- numerics
        source.record_number,
        source.release_number,
        source.units_per_usd,

        ---------- dates and timestamps
        cast(date_trunc('month', source.rate_month) as date) as rate_month_date,
        files.exported_at,
        greatest(
            files.exported_at, coalesce(source.released_at, files.exported_at)
        ) as known_from_at,
        source.ended_at
    from source
    inner join files on source.file_sha256 = files.file_sha256

)

select * from committed
where ended_at is null or known_from_at < ended_at
