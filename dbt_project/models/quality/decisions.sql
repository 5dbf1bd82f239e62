with

decisions as (

    select * from {{ ref('int_decisions_taken') }}

),

described as (

    select
        decision_id,
        decision_kind as kind,
        subject_id,
        decision,
        reason,
        proposed_by,
        proposed_at,
        decided_by,
        decided_at,
        expires_at,
        ended_at,
        proposal_id,
        proposed_decision,
        proposed_reason,
        corrected_values,
        accepted_codes,
        entry_number,
        previous_entry_id
    from decisions

)

select * from described
