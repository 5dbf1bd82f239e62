with

rates as (

    select * from {{ ref('stg_lake__rates') }}

),

described as (

    select
        currency_code,
        rate_month_date,
        rate_set,
        units_per_usd,
        exported_at as known_from_at,
        file_sha256,
        sheet_name,
        record_number
    from rates

)

select * from described
