with

source as (

    select * from {{ lake_journal() }}

),

renamed as (

    select
        ---------- ids
        entry_hash as entry_id,
        proposal_hash as proposal_id,
        previous_hash as previous_entry_id,
        subject_id,
        file_sha256,

        ---------- strings
        kind as decision_kind,
        action,
        decision,
        reason,
        person as person_name,
        dataset,
        sheet_name,
        accepted_codes,
        cast(corrected as string) as corrected_values,
        cast(row_values as string) as row_values,

        ---------- numerics
        sequence as entry_number,
        record_number,

        ---------- timestamps
        {{ utc_timestamp('recorded_at') }} as recorded_at,
        {{ utc_timestamp('expires_at') }} as expires_at
    from source

),

known as (

    select * from renamed
    where {{ is_known('recorded_at') }}

),

-- An approval holds until its end, its revocation or another approval of the same subject.
ended as (

    select
        *,
        decision = 'revoke' as is_revocation,
        case
            when action = 'approve' and decision <> 'revoke'
                then min(case when action in ('approve', 'expire') then recorded_at end)
                    over (
                        partition by decision_kind, subject_id order by entry_number
                        rows between 1 following and unbounded following
                    )
        end as ended_at
    from known

)

select * from ended
