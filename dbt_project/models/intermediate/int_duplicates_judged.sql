-- What two people decided about two approvals that are suspected to be one, from their decision
-- to its end, while both approvals stood. A forecast is no duplicate of what came of it.
with

entries as (

    select * from {{ ref('stg_lake__decisions') }}
    where decision_kind = 'duplicate'

),

decisions as (

    select
        approved.entry_id as decision_id,
        approved.subject_id as pair_id,
        approved.decision,
        approved.person_name as decided_by,
        approved.reason,
        {{ json_value('proposed.row_values', 'suspicion') }} as suspicion,
        {{ json_value('proposed.row_values', 'counted_approval_id') }}
            as counted_approval_id,
        {{ json_value('proposed.row_values', 'other_approval_id') }} as approval_id,
        approved.recorded_at,
        approved.ended_at
    from entries as approved
    inner join entries as proposed on approved.proposal_id = proposed.entry_id
    where approved.action = 'approve' and not approved.is_revocation

),

versions as (

    select
        approval_id,
        status = 'forecast' as is_forecast,
        known_from_at,
        known_to_at
    from {{ ref('int_approvals_enriched') }}
    where not is_withdrawn

),

-- The last of the beginnings and the first of the ends; what has no end is null, and is left out.
overlapping as (

    select
        decisions.*,
        greatest(decisions.recorded_at, counted.known_from_at, other.known_from_at)
            as known_from_at,
        least(decisions.ended_at, counted.known_to_at, other.known_to_at) as known_to_at
    from decisions
    inner join versions as counted on decisions.counted_approval_id = counted.approval_id
    inner join versions as other on decisions.approval_id = other.approval_id
    where counted.is_forecast = other.is_forecast

),

judged as (

    select
        {{ hashed(['decision_id', 'known_from_at']) }} as duplicate_version_id,
        pair_id,
        approval_id,
        counted_approval_id,
        suspicion,
        decision,
        decision_id,
        decided_by,
        reason,
        recorded_at as decided_at,
        known_from_at,
        known_to_at
    from overlapping
    where known_to_at is null or known_from_at < known_to_at

)

select * from judged
