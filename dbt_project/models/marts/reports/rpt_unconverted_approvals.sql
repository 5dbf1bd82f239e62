with

approvals as (

    select * from {{ ref('int_approvals_decided') }}
    where not_counted_reason = 'unconverted'

),

described as (

    select
        approval_id,
        office_id,
        approval_date,
        approval_year,
        currency_code,
        amount_original,
        case
            when amount_original is null then 'no amount is stated'
            when currency_code is null then 'no currency is stated'
            when usd_basis = 'reported' then 'the office reports no amount in US$'
            else 'no rate of exchange is known for the currency and month'
        end as reason,
        file_sha256,
        file_name,
        sheet_name,
        record_number
    from approvals

)

select * from described
