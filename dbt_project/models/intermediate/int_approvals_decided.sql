-- Every approval as now known, with whether it counts as a new extra-budgetary approval and,
-- if not, the first reason that applies.
with

approvals as (

    select * from {{ ref('int_approvals_enriched') }}
    where is_current

),

duplicates as (

    select distinct approval_id from {{ ref('int_duplicates_dated') }}
    where known_to_at is null

),

versions as (

    select
        approval_id,
        version_number,
        region_id,
        sector_id,
        donor_group_id
    from {{ ref('int_versions_known') }}
    where known_to_at is null

),

classifications as (

    select * from {{ ref('int_classifications_dated') }}

),

funding_sources as (

    select * from {{ ref('funding_sources') }}

),

reasoned as (

    select
        approvals.*,
        versions.version_number,
        versions.region_id,
        versions.sector_id,
        versions.donor_group_id,
        {{ classified_columns('approvals', 'today_') }},
        case
            when approvals.is_withdrawn then 'withdrawn'
            when approvals.status = 'cancelled' then 'cancelled'
            when approvals.status = 'forecast' then 'forecast'
            when duplicates.approval_id is not null then 'duplicate'
            when approvals.amount_usd is null then 'unconverted'
            when funding_sources.is_approval = 'no' then 'not_an_approval'
        end as not_counted_reason
    from approvals
    left join versions on approvals.approval_id = versions.approval_id
    left join duplicates on approvals.approval_id = duplicates.approval_id
    left join funding_sources
        on approvals.funding_source_id = funding_sources.funding_source_id
    {{ classified_joins('approvals') }}

)

select
    *,
    not_counted_reason is null as is_counted
from reasoned
