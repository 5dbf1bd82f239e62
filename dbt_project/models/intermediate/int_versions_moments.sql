-- Every moment at which something became known that may change what is known of an approval: its
-- office spoke, a rate for it was stated, or the other side's report decided which one counts.
with

versions as (

    select * from {{ ref('int_approvals_enriched') }}

),

rates as (

    select * from {{ ref('int_rates_dated') }}
    where is_chosen

),

duplicates as (

    select * from {{ ref('int_duplicates_dated') }}

),

moments as (

    select
        approval_id,
        known_from_at
    from versions
    union
    select
        versions.approval_id,
        rates.known_from_at
    from versions
    inner join rates
        on
            versions.currency_code = rates.currency_code
            and versions.approval_month_date = rates.rate_month_date
    where versions.is_converted and rates.known_from_at > versions.known_from_at
    union
    select
        approval_id,
        known_from_at
    from duplicates
    union
    select
        approval_id,
        known_to_at as known_from_at
    from duplicates
    where known_to_at is not null

)

select
    approval_id,
    known_from_at
from moments
