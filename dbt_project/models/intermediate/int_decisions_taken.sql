-- Every decision of a person, with the proposal that it is about and the end of what it allowed.
with

entries as (

    select * from {{ ref('stg_lake__decisions') }}

),

taken as (

    select
        entries.entry_id as decision_id,
        entries.decision_kind,
        entries.subject_id,
        entries.decision,
        entries.reason,
        proposed.person_name as proposed_by,
        proposed.recorded_at as proposed_at,
        entries.person_name as decided_by,
        entries.recorded_at as decided_at,
        entries.expires_at,
        entries.proposal_id,
        proposed.decision as proposed_decision,
        proposed.reason as proposed_reason,
        proposed.corrected_values,
        proposed.accepted_codes,
        entries.ended_at,
        entries.entry_number,
        entries.previous_entry_id
    from entries
    left join entries as proposed
        on entries.proposal_id = proposed.entry_id
    where entries.action in ('approve', 'reject')

)

select * from taken
