-- Approvals that count and share donor, amount, currency and date with another one, each with
-- its folded title (without one, its recipient), known since the first statement of these facts.
with

counted as (

    select * from {{ ref('int_approvals_decided') }}
    where is_counted and amount_original <> 0

),

versions as (

    select * from {{ ref('int_approvals_enriched') }}

),

shared as (

    select
        donor_id,
        currency_code,
        amount_original,
        approval_date
    from counted
    group by all
    having count(*) > 1

),

alike as (

    select
        {{ hashed([
            'counted.donor_id', 'counted.currency_code', 'counted.amount_original',
            'counted.approval_date'
        ]) }} as facts_id,
        counted.approval_id,
        counted.approval_year,
        counted.amount_usd,
        counted.office_id,
        counted.office_reference,
        upper(replace(counted.project_symbol, ' ', '')) as symbol,
        coalesce(
            nullif({{ folded('counted.project_title') }}, ''), counted.recipient_id
        ) as title,
        min(versions.known_from_at) as first_known_at
    from counted
    inner join shared
        on
            counted.donor_id = shared.donor_id
            and counted.currency_code = shared.currency_code
            and counted.amount_original = shared.amount_original
            and counted.approval_date = shared.approval_date
    inner join versions
        on
            counted.approval_id = versions.approval_id
            and counted.amount_original = versions.amount_original
            and counted.approval_date = versions.approval_date
    group by all

)

select * from alike
