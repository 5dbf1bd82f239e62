with

columns_read as (

    select * from {{ ref('stg_lake__file_columns') }}

),

described as (

    select
        file_sha256,
        sheet_name,
        column_position,
        {{ column_letters('sheet_name', 'column_position') }} as column_letters,
        column_header,
        field_name,
        matched_alias,
        alias_language,
        cast(match_score as integer) as match_score,
        cast(multiplier as bigint) as multiplier,
        currency_code,
        decimal_sign,
        date_order,
        cast(header_row as bigint) as header_row
    from columns_read
    where field_name is not null

)

select * from described
