-- Every record in US$, with the rate beside it. An office either relies on the rates of the
-- month of approval, in the chosen set, or reports its own conversion. Without a rate there is no
-- amount in US$: the approval is held, in rpt_unconverted_approvals, until the rate arrives.
with

records as (

    select * from {{ ref('int_approvals_identified') }}
    where not is_repeated_reference

),

rates as (

    select * from {{ ref('int_rates_dated') }}
    where is_chosen and known_to_at is null

),

matched as (

    select
        records.record_id,
        records.usd_basis,
        records.amount_original,
        records.amount_usd_reported,
        records.exchange_rate_reported,
        records.currency_code = 'USD' as is_usd,
        rates.units_per_usd,
        rates.rate_set as set_of_month,
        rates.rate_month_date as month_of_rate,
        rates.known_from_at as month_known_from_at
    from records
    left join rates
        on
            records.currency_code = rates.currency_code
            and cast(date_trunc('month', records.approval_date) as date)
            = rates.rate_month_date

),

converted as (

    select
        record_id,
        case
            when usd_basis = 'reported' and amount_usd_reported is not null
                then exchange_rate_reported
            when is_usd then cast(1 as decimal(18, 8))
            when usd_basis = 'rates' then units_per_usd
        end as exchange_rate,
        case
            when usd_basis = 'reported' and amount_usd_reported is not null
                then 'reported by the office'
            when is_usd then 'none needed'
            when usd_basis = 'rates' then set_of_month
        end as rate_set,
        case when usd_basis = 'rates' and not is_usd then month_of_rate end
            as rate_month_date,
        case when usd_basis = 'rates' and not is_usd then month_known_from_at end
            as rate_known_from_at,
        case
            when usd_basis = 'reported' and amount_usd_reported is not null
                then amount_usd_reported
            when is_usd then amount_original
            when usd_basis = 'rates'
                then {{ exact_ratio('amount_original', 'units_per_usd') }}
        end as amount_usd
    from matched

)

select * from converted
