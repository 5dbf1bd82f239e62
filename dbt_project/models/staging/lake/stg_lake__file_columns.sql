with

source as (

    select * from {{ lake_file_columns() }}

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
        source.header as column_header,
        source.field as field_name,
        source.alias as matched_alias,
        source.language as alias_language,
        source.decimal_sign,
        source.date_order,
        source.currency_code,

        ---------- numerics
        source.header_row,
        source.position as column_position,
        source.score as match_score,
        source.multiplier
    from source
    inner join files on source.file_sha256 = files.file_sha256

)

select * from committed
