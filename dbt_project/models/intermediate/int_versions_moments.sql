-- Every moment at which something became known that may change what is known of an approval: its
-- office spoke, a rate for it was stated, or it was decided that another report of it counts.
with

versions as (

    select * from {{ ref('int_approvals_enriched') }}

),

rates as (

    select * from {{ ref('int_rates_dated') }}

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

),

-- An approval may lose against several others.
lost as (

    select
        moments.approval_id,
        moments.known_from_at,
        max(duplicates.decision_id) as duplicate_decision_id
    from moments
    inner join duplicates
        on
            moments.approval_id = duplicates.approval_id
            and {{ is_within('moments.known_from_at', 'duplicates') }}
    group by moments.approval_id, moments.known_from_at

)

select
    moments.approval_id,
    moments.known_from_at,
    lost.approval_id is not null as is_duplicate,
    lost.duplicate_decision_id
from moments
left join lost
    on
        moments.approval_id = lost.approval_id
        and moments.known_from_at = lost.known_from_at
