-- Every file that speaks of an approval: with a record that counts, or with one in quarantine.
with

records as (

    select
        approval_id,
        record_id,
        file_sha256,
        approval_date,
        content_hash
    from {{ ref('int_approvals_identified') }}
    where not is_repeated_reference

),

quarantined as (

    select
        approval_id,
        cast(null as string) as record_id,
        file_sha256,
        cast(null as date) as approval_date,
        cast(null as string) as content_hash
    from {{ ref('int_approvals_quarantined') }}
    group by approval_id, file_sha256

),

spoken as (

    select * from records
    union all
    select quarantined.*
    from quarantined
    left join records
        on
            quarantined.approval_id = records.approval_id
            and quarantined.file_sha256 = records.file_sha256
    where records.approval_id is null

)

select * from spoken
