with

approvals as (

    select * from {{ ref('int_approvals_decided') }}
    where not_counted_reason = 'unconverted'

),

rates as (

    select
        currency_code,
        rate_month_date,
        {{ joined_names('rate_set', 'not is_chosen') }} as other_rate_set_ids
    from {{ ref('int_rates_dated') }}
    where known_to_at is null
    group by currency_code, rate_month_date

),

described as (

    select
        approvals.approval_id,
        approvals.office_id,
        approvals.approval_date,
        approvals.approval_year,
        approvals.currency_code,
        approvals.amount_original,
        case
            when approvals.amount_original is null then 'no amount is stated'
            when approvals.currency_code is null then 'no currency is stated'
            when approvals.usd_basis = 'reported'
                then 'the office reports no amount in US$'
            else 'no rate of exchange is known for the currency and month'
        end as reason,
        case when approvals.usd_basis = 'rates' then rates.other_rate_set_ids end
            as other_rate_set_ids,
        approvals.file_sha256,
        approvals.file_name,
        approvals.sheet_name,
        approvals.record_number
    from approvals
    left join rates
        on
            approvals.currency_code = rates.currency_code
            and approvals.approval_month_date = rates.rate_month_date

)

select * from described
