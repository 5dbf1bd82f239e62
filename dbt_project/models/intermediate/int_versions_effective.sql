-- What each version added to the total of its year while it was the latest known. Duplicates
-- are decided as now known; build with `known_at` to see the decisions of an earlier day.
with

versions as (

    select * from {{ ref('int_approvals_enriched') }}

),

duplicates as (

    select approval_id from {{ ref('int_duplicates_decided') }}

),

funding_sources as (

    select * from {{ ref('funding_sources') }}

),

effective as (

    select
        versions.*,
        (
            not versions.is_withdrawn
            and versions.status in ('approved', 'revised')
            and duplicates.approval_id is null
            and versions.amount_usd is not null
            and coalesce(funding_sources.is_approval, 'yes') <> 'no'
        ) as is_effective
    from versions
    left join duplicates on versions.approval_id = duplicates.approval_id
    left join funding_sources
        on versions.funding_source_id = funding_sources.funding_source_id

)

select
    *,
    case when is_effective then amount_usd else 0 end as effective_usd
from effective
