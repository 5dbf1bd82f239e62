with

rates as (

    select * from {{ ref('int_rates_dated') }}

),

-- A rate that holds for several months is one statement.
stated as (

    select
        ---------- ids
        rate_version_id as exchange_rate_id,
        rate_set as rate_set_id,
        currency_code,

        ---------- numerics
        units_per_usd,

        ---------- booleans
        is_chosen,
        known_to_at is null as is_current,

        ---------- dates and timestamps
        holds_from_date,
        holds_to_date,
        known_from_at,
        known_to_at,

        ---------- provenance
        file_sha256,
        file_name,
        sheet_name,
        record_number
    from rates
    where rate_month_date = holds_from_date

)

select * from stated
