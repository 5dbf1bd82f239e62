-- Where each quarantined record that somebody has spoken of stands now: by the last step taken.
with

entries as (

    select * from {{ ref('stg_lake__decisions') }}
    where decision_kind = 'quarantine'

),

last_steps as (

    select
        subject_id as quarantine_id,
        case action
            when 'propose' then 'proposed'
            when 'approve' then 'released'
            when 'reject' then 'rejected'
            when 'expire' then 'expired'
        end as state,
        case when action = 'approve' then entry_id end as decision_id,
        row_number() over (partition by subject_id order by entry_number desc) as recency
    from entries

),

decided as (

    select
        quarantine_id,
        state,
        decision_id
    from last_steps
    where recency = 1

)

select * from decided
