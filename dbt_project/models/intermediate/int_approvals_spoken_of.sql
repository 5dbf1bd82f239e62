-- Every source that speaks of an approval: with a record that counts, or with one in quarantine.
-- Of an approval with released records once for each phase, with those that hold in it.
with

records as (

    select
        approval_id,
        record_id,
        source_id,
        approval_date,
        content_hash,
        decision_id,
        released_at,
        coalesce(ended_at, cast('9999-12-31' as timestamp)) as held_to_at
    from {{ ref('int_approvals_identified') }}
    where
        not is_repeated_reference
        and {{ is_touched('approval_id', 'int_approvals_touched') }}

),

quarantined as (

    select
        approval_id,
        file_sha256 as source_id
    from {{ ref('int_approvals_quarantined') }}
    where {{ is_touched('approval_id', 'int_approvals_touched') }}
    group by approval_id, file_sha256

),

phases as (

    select * from {{ ref('int_releases_phased') }}

),

spoken as (

    select * from records
    union all
    select
        quarantined.approval_id,
        cast(null as string) as record_id,
        quarantined.source_id,
        cast(null as date) as approval_date,
        cast(null as string) as content_hash,
        cast(null as string) as decision_id,
        cast(null as timestamp) as released_at,
        cast(null as timestamp) as held_to_at
    from quarantined
    left join records
        on
            quarantined.approval_id = records.approval_id
            and quarantined.source_id = records.source_id
    where records.approval_id is null

),

phased as (

    select
        spoken.approval_id,
        coalesce(phases.phase_number, 0) as phase_number,
        spoken.record_id,
        spoken.source_id,
        spoken.approval_date,
        spoken.content_hash
    from spoken
    left join phases on spoken.approval_id = phases.approval_id
    where
        spoken.decision_id is null
        or (
            spoken.released_at <= phases.phase_from_at
            and phases.phase_from_at < spoken.held_to_at
        )

)

select * from phased
