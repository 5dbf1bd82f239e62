-- Where each quarantined record that somebody has spoken of stands now: by the last step taken.
with

entries as (

    select * from {{ ref('stg_lake__decisions') }}
    where decision_kind = 'quarantine'

),

last_steps as (

    select
        subject_id as quarantine_id,
        case
            when is_revocation and action = 'approve' then 'revoked'
            when action = 'propose' then 'proposed'
            when action = 'reject' then 'rejected'
            when action = 'expire' then 'expired'
        end as state,
        max(
            case
                when action = 'approve' and not is_revocation and ended_at is null
                    then entry_id
            end
        ) over (partition by subject_id) as decision_id,
        row_number() over (partition by subject_id order by entry_number desc) as recency
    from entries

),

decided as (

    select
        quarantine_id,
        -- While a proposal to revoke it is open, what was released counts.
        case when decision_id is not null then 'released' else state end as state,
        decision_id
    from last_steps
    where recency = 1

)

select * from decided
