with

source as (

    select * from {{ lake_table('rejects') }}

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
        source.dataset,
        files.file_name,
        source.sheet_name,
        source.reason_code,
        source.reason_codes,
        source.reason_column,
        source.message,
        source.raw_text,
        source.raw_cells,
        source.currency_code,

        ---------- numerics
        source.record_number,
        source.amount_original,

        ---------- dates
        source.approval_date
    from source
    inner join files on source.file_sha256 = files.file_sha256

)

select * from committed
