-- Every approval that counts, or would if it had a rate, in US$ by each set of rates: it counts in
-- a set as it would if that set were the chosen one.
with

approvals as (

    select decided.*
    from {{ ref('int_approvals_decided') }} as decided
    left join {{ ref('funding_sources') }} as funding_sources
        on decided.funding_source_id = funding_sources.funding_source_id
    where
        decided.approval_year is not null
        and coalesce(decided.not_counted_reason, 'unconverted') = 'unconverted'
        and coalesce(funding_sources.is_approval, 'yes') <> 'no'

),

rates as (

    select
        *,
        row_number() over (
            partition by currency_code, rate_month_date order by is_chosen desc, rate_set asc
        ) as preference
    from {{ ref('int_rates_dated') }}
    where known_to_at is null

),

rate_sets as (

    select
        rate_set_id,
        true as is_chosen
    from {{ ref('rate_sets') }}
    where is_chosen = 'yes'
    union
    select
        rate_set as rate_set_id,
        is_chosen
    from rates

),

-- What is held for want of a rate is valued by the chosen set, or else by the first that can.
valued as (

    select
        approvals.*,
        case
            when approvals.amount_usd is null and approvals.is_converted
                then {{ exact_ratio('approvals.amount_original', 'rates.units_per_usd') }}
            else approvals.amount_usd
        end as best_usd
    from approvals
    left join rates
        on
            approvals.currency_code = rates.currency_code
            and approvals.approval_month_date = rates.rate_month_date
            and rates.preference = 1

),

compared as (

    select
        valued.approval_id,
        valued.approval_year,
        rate_sets.rate_set_id,
        rate_sets.is_chosen,
        valued.amount_usd as chosen_usd,
        valued.best_usd,
        case
            when valued.is_converted
                then {{ exact_ratio('valued.amount_original', 'rates.units_per_usd') }}
            else valued.amount_usd
        end as amount_usd
    from valued
    cross join rate_sets
    left join rates
        on
            rate_sets.rate_set_id = rates.rate_set
            and valued.currency_code = rates.currency_code
            and valued.approval_month_date = rates.rate_month_date

)

select * from compared
