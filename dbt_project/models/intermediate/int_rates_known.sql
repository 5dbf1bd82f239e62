-- The rate of each currency and month as last stated.
with

rates as (

    select * from {{ ref('int_rates_dated') }}

)

select
    rate_id,
    currency_code,
    rate_month_date,
    rate_set,
    units_per_usd
from rates
where known_to_at is null
