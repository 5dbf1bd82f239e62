-- What was known of each approval, interval by interval.
with

known as (

    select * from {{ ref('int_versions_weighed') }}

),

compared as (

    select
        *,
        lag(statement_number) over earlier as statement_before,
        lag(is_duplicate) over earlier as duplicate_before,
        lag(exchange_rate) over earlier as rate_before,
        lag(region_id) over earlier as region_before,
        lag(sector_id) over earlier as sector_before,
        lag(donor_group_id) over earlier as donor_group_before
    from known
    window earlier as (partition by approval_id order by known_from_at)

),

changed as (

    select
        *,
        row_number() over later as version_number,
        lead(known_from_at) over later as known_to_at
    from compared
    where
        statement_number is distinct from statement_before
        or is_duplicate is distinct from duplicate_before
        or exchange_rate is distinct from rate_before
        or region_id is distinct from region_before
        or sector_id is distinct from sector_before
        or donor_group_id is distinct from donor_group_before
    window later as (partition by approval_id order by known_from_at)

)

select
    {{ hashed(['approval_id', 'version_number']) }} as approval_version_id,
    *
from changed
