with

rate_sets as (

    select * from {{ ref('rate_sets') }}

),

rates as (

    select
        rate_set as rate_set_id,
        count(distinct currency_code) as currency_count,
        count(*) as rate_count,
        min(holds_from_date) as first_rate_date,
        max(holds_to_date) as last_rate_date,
        max(known_from_at) as last_known_from_at
    from {{ ref('int_rates_dated') }}
    where known_to_at is null and rate_month_date = holds_from_date
    group by rate_set

),

-- A set that a file names and rate_sets.csv does not is in sight, and converts nothing.
described as (

    select
        coalesce(rate_sets.rate_set_id, rates.rate_set_id) as rate_set_id,
        coalesce(
            rate_sets.rate_set_name,
            rates.rate_set_id || ' (not declared in rate_sets.csv)'
        ) as rate_set_name,
        rate_sets.source,
        coalesce(rate_sets.period_months, 1) as period_months,
        coalesce(rates.currency_count, 0) as currency_count,
        coalesce(rates.rate_count, 0) as rate_count,
        coalesce(rate_sets.is_chosen = 'yes', false) as is_chosen,
        rate_sets.rate_set_id is not null as is_declared,
        rate_sets.is_synthetic = 'yes' as is_synthetic,
        rates.first_rate_date,
        rates.last_rate_date,
        rates.last_known_from_at
    from rate_sets
    full outer join rates on rate_sets.rate_set_id = rates.rate_set_id

)

select * from described
