-- Every classified record in US$, with the rate beside it. An office either relies on the rates of the
-- month of approval, in the chosen set, or reports its own conversion. Without a rate there is no
-- amount in US$: the approval is held, in rpt_unconverted_approvals, until the rate arrives.
with

records as (

    select * from {{ ref('int_approvals_classified') }}

),

rates as (

    select * from {{ ref('int_rates_dated') }}
    where is_chosen and known_to_at is null

),

matched as (

    select
        records.*,
        records.usd_basis = 'reported' and records.amount_usd_reported is not null
            as is_reported,
        records.currency_code = 'USD' as is_usd,
        records.usd_basis = 'rates' as is_by_rates,
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
        *,
        case
            when is_reported then exchange_rate_reported
            when is_usd then cast(1 as decimal(18, 8))
            when is_by_rates then units_per_usd
        end as exchange_rate,
        case
            when is_reported then 'reported by the office'
            when is_usd then 'none needed'
            when is_by_rates then set_of_month
        end as rate_set,
        case when is_by_rates and not is_usd then month_of_rate end as rate_month_date,
        case when is_by_rates and not is_usd then month_known_from_at end
            as rate_known_from_at,
        case
            when is_reported then amount_usd_reported
            when is_usd then amount_original
            when is_by_rates then {{ exact_ratio('amount_original', 'units_per_usd') }}
        end as amount_usd
    from matched

)

select * from converted
