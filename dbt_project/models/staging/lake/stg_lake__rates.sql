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
        source.office_id,

        ---------- strings
        files.file_name,
        source.sheet_name,
        source.rate_set,
        source.currency_code,

        ---------- numerics
        source.record_number,
        source.units_per_usd,

        ---------- dates and timestamps
        cast(date_trunc('month', source.rate_month) as date) as rate_month_date,
        files.exported_at
    from source
    inner join files on source.file_sha256 = files.file_sha256
    -- A release that has ended counts no longer.
    where source.ended_at is null

)

select * from committed
