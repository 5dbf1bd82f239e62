with

decisions as (

    select * from {{ ref('stg_lake__decisions') }}

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
        expires_at
    from decisions

)

select * from described
