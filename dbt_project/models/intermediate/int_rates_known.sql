-- The rate of each currency and month as last stated; between rate sets stated at the same
-- time the name of the set decides, so that the answer never depends on the order of arrival.
with

rates as (

    select * from {{ ref('stg_lake__rates') }}
    where units_per_usd > 0

),

ranked as (

    select
        currency_code,
        rate_month_date,
        rate_set,
        units_per_usd,
        row_number() over (
            partition by currency_code, rate_month_date
            order by exported_at desc, rate_set asc, file_sha256 desc, record_number desc
        ) as preference
    from rates

),

known as (

    select
        currency_code,
        rate_month_date,
        rate_set,
        units_per_usd,
        {{ hashed(['currency_code', 'rate_month_date']) }} as rate_id
    from ranked
    where preference = 1

)

select * from known
