-- Quarantined records that two people have let through, with the values that they approved: once
-- for each approval, for one can be given again after an end, with other values.
with

entries as (

    select * from {{ ref('stg_lake__decisions') }}
    where decision_kind = 'quarantine'

),

files as (

    select * from {{ ref('stg_lake__files') }}

),

approved as (

    select * from entries
    where action = 'approve' and not is_revocation

),

released as (

    select
        ---------- ids
        approved.entry_id as decision_id,
        approved.subject_id as quarantine_id,
        approved.file_sha256,
        files.office_id,

        ---------- strings
        approved.dataset,
        approved.sheet_name,
        proposed.row_values,

        ---------- numerics
        approved.record_number,
        approved.entry_number as release_number,

        ---------- timestamps
        approved.recorded_at as released_at,
        approved.ended_at
    from approved
    inner join entries as proposed on approved.proposal_id = proposed.entry_id
    inner join files on approved.file_sha256 = files.file_sha256

)

select * from released
