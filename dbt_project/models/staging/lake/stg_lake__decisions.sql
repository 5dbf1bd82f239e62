with

source as (

    select * from {{ lake_table('decisions') }}

),

renamed as (

    select
        ---------- ids
        decision_id,
        subject_id,

        ---------- strings
        kind as decision_kind,
        decision,
        reason,
        proposed_by,
        decided_by,

        ---------- timestamps
        {{ utc_timestamp('proposed_at') }} as proposed_at,
        {{ utc_timestamp('decided_at') }} as decided_at,
        {{ utc_timestamp('expires_at') }} as expires_at
    from source

),

known as (

    select * from renamed
    where {{ is_known('decided_at') }}

)

select * from known
