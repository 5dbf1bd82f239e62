-- The rate of each currency and month over knowledge time: each statement holds until a later
-- one. Between sets stated at the same time the name of the set decides, so that the answer
-- never depends on the order of arrival.
with

rates as (

    select * from {{ ref('stg_lake__rates') }}
    where units_per_usd > 0

),

files as (

    select * from {{ ref('stg_lake__files') }}

),

ranked as (

    select
        rates.*,
        files.file_name,
        row_number() over (
            partition by rates.currency_code, rates.rate_month_date, rates.exported_at
            order by
                rates.rate_set asc, rates.file_sha256 desc, rates.record_number desc
        ) as preference
    from rates
    inner join files on rates.file_sha256 = files.file_sha256

),

dated as (

    select
        {{ hashed(['currency_code', 'rate_month_date', 'exported_at']) }} as rate_version_id,
        {{ hashed(['currency_code', 'rate_month_date']) }} as rate_id,
        currency_code,
        rate_month_date,
        rate_set,
        units_per_usd,
        exported_at as known_from_at,
        lead(exported_at) over (
            partition by currency_code, rate_month_date order by exported_at
        ) as known_to_at,
        file_sha256,
        file_name,
        sheet_name,
        record_number
    from ranked
    where preference = 1

)

select * from dated
