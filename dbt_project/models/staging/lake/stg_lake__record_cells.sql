with

source as (

    select * from {{ lake_table('record_cells') }}

),

files as (

    select file_sha256 from {{ ref('stg_lake__files') }}

),

committed as (

    select
        ---------- ids
        source.file_sha256,

        ---------- strings
        source.sheet_name,
        source.raw_cells,

        ---------- numerics
        source.record_number
    from source
    inner join files on source.file_sha256 = files.file_sha256

)

select * from committed
